import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { SiloActBody } from './api.ts'
import { actsOn, findMatter, note, type Matter } from './desk.server.ts'
import { nextStep, stateAfter, type SiloAct } from './flow.ts'
import { actWords, siloWords, stepWords, type SiloState, type Step } from './kinds.ts'
import { termOf } from './rules.ts'
import { caseSealFor } from './seal.server.ts'
import { isHeard } from './tell.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>
type Doing = { deps: Keys; tx: Tx; work: UnitOfWork; matter: Matter; given: SiloActBody }

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** What must be written, and what is asked where it is missing. */
const asked: Partial<Record<SiloAct, string>> = {
  close: '请写明处理结果；这是给本人的书面答复（至少 10 个字）',
  decline: '请写明不予受理的理由和可以找谁；本人会看到（至少 10 个字）',
  visit: '请写明回访情况；本人会看到（至少 10 个字）',
  answer: '请写明要告诉本人的话',
  note: '请写下要记的内容；只有您自己看得到',
}
const shortest = (act: SiloAct): number => (act === 'answer' || act === 'note' ? 1 : 10)

/** When a step that begins today has to be done. */
async function dueOf({ deps, tx, matter }: Doing, step: Step): Promise<string> {
  const today = deps.today()
  return (await calendarAround(tx, today)).add(today, termOf(await readRules(tx), matter.silo, step, today))
}

/** Compare-and-set on the version that was seen; the new version is the number of what is written with it. @throws Problem.fileChanged */
async function change(
  doing: Doing,
  to: { state?: SiloState; set?: ReturnType<typeof sql>; step?: Step | null },
): Promise<number> {
  const { tx, matter, given } = doing
  const step =
    to.step === undefined
      ? sql``
      : to.step === null
        ? sql`, step = NULL, due_on = NULL`
        : sql`, step = ${to.step}, due_on = ${await dueOf(doing, to.step)}::date`
  const done = await first<{ version: number }>(
    tx,
    sql`UPDATE app.silo_case SET version = version + 1, state = ${to.state ?? matter.state}${to.set ?? sql``}${step}
      WHERE id = ${matter.id}::uuid AND version = ${given.version} RETURNING version`,
  )
  if (!done) throw Problem.fileChanged()
  return done.version
}

/** Writes to her, or for oneself, under the number of the version that it made. */
async function write({ deps, tx, matter, given }: Doing, n: number, side: 'handler' | 'note'): Promise<void> {
  const seal = caseSealFor(deps.crypto, matter.silo, matter.id, matter.wrapped!)
  await sql`INSERT INTO app.silo_message (case_id, n, side, sealed, on_day, author_post)
    VALUES (${matter.id}::uuid, ${n}, ${side}, ${seal.close(given.text!.trim(), n)}::bytea, ${deps.today()}::date, app.acting_post())`.execute(
    tx,
  )
}

/** One step on: what comes next with its term, or the end. */
async function advance(doing: Doing, step: 'accept' | 'approve' | 'close' | 'visit'): Promise<number> {
  const { deps, matter } = doing
  const state = stateAfter(step)
  const day = deps.today()
  const set = {
    accept: sql`, accepted_on = ${day}::date, accepted_post = app.acting_post()`,
    approve: sql``,
    close: sql`, ended_on = ${day}::date, refer_to = NULL`,
    visit: sql`, visited_on = ${day}::date`,
  }[step]
  return change(doing, { state, set, step: nextStep(matter.silo, state) })
}

async function assign(doing: Doing): Promise<void> {
  const { deps, tx, work, matter, given } = doing
  const given_to = given.postId
  if (given_to === undefined) throw refuse('postId', '请选择交给谁办理')
  const done = await first<{ done: boolean }>(
    tx,
    sql`SELECT app.silo_assign(${matter.id}::uuid, ${given.version}, ${given_to}::uuid, ${deps.today()}::date, ${await dueOf(doing, 'close')}::date) AS done`,
  )
  if (!done!.done) throw refuse('postId', '不能交给这位同志：须回避、已回避或已离岗，请刷新后另选')
  tell(
    tx,
    accounts(sql`SELECT account_id FROM app.post WHERE id = ${given_to}::uuid`),
    { kind: 'turn', subject: `有一件${siloWords[matter.silo].name}事项交给您办理`, link: '/silos' },
    work.actor.accountId,
  )
}

async function recuse(doing: Doing): Promise<void> {
  const { deps, tx, work, matter, given } = doing
  // Once she gave it back she sees it no more: somebody else must be there to give it on.
  const others = await first(
    tx,
    sql`SELECT 1 FROM app.silo_called(${matter.id}::uuid) x JOIN app.account a ON a.id = x.account_id WHERE a.person_id <> ${work.actor.personId}::uuid LIMIT 1`,
  )
  if (others === null)
    throw Problem.denied({
      what: '现在没有别的负责人或受理员可以接手这件事项，退回后会没有人看得到；请先请安全管理员增加分工',
    })
  const done = await first<{ done: boolean }>(
    tx,
    sql`SELECT app.silo_recuse(${matter.id}::uuid, ${given.version}, ${deps.today()}::date, ${await dueOf(doing, 'assign')}::date) AS done`,
  )
  if (!done!.done) throw Problem.fileChanged()
}

/** Does one act on a matter. @throws Problem.notFound, invalid, fileChanged, denied */
export async function actOn(
  deps: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: SiloActBody,
): Promise<void> {
  const matter = await findMatter(deps, tx, id)
  const doing: Doing = { deps, tx, work, matter, given }
  const { act } = given
  if (given.version !== matter.version) throw Problem.fileChanged()
  if (!actsOn(matter).includes(act))
    throw Problem.denied({
      what: `这件事项现在不由您“${actWords[act]}”${matter.step ? `，下一步是${stepWords[matter.step]}` : ''}`,
    })
  const needed = asked[act]
  if (needed !== undefined && (given.text ?? '').trim().length < shortest(act)) throw refuse('text', needed)
  switch (act) {
    case 'accept':
    case 'approve':
      await advance(doing, act)
      break
    case 'close':
    case 'visit':
      await write(doing, await advance(doing, act), 'handler')
      break
    case 'decline':
      await write(
        doing,
        await change(doing, { state: 'declined', set: sql`, ended_on = ${deps.today()}::date`, step: null }),
        'handler',
      )
      break
    case 'answer':
    case 'note':
      await write(doing, await change(doing, {}), act === 'note' ? 'note' : 'handler')
      break
    case 'assign':
      await assign(doing)
      break
    case 'recuse':
      await recuse(doing)
      break
    case 'refer':
      if (given.to === undefined || given.to === matter.silo) throw refuse('to', '请选择转到哪一类')
      if (!(await isHeard(tx, given.to, matter.orgId)))
        throw refuse('to', '那一类现在没有人可以受理：没有人值守，或都须回避；请另选一类，或继续办理')
      await change(doing, { set: sql`, refer_to = ${given.to}` })
      break
    case 'urgent':
    case 'calm':
      await change(doing, {})
      await sql`SELECT app.silo_mark(${id}::uuid, ${act === 'urgent'})`.execute(tx)
      break
  }
  note(work, `silo.${act}`, id)
}
