import { brought, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper, type Waiting } from '#inbox/waiting.ts'
import { waitingChanges } from './service.server.ts'

/** Changes of the tree that wait for her unit's consent or the city's hand, and those that she asked for. */
export const orgChangeWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre' || actor.org.tier === 'grassroots' || actor.org.tier === 'branch') return nothing
  const changes = await waitingChanges(deps, tx, actor)
  const cards = changes.flatMap(({ id, title, from, by, on, missing, acts }): Waiting[] => {
    const card = {
      id,
      kind: 'matter' as const,
      label: '组织变更',
      title,
      org: from,
      person: by,
      at: on,
      link: '/orgs/changes',
    }
    if (acts.includes('consent') || acts.includes('do')) {
      const what = acts.includes('consent') ? '请表示是否同意' : '各方已同意，请办理'
      return [{ ...card, box: 'review', what, due: { turn: 'review' }, minutes: aPaper }]
    }
    if (from.id !== actor.org.id) return []
    const what = missing.length > 0 ? `等待${missing.join('、')}同意` : '各方已同意，等市总工会办理'
    return [{ ...card, box: 'mine', what, due: null, minutes: null }]
  })
  return brought(cards, changes)
}
