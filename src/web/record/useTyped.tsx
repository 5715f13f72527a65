import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '../api/hooks.tsx'
import { forgetAnswers, keepAnswers } from './localDrafts.dom.ts'
import { dropTyped, openTyped, putTyped } from './typed.dom.ts'
import { stands, type From } from './typed.ts'

type Values = Record<string, unknown>

/** So long after the last key what was typed goes into this browser, and to the server. */
const restMs = 400
const serverRestMs = 2500

type Form = {
  /** What is filled in, unique among all forms: the server keeps those of the kinds that it knows. */
  id: string
  /** Of what is asked: what was typed for another is not given back. */
  version: number
  /** When it was sent last: what was typed before is done with. */
  sentAt?: string | null
  /** Forms of a class above S1 stay out of the browser's store (个人信息保护法 第五十一条), and of the server's. */
  mayKeep?: boolean
  onFound?: (values: Values) => void
}

const foundWords = {
  here: '上次没有提交的内容已找回，请接着填',
  elsewhere: '您在别的设备上填的内容已取回，请接着填',
  sent: '这份内容在别的设备上已提交或清除，这里还有没提交的，请核对后再提交',
} as const

/** What was typed besides: at another machine, or before and found after she had begun anew. */
type Rival = { values: Values; sequence: number; from: From }

const rivalWords = {
  here: ['上次没有提交的内容还在，现在显示的是刚填的，', '改用上次的', '就用刚填的'],
  elsewhere: ['您在别的设备上也填过这份内容，现在显示的是本机的，', '改用别的设备上的', '就用本机的'],
  sent: ['上次没有提交的内容还在，现在显示的是刚填的，', '改用上次的', '就用刚填的'],
} as const

/**
 * What she types into a form: kept in this browser and on the server until it is sent, so that a reload, an ended session or a
 * lost line loses nothing and another machine goes on; wiped from the browser at sign-out as all drafts are.
 */
