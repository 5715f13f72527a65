import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'

/** Addresses of match-making. */
export const matchApi = {
  own: '/my/match',
  leave: '/my/match/leave',
  people: '/my/match/people',
  answers: '/my/match/answers',
  pairs: '/my/match/pairs',
} as const

const at = (id: string, what: string) => `${matchApi.people}/${encodeURIComponent(id)}/${what}`

/** What is done towards one card. */
export function useToward(id: string, onDone?: () => void) {
  const post = (what: string, key: string, body?: object) =>
    call(at(id, what), anything, { method: 'POST', key, ...(body ? { body } : {}) })
  return {
    answer: useAct((yes: boolean, key) => post('answer', key, { yes }), onDone),
    block: useAct((_: null, key) => post('block', key), onDone),
    report: useAct((words: string, key) => post('report', key, { words }), onDone),
  }
}
