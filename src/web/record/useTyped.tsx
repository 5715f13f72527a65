import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TypedCopy } from '#record/typedApi.ts'
import { useMe } from '../api/hooks.tsx'
import { keepAnswers } from './localDrafts.dom.ts'
import { dropTyped, openTyped, putTyped } from './typed.dom.ts'

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
} as const

/**
 * What she types into a form: kept in this browser and on the server until it is sent, so that a reload, an ended session or a
 * lost line loses nothing and another machine goes on; wiped from the browser at sign-out as all drafts are.
 */
export function useTyped(form: Form, start: Values) {
  const { account, post } = useMe()
  const { id, version, sentAt = null, mayKeep = true } = form
  const [values, setValues] = useState(start)
  const [rival, setRival] = useState<TypedCopy | null>(null)
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
      const saved = await putTyped(id, { version, seen: seen.current, values: next })
      if (saved === null) return
      if (saved.theirs) {
        setRival(saved.theirs)
        return
      }
      seen.current = saved.sequence
      if (newest.current !== next || isOver.current) return
      await keepHere(next, true)
      setSaid('已保存，换一台设备登录也能接着填')
    })
  }, [id, version, keepHere])
  useEffect(() => {
    if (!mayKeep) return
    void openTyped(id, { account: account.id, post: post.id }, { version, sentAt }).then((begun) => {
      seen.current = begun.seen
      if (isTouched.current) return
      setRival(begun.rival)
      if (begun.values === null || begun.from === null) return
      const back = put(begun.values)
      found.current?.(back)
      setSaid(foundWords[begun.from])
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
  const settle = (theirs: TypedCopy, takes: boolean): void => {
    seen.current = theirs.sequence
    setRival(null)
    if (takes) {
      const back = put(theirs.values)
      found.current?.(back)
      void keepHere(back, true)
      setSaid(foundWords.elsewhere)
    } else send()
  }
  return {
    values,
    /** Where what was typed is by now; where it was typed elsewhere too, the choice. */
    said: rival ? (
      <>
        您在别的设备上也填过这份内容，现在显示的是本机的，
        <Button size="small" type="link" onClick={() => settle(rival, true)}>
          改用别的设备上的
        </Button>
        <Button size="small" type="link" onClick={() => settle(rival, false)}>
          就用本机的
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
    forget: (): void => {
      window.clearTimeout(timer.current)
      window.clearTimeout(serverTimer.current)
      keep.current = undefined
      isOver.current = true
      setRival(null)
      if (mayKeep)
        sending.current = sending.current.then(async () => {
          await dropTyped(id, post.id)
          seen.current = 0
        })
    },
  }
}
