import { sql, type RawBuilder } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import type { Tx } from '#server/database.server.ts'
import { nextOf, type Next } from './next.ts'
import type { Duty, FileState, Step } from './states.ts'

type Heard = Pick<Step, 'at' | 'by'> & { subject: string }

const turn = (state: FileState): Heard => {
  const { at, by, what } = nextOf(state) as Next
  return { at, by, subject: `一份困难职工档案等您办理：${what}` }
}

/**
 * Who hears of a step of a file, and as what: those whose turn it becomes, and her unit of the end. What a centre does to many at
 * once waits in its inbox without a message each.
 */
const heard: Readonly<Record<string, Heard>> = {
  apply: turn('applied'),
  ask: turn('applied'),
  mend: turn('applied'),
  edit: turn('applied'),
  check: turn('checked'),
  visit: turn('visited'),
  returned: turn('returned'),
  differs: turn('returned'),
  open: { at: 'unit', by: ['enter'], subject: '一份困难职工档案已建档' },
  refuse: { at: 'unit', by: ['enter'], subject: '一份困难职工档案不予建档，理由写在档案里' },
}

/** What she hears herself of a file that she asked for. */
const heardByHer: Readonly<Record<string, string>> = {
  returned: '您的困难帮扶申请需要补正，请到“困难帮扶”查看',
  differs: '您的困难帮扶申请需要补正，请到“困难帮扶”查看',
  open: '您的困难帮扶申请有了结果，请到“困难帮扶”查看',
  refuse: '您的困难帮扶申请有了结果，请到“困难帮扶”查看',
  withdraw: '单位撤回了您的困难帮扶申请，理由请到“困难帮扶”查看',
  close: '您的困难帮扶档案已结束，原因请到“困难帮扶”查看',
}

/** What is handled: a file, or an aid, which may have none. */
type Matter = { table: 'hardship_file' | 'hardship_aid'; id: string }

const named = ({ table, id }: Matter, at: 'org_id' | 'centre_id', by: readonly Duty[]): RawBuilder<unknown> =>
  sql`SELECT h.account_id, h.org_id FROM app.${sql.ref(table)} f CROSS JOIN LATERAL app.hardship_hands(f.id, f.${sql.ref(at)}, ${[...by]}::text[]) h WHERE f.id = ${id}::uuid`

/** Handlers by duty; where both may take a step, the centre is told only where her unit has nobody else. */
function handlers(matter: Matter, { at, by }: Pick<Step, 'at' | 'by'>, but: string): RawBuilder<unknown> {
  if (at === 'unit') return named(matter, 'org_id', by)
  if (at === 'centre') return named(matter, 'centre_id', by)
  const own = sql`SELECT * FROM (${named(matter, 'org_id', by)}) u WHERE u.account_id <> ${but}::uuid`
  return sql`${own} UNION SELECT * FROM (${named(matter, 'centre_id', by)}) c WHERE NOT EXISTS (${own})`
}

/** Tells of a step of a file. Nothing of it is said: neither who she is nor why. */
export function tellStep(tx: Tx, { actor }: UnitOfWork, file: string, step: string): void {
  const herself = heardByHer[step]
  if (herself !== undefined)
    tell(
      tx,
      accounts(sql`SELECT a.id FROM app.hardship_file f JOIN app.account a ON a.person_id = f.person_id
        WHERE f.id = ${file}::uuid AND f.applied_person = f.person_id AND f.closed_for IS DISTINCT FROM '死亡'`),
      { kind: 'review', subject: herself, link: '/m/hardship' },
      actor.accountId,
    )
  const to = heard[step]
  if (to === undefined) return
  tell(
    tx,
    handlers({ table: 'hardship_file', id: file }, to, actor.accountId),
    { kind: 'review', subject: to.subject, link: `/hardship/files/${file}` },
    actor.accountId,
  )
}

/** Tells whose turn an aid becomes. Of what kind is not said: one of them tells of an illness. */
export function tellAid(
  tx: Tx,
  { actor }: UnitOfWork,
  aid: string,
  to: Pick<Step, 'at' | 'by'>,
  { state, words }: { state: string; words: string },
): void {
  tell(
    tx,
    handlers({ table: 'hardship_aid', id: aid }, to, actor.accountId),
    { kind: 'review', subject: `一笔帮扶${words}`, link: `/hardship/aids?aid=${state}` },
    actor.accountId,
  )
}
