import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, type Waiting } from '#inbox/waiting.ts'
import { isOwnUnits } from './api.ts'
import { ownRequests } from './requestList.server.ts'

const words = {
  transfer: { title: '会员转出', what: '请确认她是否转出' },
  merge: { title: '会员登记合并', what: '请核对两份登记是否同一人' },
  erase: { title: '个人信息删除', what: '请核对后办理' },
  join: { title: '女职工申请入会', what: '请核对后接收，或写明理由' },
  nominate: { title: '女职工推荐先进人选', what: '请看后采纳，或写明理由' },
} as const

/** Requests about members that a second person decides; a card names nobody. */
export const personWaits: Contributor = async (_deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const open = await ownRequests(tx, actor, mostOfOne + 1)
  const cards = open.flatMap(({ id, kind, fromOrg, toOrg, askedBy, askedAt, mayNot, heldBy }): Waiting[] => {
    const asking = isOwnUnits(kind) ? ownUnit(actor) : kind === 'transfer' ? (toOrg ?? fromOrg) : fromOrg
    const card = {
      id,
      kind: 'matter' as const,
      label: '会员',
      title: words[kind].title,
      org: asking,
      // The asker of these may be the woman herself.
      ...(isOwnUnits(kind) || kind === 'erase' ? {} : { person: askedBy }),
      at: askedAt,
      link: '/members/requests',
    }
    // What lies below is settled there; a unit sees its own.
    if (mayNot === null && heldBy === actor.org.id)
      return [{ ...card, box: 'review', what: words[kind].what, due: { turn: 'review' }, minutes: aLook }]
    return asking.id === actor.org.id
      ? [{ ...card, box: 'mine', what: mayNot ?? '等待确认', due: null, minutes: null }]
      : []
  })
  return brought(cards, open)
}
