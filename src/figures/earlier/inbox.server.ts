import { brought, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook } from '#inbox/waiting.ts'
import { countWaiting } from './read.server.ts'

/** Totals of earlier years that await a second person: one card, since they are decided in one list. */
export const earlierWaits: Contributor = async (_deps, tx, actor) => {
  if (actor.role !== 'cadre' && actor.role !== 'leader') return nothing
  const found = await countWaiting(tx, actor)
  if (found.length === 0) return nothing
  const count = found.reduce((sum, one) => sum + one.count, 0)
  return brought([
    {
      box: 'review',
      id: 'earlier',
      kind: 'matter',
      label: '历年数据',
      title: `${count} 个历年数据待审核`,
      org: found.every(({ org }) => org.id === found[0]!.org.id) ? found[0]!.org : ownUnit(actor),
      at: '',
      what: '请对照出处审核',
      due: null,
      minutes: Math.min(60, count * aLook),
      link: '/earlier',
    },
  ])
}
