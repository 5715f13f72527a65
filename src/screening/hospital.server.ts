import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { FileRefused } from '#paper/refused.ts'
import { reveal } from '#person/vault.server.ts'
import { screening } from '#programmes/screening/definition.ts'
import { enterAccepted } from '#record/flow.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { hasAgreed, mustStillAgree } from './agreed.server.ts'
import type { Answered } from './api.ts'
import { listFor, readCame, type CameRow, type Workbook } from './exchange.ts'
import { dutiesOf, mustBeNamed } from './hands.server.ts'
import { loadRound, mustBeOpen, recount, type Round } from './round.server.ts'
import type { EntryState } from './states.ts'

const mostRows = 5000

type Line = { id: string; person_id: string; name: string; code: string; on_day: string; agreed: boolean }

/**
 * The list for a hospital: name, phone, code and day of whoever is booked there, and nothing else. Each phone that leaves is
 * noted for her; whoever took her consent back is not handed over.
 * @throws Problem.notFound, denied, invalid
 */
export async function hospitalBook(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  hospital: string,
): Promise<Workbook> {
  const { actor } = work
  const round = await loadRound(tx, roundId)
  await mustBeNamed(tx, actor, roundId, 'book')
  mustBeOpen(round)
  const lines = await rows<Line>(
    tx,
    sql`SELECT e.id, e.person_id, p.name, e.code, d.on_day, ${hasAgreed('e.person_id')} AS agreed FROM app.screening_entry e JOIN app.screening_day d ON d.id = e.day_id
      JOIN app.person p ON p.id = e.person_id WHERE e.round_id = ${roundId}::uuid AND d.hospital = ${hospital} AND e.state = 'booked'
      ORDER BY d.on_day, e.code FOR UPDATE OF e`,
  )
  if (lines.length === 0) throw refuse('这家医院还没有预约')
  mustStillAgree('hospital', lines)
  const cells = []
  for (const { person_id: id, name, code, on_day: day } of lines) {
    const reason = `交给${hospital}的预约名单：姓名、手机号码、预约编码、预约日期`
    const { phone } = await reveal(deps, tx, actor, id, ['phone'], { purpose: 'handOver', reason })
    cells.push({ cells: [code, name, phone ?? '', { day }, null, null] })
  }
  await sql`UPDATE app.screening_entry SET handed_on = coalesce(handed_on, ${deps.today()}::date) WHERE id = ANY (${lines.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  )
  audit(work, 'screening.handOver', roundId, [String(lines.length)])
  return listFor(`${round.title}_${hospital}_预约名单`, cells)
}

const refuse = (message: string): Problem => Problem.invalid({ issues: [{ field: 'hospital', message }] })

/** Reads attendance before the transaction. @throws Problem.fileRefused */
export async function readCameFile(deps: Pick<Deps, 'sheets'>, bytes: Uint8Array): Promise<CameRow[]> {
  try {
    return readCame(await deps.sheets.readAll(bytes, mostRows))
  } catch (error) {
    if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
    throw error
  }
}

type Booked = {
  id: string
  state: EntryState
  on_day: string | null
  listed_person: string
}

/**
 * Takes attendance in by code; sent twice it changes nothing. Whoever came is counted: a day of examinations becomes an
 * accepted record of counts, which nobody types again. The names stay here.
 * @throws Problem.notFound, denied, fourEyes
 */
export async function takeCame(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  given: readonly CameRow[],
): Promise<Answered> {
  const { actor } = work
  const round = await loadRound(tx, roundId)
  await mustBeNamed(tx, actor, roundId, 'book')
  mustBeOpen(round)
  const follows = (await dutiesOf(tx, actor, roundId)).includes('followUp')
  if (!follows && given.some(({ call }) => call))
    throw Problem.denied({
      what: '表里有“请本人联系医院”，只有同时指定为随访经办人的才能导入；整份没有导入，请交给随访经办人',
    })
  const answer: Answered = { attended: 0, missed: 0, again: 0, followUps: 0, faults: [] }
  const came = new Map<string, Booked[]>()
  for (const line of given) {
    const entry = line.fault === null ? await bookedBy(tx, roundId, line.code) : null
    const fault = line.fault ?? whyNot(line, entry, deps.today(), actor.personId)
    if (fault !== null) {
      answer.faults.push({ row: line.row, message: fault })
      continue
    }
    if (line.came === null) continue
    const state = line.came ? 'attended' : 'missed'
    if (entry!.state === state) answer.again++
    else {
      await sql`UPDATE app.screening_entry SET state = ${state}, attended_on = ${line.came ? entry!.on_day : null}::date, version = version + 1
        WHERE id = ${entry!.id}::uuid`.execute(tx)
      answer[state]++
      if (line.came) came.set(entry!.on_day!, [...(came.get(entry!.on_day!) ?? []), entry!])
    }
    if (line.call) answer.followUps += await tell(deps, tx, entry!.id)
  }
  await recount(tx, roundId)
  for (const [day, those] of came) await count(deps, tx, work, round, day, those)
  audit(work, 'screening.attendance', roundId, [String(answer.attended), String(answer.missed)])
  return answer
}

const bookedBy = (tx: Tx, roundId: string, code: string): Promise<Booked | null> =>
  first<Booked>(
    tx,
    sql`SELECT e.id, e.state, d.on_day, e.listed_person FROM app.screening_entry e LEFT JOIN app.screening_day d ON d.id = e.day_id
      WHERE e.round_id = ${roundId}::uuid AND e.code = ${code} FOR UPDATE OF e`,
  )

/** Repeats nothing of the line: what stands where a code should be may be what was found. */
function whyNot(
  { came, call }: CameRow,
  entry: Booked | null,
  today: string,
  personId: string,
): string | null {
  if (!entry) return '这一行的预约编码不在这个轮次里，没有改动，请按下载的名单核对'
  if (came === null) return call ? '填了“请本人联系医院”，但没有填到检，没有导入' : null
  if (call && !came) return '未到的人不能填“请本人联系医院”，没有导入'
  if (entry.state === 'cancelled') return '这个预约已经取消，没有改动，请与她的单位核对'
  if (entry.state !== 'booked' && entry.state !== (came ? 'attended' : 'missed'))
    return `已登记为“${entry.state === 'attended' ? '到检' : '未到'}”，没有改动，请与医院核对`
  if (came && entry.state === 'booked' && entry.listed_person === personId)
    return '她由您列入名单：列名单和导入到检须是两个人，这一行请由另一位经办人导入'
  return entry.on_day! > today ? `预约在 ${entry.on_day}，还没有到这一天，没有改动` : null
}

/** Notes that she is asked to call the hospital; why, only the hospital tells her. */
async function tell(deps: Deps, tx: Tx, entryId: string): Promise<number> {
  const found = await rows(
    tx,
    sql`INSERT INTO app.screening_follow (entry_id, told_on) VALUES (${entryId}::uuid, ${deps.today()}::date) ON CONFLICT DO NOTHING RETURNING 1`,
  )
  return found.length
}

/** Whoever listed the first of them has brought the count; the actor listed none of them. */
async function count(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  round: Round,
  day: string,
  came: readonly Booked[],
): Promise<void> {
  const personId = came[0]!.listed_person
  const brought = await first<{ id: string }>(
    tx,
    sql`SELECT id FROM app.account WHERE person_id = ${personId}::uuid ORDER BY id LIMIT 1`,
  )
  if (!brought) throw Problem.fourEyes({ what: '列名单和导入到检须是两个人' })
  await enterAccepted(
    deps,
    tx,
    work,
    screening,
    {
      orgId: round.org_id,
      accountId: brought.id,
      personId,
      reason: '由筛查轮次的到检登记，列名单和导入到检是两个人',
    },
    {
      title: `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日“两癌”筛查`,
      startsOn: day,
      endsOn: day,
      grade: '实名',
      round: round.title,
      fund: round.fund,
      persons: came.length,
      cost: Math.round(came.length * round.price * 100) / 100,
    },
  )
}

const audit = (work: UnitOfWork, action: string, id: string, fields: string[]): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `screeningRound:${id}`,
    fields,
  })
