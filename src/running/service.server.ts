import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { randomId } from '#crypto/provider.server.ts'
import { isDay, longDay } from '#kit/day.ts'
import type { Issue } from '#kit/programme.ts'
import { Problem } from '#kit/problem.ts'
import { tell } from '#notify/tell.server.ts'
import { first, rows, type Db, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { RunningAsk, RunningRow, RunningState } from './api.ts'
import { givenChanges } from './given.server.ts'
import { faultOf, modeLabels, runningOn, type Change, type Running } from './modes.ts'

/** What was given, oldest first. */
export async function changesOf(db: Db): Promise<Change[]> {
  return (await first<{ given: Change[] }>(db, sql`SELECT ${givenChanges} AS given`))!.given
}

/** How the platform runs today. */
export const runningNow = async (db: Db, today: string): Promise<Running> =>
  runningOn(await changesOf(db), today)

/** What holds, what is announced, and what was asked for, newest first. */
export async function readRunning(tx: Tx, today: string): Promise<RunningState> {
  const [state, list] = await Promise.all([
    runningNow(tx, today),
    rows<RunningRow>(
      tx,
      sql`SELECT c.id, c.mode, c.from_on AS "fromOn", c.reason, c.successor, c.whither, c.contact, a.name AS "askedBy",
          to_jsonb(c.asked_at) #>> '{}' AS "askedAt", d.name AS "decidedBy", to_jsonb(c.decided_at) #>> '{}' AS "decidedAt", c.is_granted AS "isGranted"
        FROM app.running_change c JOIN app.account a ON a.id = c.asked_by LEFT JOIN app.account d ON d.id = c.decided_by
        ORDER BY c.asked_at DESC, c.id LIMIT ${bounds.runningChanges.most}`,
    ),
  ])
  return { ...state, today, rows: list }
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

function faultsIn(asked: RunningAsk, today: string): Issue[] {
  const issues: Issue[] = []
  const wrong = (field: keyof RunningAsk, message: string) => void issues.push({ field, message })
  if (!isDay(asked.fromOn)) wrong('fromOn', '起始日期不是有效日期，请重新选择')
  else if (asked.fromOn < today) wrong('fromOn', `起始日期不能早于今天（${today}）`)
  if (asked.reason.length < 4) wrong('reason', '请写明原因，至少 4 个字，大家都会看到')
  if (asked.successor !== '' && !isAddress(asked.successor))
    wrong('successor', '新平台地址要以 http:// 或 https:// 开头；还没有的话请留空')
  if (asked.mode !== 'open' && asked.contact.length < 4)
    wrong('contact', '请留下联系电话或办公地点，有事好找人')
  if (asked.mode === 'closed' && asked.whither.length < 4) wrong('whither', '请写明数据移交到哪里、由谁保管')
  return issues
}

/** Asks for a change of the platform's state. @throws Problem.invalid, runningWaits */
export async function askRunning(
  tx: Tx,
  work: UnitOfWork,
  body: RunningAsk,
  today: string,
): Promise<{ id: string }> {
  const asked = {
    ...body,
    reason: body.reason.trim(),
    successor: body.successor.trim(),
    whither: body.whither.trim(),
    contact: body.contact.trim(),
  }
  const issues = faultsIn(asked, today)
  if (issues.length > 0) throw Problem.invalid({ issues })
  const fault = faultOf(await changesOf(tx), asked)
  if (fault !== null) throw Problem.invalid({ issues: [{ field: 'mode', message: fault }] })
  const id = randomId()
  await sql`SELECT app.ask_running(${id}::uuid, ${asked.mode}, ${asked.fromOn}::date, ${asked.reason}, ${asked.successor}, ${asked.whither}, ${asked.contact})`.execute(
    tx,
  )
  note(work, 'running.ask', id)
  return { id }
}

/**
 * Gives or refuses what was asked for: never by the one who asked. What is given is told to everybody who works here.
 * @throws Problem.notFound, runningStale, badGrant
 */
export async function decideRunning(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  isGranted: boolean,
): Promise<void> {
  const asked = await first<Change>(
    tx,
    sql`SELECT mode, from_on AS "fromOn", reason, successor, whither, contact FROM app.running_change WHERE id = ${id}::uuid AND decided_at IS NULL`,
  )
  if (!asked) throw Problem.notFound()
  if (isGranted && asked.fromOn < deps.today()) throw Problem.runningLate({ fromOn: asked.fromOn })
  const [done] = await rows<{ ok: boolean }>(
    tx,
    sql`SELECT app.decide_running(${id}::uuid, ${isGranted}) AS ok`,
  )
  if (!done!.ok) throw Problem.badGrant({ why: '申请人不能自己批准，请由另一位安全管理员办理' })
  note(work, isGranted ? 'running.grant' : 'running.refuse', id)
  if (isGranted) tell(tx, everybody, { kind: 'notice', subject: subjectOf(asked), link: '/' }, null)
}

/** Takes back what was asked for. @throws Problem.notFound when it was decided */
export async function withdrawRunning(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const [done] = await rows<{ ok: boolean }>(tx, sql`SELECT app.withdraw_running(${id}::uuid) AS ok`)
  if (!done!.ok) throw Problem.notFound()
  note(work, 'running.withdraw', id)
}

const note = ({ actor, audit }: UnitOfWork, action: string, id: string): void =>
  audit({ districtId: actor.org.districtId, action, object: `running:${id}` })

const subjectOf = ({ mode, fromOn }: Change): string =>
  mode === 'open'
    ? `平台自${longDay(fromOn)}起恢复正常运行`
    : `平台自${longDay(fromOn)}起${modeLabels[mode]}，请提前办完手头的事`

/** Who works here and has a box for messages, each once. */
const everybody = sql`SELECT DISTINCT ON (p.account_id) p.account_id, p.org_id FROM app.post p JOIN app.account a ON a.id = p.account_id
  WHERE p.role NOT IN ('worker', 'service') AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date
  ORDER BY p.account_id, p.from_on, p.id`
