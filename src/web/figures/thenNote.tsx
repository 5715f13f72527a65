import type { Scope } from './scope.ts'

/** Said where the total follows today's tree but its parts cannot: why they may not add up to it. */
export function ThenNote({ scope, what }: { scope: Scope; what: string }) {
  if (scope.view === 'then') return null
  return <p className="viewed-note">{what}按当时口径列出；有单位划转过的，与现行口径的总数会有出入。</p>
}
