import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, type Waiting } from '#inbox/waiting.ts'
import { listSecond } from './second.server.ts'

/** Exports of many persons that wait for her word as the second person. */
export const exportWaits: Contributor = async (_deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const { rows } = await listSecond(tx, actor, mostOfOne + 1)
  const cards = rows.map(({ id, title, person, org, rows: count, askedAt, untilAt }): Waiting => ({
    box: 'review',
    id,
    kind: 'matter',
    label: '导出',
    title: `${title}，${count} 行`,
    org,
    person,
    at: askedAt,
    what: '请批准或退回',
    due: { on: untilAt.slice(0, 10) },
    minutes: aLook,
    link: '/downloads',
  }))
  return brought(cards, rows)
}
