import { useCallback, useEffect, useRef, useState } from 'react'
import { answerDone, type AttemptSheet } from '#quiz/api.ts'
import { call } from '../../web/api/client.dom.ts'
import { toProblem } from '../../web/api/problem.ts'
import { keep, unsent, type Kept } from './kept.dom.ts'
import { quizPaths } from './useQuizzes.tsx'

/** So long after a failure it tries again. */
const againMs = 3000

/** Sends what waits, one after another; whether nothing waits any more. */
async function drain(
  attempt: string,
  queue: { current: Kept },
  put: (next: Kept) => void,
  refuse: (error: unknown) => void,
  last: { current: number },
): Promise<boolean> {
  let isWhole = true
  const drop = (question: string) => {
    const { [question]: _, ...rest } = queue.current
    put(rest)
  }
  for (;;) {
    const [next] = Object.entries(queue.current)
    if (next === undefined) return isWhole
    const [questionId, { choice, seq }] = next
    try {
      const stands = await call(quizPaths.answers(attempt), answerDone, {
        method: 'PUT',
        body: { questionId, choice, seq },
      })
      last.current = Math.max(last.current, stands.seq)
      if (queue.current[questionId]?.seq !== seq) continue
      if (stands.seq === seq && String(stands.choice) === String(choice)) drop(questionId)
      else {
        // Another telephone had gone ahead: what she chose here goes again, above that.
        last.current += 1
        put({ ...queue.current, [questionId]: { choice, seq: last.current } })
      }
    } catch (error) {
      // Without a line or a session it waits; what the server will never take is told and let go.
      if (![404, 409].includes(toProblem(error).status)) return false
      refuse(error)
      drop(questionId)
      isWhole = false
    }
  }
}

/**
 * Her choices: each goes out as she makes it, under a number above all before it, and stays on the phone until it has arrived. Where
 * another telephone went ahead on the same question, it goes again above that: what she chose last stands.
 */
export function useSheet({ id, questions }: Pick<AttemptSheet, 'id' | 'questions'>) {
  const [waiting, setWaiting] = useState<Kept>(() => unsent(id))
  const [chosen, setChosen] = useState<Readonly<Record<string, readonly number[]>>>(() => ({
    ...Object.fromEntries(questions.map(({ id: one, choice }) => [one, choice])),
    ...Object.fromEntries(Object.entries(unsent(id)).map(([one, { choice }]) => [one, choice])),
  }))
  const [refused, setRefused] = useState<unknown>(null)
  const queue = useRef(waiting)
  const last = useRef(
    Math.max(0, ...questions.map(({ seq }) => seq), ...Object.values(waiting).map(({ seq }) => seq)),
  )
  const sending = useRef<Promise<boolean> | null>(null)
  const put = useCallback(
    (next: Kept) => {
      queue.current = next
      setWaiting(next)
      keep(id, next)
    },
    [id],
  )
  /** Sends what waits; whether nothing waits any more. */
  const send = useCallback((): Promise<boolean> => {
    const going = sending.current
    if (going !== null) return going
    const begun = drain(id, queue, put, setRefused, last).finally(() => {
      sending.current = null
    })
    sending.current = begun
    return begun
  }, [id, put])
  const count = Object.keys(waiting).length
  useEffect(() => {
    if (count === 0) return
    void send()
    const timer = window.setInterval(() => void send(), againMs)
    return () => window.clearInterval(timer)
  }, [count, send])
  const choose = (question: string, choice: number[]) => {
    last.current += 1
    setChosen((old) => ({ ...old, [question]: choice }))
    put({ ...queue.current, [question]: { choice, seq: last.current } })
    void send()
  }
  return { chosen, choose, send, waiting: count, refused }
}
