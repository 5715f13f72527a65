import { me, type Me } from '#identity/api.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { lacksFactor, toProblem } from '../../web/api/problem.ts'

export type Self =
  | { kind: 'unknown' }
  | { kind: 'guest' }
  /** Signed in, but a second factor is still to come: that is the workbench's affair. */
  | { kind: 'halfway' }
  | { kind: 'in'; me: Me }
  | { kind: 'failed'; error: unknown; again: () => void }

/** Who holds the phone; most pages do not need to know. */
export function useSelf(): Self {
  const query = useApi('/me', me, { staleTime: 60_000 })
  const code = query.error ? toProblem(query.error).body.code : ''
  if (code.startsWith('401')) return { kind: 'guest' }
  if (query.data) return { kind: 'in', me: query.data }
  if (!query.error) return { kind: 'unknown' }
  if (lacksFactor(query.error)) return { kind: 'halfway' }
  return { kind: 'failed', error: query.error, again: () => void query.refetch() }
}
