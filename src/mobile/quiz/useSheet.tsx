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
): Promise<boolean> {
  for (;;) {
    const [next] = Object.entries(queue.current)
    if (next === undefined) return true
    const [questionId, { choice, seq }] = next
    try {
      await call(quizPaths.answers(attempt), answerDone, { method: 'PUT', body: { questionId, choice, seq } })
    } catch (error) {
      // Without a line or a session it waits; what the server will never take is told and let go.
      if (![404, 409].includes(toProblem(error).status)) return false
      refuse(error)
      put({})
      return false
    }
    if (queue.current[questionId]?.seq === seq) {
      const { [questionId]: _, ...rest } = queue.current
      put(rest)
    }
  }
}

/**
 * Her choices: each goes out as she makes it, under a number above all before it, and stays on the phone until it has arrived. Of what
 * another telephone chose for the same question the higher number stands.
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
    const begun = drain(id, queue, put, setRefused).finally(() => {
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
