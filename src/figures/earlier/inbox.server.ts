import { ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook } from '#inbox/waiting.ts'
import { readWaiting } from './read.server.ts'

/** Totals of earlier years that await a second person: one card, since they are decided in one list. */
export const earlierWaits: Contributor = async (_deps, tx, actor) => {
  if (actor.role !== 'cadre') return []
  const found = await readWaiting(tx, actor)
  if (found.length === 0) return []
  return [
    {
      box: 'review',
      id: 'earlier',
      kind: 'matter',
      label: '历年数据',
      title: `${found.length} 个历年数据待审核`,
      org: found.length === 1 ? found[0]!.org : ownUnit(actor),
      at: '',
      what: '请对照出处审核',
      due: null,
      minutes: Math.min(60, found.length * aLook),
      link: '/earlier',
    },
  ]
}