export function useTyped(form: Form, start: Values) {
  const { account, post } = useMe()
  const { id, version, sentAt = null, mayKeep = true } = form
  const [values, setValues] = useState(start)
  const [rival, setRival] = useState<Rival | null>(null)
  // Two fields that change before the next drawing both stand on what is newest.
  const newest = useRef(values)
  const put = useCallback((more: Values | ((old: Values) => Values)): Values => {
    newest.current = { ...newest.current, ...(typeof more === 'function' ? more(newest.current) : more) }
    setValues(newest.current)
    return newest.current
  }, [])
  const [said, setSaid] = useState(
    mayKeep ? '填写的内容自动保存，提交后清除' : '内容涉及个人信息，不存在本机，请填完再离开本页',
  )
  const timer = useRef<number>(undefined)
  const serverTimer = useRef<number>(undefined)
  /** Keeps what is newest, and does so at once where the page is being left. */
  const keep = useRef<() => void>(undefined)
  const isTouched = useRef(false)
  /** The server's copy that these values grew from; what is on its way there. */
  const seen = useRef(0)
  const sending = useRef<Promise<void>>(Promise.resolve())
  const isOver = useRef(false)
  /** The copy that goes with what is being sent. */
  const going = useRef(0)
  const found = useRef(form.onFound)
  useEffect(() => {
    found.current = form.onFound
  })
  const keepHere = useCallback(
    (next: Values, isSaved: boolean) =>
      keepAnswers({
        id,
        account: account.id,
        post: post.id,
        version,
        values: next,
        typedAt: new Date().toISOString(),
        seen: seen.current,
        isSaved,
      }),
    [id, account.id, post.id, version],
  )
  const send = useCallback(() => {
    sending.current = sending.current.then(async () => {
      const next = newest.current
      if (isOver.current) return
      let saved = await putTyped(id, { version, seen: seen.current, values: next })
      // What stands there is done with: it gives way.
      if (saved?.theirs && !stands(saved.theirs, { version, sentAt })) {
        seen.current = saved.sequence
        saved = await putTyped(id, { version, seen: seen.current, values: next })
      }
      if (saved === null) return
      if (saved.theirs) {
        setRival({ ...saved.theirs, from: 'elsewhere' })
        return
      }
      const isAnew = seen.current > 0 && saved.sequence !== seen.current + 1
      seen.current = saved.sequence
      if (newest.current !== next || isOver.current) return
      await keepHere(next, true)
      setSaid(isAnew ? foundWords.sent : '已保存，换一台设备登录也能接着填')
    })
  }, [id, version, sentAt, keepHere])
  useEffect(() => {
    if (!mayKeep) return
    const give = (back: Values, from: From): void => {
      const now = put(back)
      found.current?.(now)
      setSaid(foundWords[from])
    }
    let isGiven = false
    let grewFrom = 0
    const onHere = (here: { values: Values; seen: number }): void => {
      if (isTouched.current || isOver.current) return
      isGiven = true
      grewFrom = seen.current = here.seen
      give(here.values, 'here')
    }
    void openTyped(id, { account: account.id, post: post.id }, { version, sentAt }, onHere).then((begun) => {
      // Sent meanwhile, or put on the server already, which said itself what stands there.
      if (isOver.current || seen.current !== grewFrom) return
      const { values: back, from, rival: other } = begun
      if (isTouched.current && !isGiven && back !== null && from !== null) {
        // She began anew before the answer: what is found stays, and is offered.
        setRival({ values: back, sequence: begun.seen, from })
        return
      }
      seen.current = begun.seen
      if (other) setRival({ ...other, from: 'elsewhere' })
      if (back === null || from === null) return
      if (isTouched.current) setSaid(foundWords[from])
      else give(back, from)
    })
  }, [id, version, sentAt, mayKeep, account.id, post.id, put])
  useEffect(() => {
    const leave = () => keep.current?.()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  /** Once she has chosen, what she chose goes on from the copy that stands. */
  const settle = (theirs: Rival, takes: boolean): void => {
    seen.current = theirs.sequence
    setRival(null)
    if (takes) {
      const back = put(theirs.values)
      found.current?.(back)
      isOver.current = false
      void keepHere(back, theirs.from === 'elsewhere')
      setSaid(foundWords[theirs.from])
    } else send()
  }
  const forget = (gone: number): void => {
    window.clearTimeout(timer.current)
    window.clearTimeout(serverTimer.current)
    keep.current = undefined
    isOver.current = true
    setRival(null)
    if (mayKeep)
      sending.current = sending.current.then(async () => {
        await forgetAnswers(id, post.id)
        if (seen.current !== gone) await dropTyped(id, seen.current)
        seen.current = 0
      })
  }
  return {
    values,
    /** Where what was typed is by now; where it was typed elsewhere too, the choice. */
    said: rival ? (
      <>
        {rivalWords[rival.from][0]}
        <Button size="small" type="link" onClick={() => settle(rival, true)}>
          {rivalWords[rival.from][1]}
        </Button>
        <Button size="small" type="link" onClick={() => settle(rival, false)}>
          {rivalWords[rival.from][2]}
        </Button>
      </>
    ) : (
      said
    ),
    /** What changes, or how it follows from what is newest: a row drawn long ago may ask. */
    change: (more: Values | ((old: Values) => Values)): void => {
      isTouched.current = true
      isOver.current = false
      const next = put(more)
      if (!mayKeep) return
      window.clearTimeout(timer.current)
      window.clearTimeout(serverTimer.current)
      setSaid('正在保存…')
      keep.current = () => {
        keep.current = undefined
        void keepHere(next, false).then((isKept) => {
          if (newest.current !== next) return
          setSaid(isKept ? '已存在本机，提交后清除' : '这个浏览器存不下草稿，请填完再离开本页')
        })
      }
      timer.current = window.setTimeout(() => keep.current?.(), restMs)
      if (!rival) serverTimer.current = window.setTimeout(send, serverRestMs)
    },
    /** Before it is sent: which copy on the server goes with it, when what is on its way there has arrived. */
    settled: async (): Promise<number> => {
      window.clearTimeout(serverTimer.current)
      await sending.current
      going.current = seen.current
      return going.current
    },
    /** It was sent, and the server's copy `gone` with it: this browser keeps it no longer. */
    sent: (gone = going.current): void => forget(gone),
    /** It was given up: this browser keeps it no longer, nor does the server what she has seen. */
    forget: (): void => forget(0),
  }
}
