import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { nameOf } from '#notify/words.ts'
import type { OrgBrief } from '#org/api.ts'
import { send, type Tx } from '#server/database.server.ts'
import type { Act } from './api.ts'
import type { Proposal } from './proposal.ts'
import { keeperOf, type Spine } from './spine.ts'

const linkOf = (programme: Programme, id: string): string => `/records/${programme.key}?id=${id}`

/** The unit that sees the owner through the view line (会看): S1 only, as its right. */
const viewSuperior = (spine: Spine): RawBuilder<unknown> =>
  sql`SELECT e.parent_id FROM app.org_edge e WHERE e.child_id = ${spine.org_id} AND e.line = 2 AND e.to_ym = 999912 AND ${spine.class} <= 1`

/**
 * 抄送: co-hosts, the view superior and who was named are told of a record and find it in their box; never the unit that acts,
 * owns it or is asked to act.
 */
export function copyRecord(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  spine: Spine,
  named: readonly number[],
  done: string,
): void {
  const { actor } = work
  const busy = [
    actor.org.id,
    spine.org_id,
    keeperOf(spine),
    ...(spine.turn_of === null ? [] : [spine.turn_of]),
  ]
  const hosts = spine.class <= 1 ? spine.co_hosts : []
  const told = sql`SELECT x.u FROM (SELECT unnest(${[...new Set([...named, ...hosts])]}::int[]) AS u UNION ${viewSuperior(spine)}) x
    WHERE x.u <> ALL(${busy}::int[])`
  send(
    tx,
    sql`INSERT INTO app.record_copy (district_id, org_id, record_id, by_account)
      SELECT o.district_id, o.id, ${spine.id}::uuid, ${actor.accountId}::uuid FROM app.org o WHERE o.id IN (${told}) ON CONFLICT DO NOTHING`,
  )
  const subject = `${actor.org.shortName}${done}${nameOf(programme.label, spine.title, spine.class)}`
  tell(tx, cadresOf(told), { kind: 'copy', subject, link: linkOf(programme, spine.id) }, actor.accountId)
}

/** Units that may be named: those above the owner, and co-hosts; nobody else could open it. @throws Problem.invalid */
export function mayCopy(spine: Spine, line: readonly OrgBrief[], named: readonly number[]): void {
  const known = [...line.map((o) => o.id), ...spine.co_hosts]
  if (named.some((id) => !known.includes(id)))
    throw Problem.invalid({ issues: [{ field: 'copyTo', message: '只能抄送上报线上的单位和联办单位' }] })
}

/** Tells of one act of the workflow: its owner, or the unit whose turn it becomes; and who gets a copy. */
export function tellOfAct(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  after: Spine,
  act: Act,
  next: OrgBrief | null,
): void {
  const { actor } = work
  const name = nameOf(programme.label, after.title, after.class)
  const by = actor.org.shortName
  const owner = cadresOf(units([keeperOf(after)]))
  const link = linkOf(programme, after.id)
  switch (act.action) {
    case 'return':
      tell(tx, owner, { kind: 'review', subject: `${by}退回了${name}，请按意见修改`, link }, actor.accountId)
      copyRecord(tx, work, programme, after, act.copyTo ?? [], '退回了')
      break
    case 'accept':
      tell(tx, owner, { kind: 'review', subject: `${by}审核通过了${name}`, link }, actor.accountId)
      break
    case 'handOver':
      tell(
        tx,
        cadresOf(units([next!.id])),
        { kind: 'turn', subject: `${by}把${name}转给本单位办理`, link: `/review?id=${after.id}` },
        actor.accountId,
      )
      copyRecord(tx, work, programme, after, act.copyTo ?? [], '转办了')
      break
    default:
  }
}

/** Tells owners of what a batch accepted: one line for each unit. */
export function tellOfBatch(tx: Tx, work: UnitOfWork, accepted: readonly Spine[]): void {
  const { actor } = work
  for (const org of new Set(accepted.map(keeperOf))) {
    const count = accepted.filter((spine) => keeperOf(spine) === org).length
    tell(
      tx,
      cadresOf(units([org])),
      {
        kind: 'review',
        subject: `${actor.org.shortName}审核通过了 ${count} 条记录`,
        link: '/inbox?box=done',
      },
      actor.accountId,
    )
  }
}

/** Tells the next unit that must agree to a proposal, as it locked the period. */
export function tellOfConsent(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  spine: Spine,
  { kind }: Pick<Proposal, 'kind'>,
  next: OrgBrief,
): void {
  const name = nameOf(programme.label, spine.title, spine.class)
  const what = kind === 'void' ? '作废申请' : '更正'
  const subject = `${work.actor.org.shortName}同意了${name}的${what}，期间已锁定，请本单位审核`
  tell(
    tx,
    cadresOf(units([next.id])),
    { kind: 'turn', subject, link: linkOf(programme, spine.id) },
    work.actor.accountId,
  )
}

/** Tells the owner how a correction or a request to void ended. */
export function tellOfProposal(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  spine: Spine,
  kind: 'draft' | 'correction' | 'void',
  isAccepted: boolean,
): void {
  const name = nameOf(programme.label, spine.title, spine.class)
  const by = work.actor.org.shortName
  const what = kind === 'void' ? '作废申请' : '更正'
  tell(
    tx,
    cadresOf(units([keeperOf(spine)])),
    {
      kind: 'review',
      subject: isAccepted ? `${by}同意了${name}的${what}` : `${by}退回了${name}的${what}，请看意见`,
      link: linkOf(programme, spine.id),
    },
    work.actor.accountId,
  )
}
