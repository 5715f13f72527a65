import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { mustAgree } from '#person/consent.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { condolence } from '#programmes/hardship/definition.ts'
import { hadAid, type StoredAid } from './aid.server.ts'
import type { Answered, Batch } from './api.ts'
import { openClaim } from './condolence.server.ts'
import { enterCounts } from './counts.server.ts'
import { codeOf, listOf, memoOf, type AnswerRow, type Workbook } from './exchange.ts'
import { openFile, type File } from './file.server.ts'
import { handled, mustBeNamed } from './hands.server.ts'
import { aidStateWords } from './states.ts'

/**
 * A batch for the bank: approved aids of one kind and fund. A fourth person pays. An aid whose line failed comes again under a
 * new code that names the old; one that is on its way or paid never does, the key of the line sees to it.
 * @throws Problem.notFound, denied, invalid, fourEyes, onItsWay, consentMissing
 */
export async function makeBatch(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  ids: readonly string[],
): Promise<{ id: string; count: number }> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'pay')
  const wanted = [...new Set(ids)].sort()
  const aids = await rows<StoredAid>(
    tx,
    sql`SELECT * FROM app.hardship_aid WHERE id = ANY (${wanted}::uuid[]) AND centre_id = ${actor.org.id} ORDER BY id FOR UPDATE`,
  )
  if (aids.length !== wanted.length) throw Problem.notFound()
  const { kind, fund } = aids[0]!
  if (aids.some((aid) => aid.kind !== kind || aid.fund !== fund))
    throw Problem.invalid({
      issues: [{ field: 'ids', message: '一批只放同一类帮扶、同一资金来源，请分批办理' }],
    })
  for (const aid of aids) await mustBePayable(tx, actor, aid)
  const id = randomId()
  await sql`INSERT INTO app.hardship_batch (id, no, org_id, kind, fund, made_on, made_by, made_person)
    SELECT ${id}::uuid, ${`${actor.org.code}-F${deps.today().slice(0, 4)}-`} || lpad((count(*) + 1)::text, 4, '0'), ${actor.org.id}, ${kind}, ${fund},
      ${deps.today()}::date, ${actor.accountId}::uuid, ${actor.personId}::uuid
    FROM app.hardship_batch WHERE org_id = ${actor.org.id} AND extract(year FROM made_on) = ${Number(deps.today().slice(0, 4))}`.execute(
    tx,
  )
  const lines = aids.map((aid) => ({
    code: codeOf('B', randomId()),
    batch_id: id,
    aid_id: aid.id,
    amount: aid.amount,
    state: 'waiting',
  }))
  await sql`INSERT INTO app.hardship_line (code, batch_id, aid_id, amount, state, replaces)
    SELECT n.code, n.batch_id, n.aid_id, n.amount, n.state,
      (SELECT l.code FROM app.hardship_line l WHERE l.aid_id = n.aid_id AND l.state = 'failed'
        AND NOT EXISTS (SELECT FROM app.hardship_line r WHERE r.replaces = l.code) ORDER BY l.answered_on DESC, l.code LIMIT 1)
    FROM jsonb_populate_recordset(NULL::app.hardship_line, ${JSON.stringify(lines)}::jsonb) n`.execute(tx)
  await sql`UPDATE app.hardship_aid SET state = 'sent', paid_person = ${actor.personId}::uuid, version = version + 1
    WHERE id = ANY (${wanted}::uuid[])`.execute(tx)
  audit(work, 'hardship.batch', id, [String(lines.length)])
  return { id, count: lines.length }
}

async function mustBePayable(tx: Tx, actor: Actor, aid: StoredAid): Promise<void> {
  if (aid.state === 'sent' || aid.state === 'paid') throw Problem.onItsWay()
  if (aid.state !== 'approved') throw Problem.wrongState({ state: aidStateWords[aid.state], label: '发放' })
  if (hadAid(aid).includes(actor.personId)) throw Problem.fourEyes({ what: '其中有您登记、核对或审批的' })
  if (aid.person_id === actor.personId) throw Problem.denied({ what: '本人的帮扶请由另一位经办人发放' })
  await mustAgree(tx, aid.person_id, aid.kind === condolence ? 'condolence' : 'hardship')
}

/** Batches of the actor's centre with their lines, the newest first. */
export async function listBatches(tx: Tx, actor: Actor): Promise<Batch[]> {
  return rows(
    tx,
    sql`SELECT b.id, b.no, b.kind, b.fund, b.made_on::text AS "madeOn", a.name AS "madeBy", count(*)::int AS count, sum(l.amount) AS amount,
        jsonb_agg(jsonb_build_object('code', l.code, 'name', coalesce(p.name, '（已删除）'), 'unit', o.short_name, 'amount', l.amount, 'state', l.state,
          'answeredOn', l.answered_on, 'fault', l.fault, 'replaces', l.replaces,
          'replacedBy', (SELECT r.code FROM app.hardship_line r WHERE r.replaces = l.code)) ORDER BY o.scope_code, l.code) AS lines
      FROM app.hardship_batch b JOIN app.hardship_line l ON l.batch_id = b.id JOIN app.hardship_aid g ON g.id = l.aid_id
        JOIN app.person p ON p.id = g.person_id JOIN app.org o ON o.id = g.org_id JOIN app.account a ON a.id = b.made_by
      WHERE ${handled(actor, 'b.org_id')} GROUP BY b.id, a.name ORDER BY b.made_on DESC, b.no DESC LIMIT ${bounds.hardshipBatches.most}`,
  )
}

type Due = {
  /** Null for condolence money, whose account is sealed with the aid. */
  fileId: string | null
  household: File['household']
  result: File['result']
  aid: string
  person_id: string
  claim: Buffer | null
  code: string
  name: string
  amount: number
}

/** The file for the bank: code, payee, account, amount of the lines that wait; each opening is noted for her. @throws Problem */
export async function bankBook(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<Workbook> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'pay')
  const due = await rows<Due & { no: string; kind: string }>(
    tx,
    sql`SELECT l.code, l.amount, p.name, g.id AS aid, g.person_id, g.claim, f.id AS "fileId", f.household, f.result, b.no, b.kind FROM app.hardship_batch b JOIN app.hardship_line l ON l.batch_id = b.id
        JOIN app.hardship_aid g ON g.id = l.aid_id LEFT JOIN app.hardship_file f ON f.id = g.file_id JOIN app.person p ON p.id = g.person_id
      WHERE b.id = ${id}::uuid AND b.org_id = ${actor.org.id} AND l.state = 'waiting' ORDER BY l.code`,
  )
  if (due.length === 0) throw Problem.notFound()
  const cells = []
  for (const line of due) {
    const { bank, account } = await payeeOf(deps, tx, actor, line)
    cells.push({ cells: [line.code, line.name, bank, account, line.amount, memoOf(line.kind), null, null] })
  }
  audit(work, 'hardship.bankFile', id, [String(due.length)])
  return listOf(`帮扶资金发放_${due[0]!.no}`, '发放', cells)
}

const payeeWhy = '发放帮扶资金，提供收款账号给银行'
const payeeOf = async (
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { fileId, household, result, ...line }: Due,
): Promise<{ bank: string; account: string }> =>
  fileId === null
    ? openClaim(deps, tx, actor, { id: line.aid, person_id: line.person_id, claim: line.claim }, payeeWhy)
    : (
        await openFile(
          deps,
          tx,
          actor,
          { id: fileId, person_id: line.person_id, household, result },
          payeeWhy,
        )
      ).household

/**
 * Takes the bank's answer in by the codes of the lines: sent twice it changes nothing, a part of it settles a part. What was
 * paid becomes a record of counts; what failed waits to be paid anew.
 */
export async function takeBankAnswers(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: readonly AnswerRow[],
): Promise<Answered> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'pay')
  const batch = await first<{ kind: string; fund: string }>(
    tx,
    sql`SELECT kind, fund FROM app.hardship_batch WHERE id = ${id}::uuid AND org_id = ${actor.org.id}`,
  )
  if (!batch) throw Problem.notFound()
  const answer: Answered = { taken: 0, failed: 0, again: 0, faults: [] }
  const paid: string[] = []
  let sum = 0
  for (const { row, code, word, amount, why } of given) {
    const fault = (message: string) => void answer.faults.push({ row, message })
    if (word === '') continue
    const state = word === '成功' ? 'paid' : word === '失败' ? 'failed' : null
    const line = await first<{ aid_id: string; amount: number; state: string }>(
      tx,
      sql`SELECT aid_id, amount, state FROM app.hardship_line WHERE code = ${code} AND batch_id = ${id}::uuid FOR UPDATE`,
    )
    if (!line) fault(`这一批里没有编码“${code}”，没有改动`)
    else if (state === null) fault('结果请填“成功”或“失败”')
    else if (state === 'paid' && amount !== null && amount !== line.amount)
      fault(`回单金额 ${amount} 与应发 ${line.amount} 不同，没有改动，请与银行核对`)
    else if (line.state === state) answer.again++
    else if (line.state !== 'waiting')
      fault(`这一笔已登记为“${line.state === 'paid' ? '成功' : '失败'}”，没有改动，请与银行核对`)
    else {
      await settle(deps, tx, work, code, line.aid_id, state, why)
      answer[state === 'paid' ? 'taken' : 'failed']++
      if (state === 'paid') {
        paid.push(line.aid_id)
        sum += line.amount
      }
    }
  }
  if (paid.length > 0)
    await enterCounts(
      deps,
      tx,
      work,
      await handsOf(tx, paid[0]!),
      batch.kind === condolence ? '两癌慰问金发放' : `困难女职工帮扶资金发放（${batch.kind}）`,
      {
        matter: '发放',
        aidKind: batch.kind,
        fund: batch.fund,
        times: paid.length,
        helped:
          batch.kind === condolence ? paid.length : await firstOfYear(tx, paid, deps.today().slice(0, 4)),
        amount: Math.round(sum * 100) / 100,
      },
    )
  audit(work, 'hardship.bankAnswer', id, [String(answer.taken), String(answer.failed)])
  return answer
}

async function settle(
  deps: Deps,
  tx: Tx,
  { actor }: UnitOfWork,
  code: string,
  aidId: string,
  state: 'paid' | 'failed',
  why: string,
): Promise<void> {
  await sql`UPDATE app.hardship_line SET state = ${state}, answered_on = ${deps.today()}::date, answered_by = ${actor.accountId}::uuid,
    fault = ${state === 'failed' ? why || '银行未说明原因' : null} WHERE code = ${code}`.execute(tx)
  const after =
    state === 'paid'
      ? sql`state = 'paid', paid_on = ${deps.today()}::date`
      : sql`state = 'approved', paid_person = NULL, turned_on = ${deps.today()}::date`
  await sql`UPDATE app.hardship_aid SET ${after}, version = version + 1 WHERE id = ${aidId}::uuid`.execute(tx)
}

/** Who entered, checked and approved an aid. */
async function handsOf(tx: Tx, id: string): Promise<(string | null)[]> {
  const aid = await first<StoredAid>(tx, sql`SELECT * FROM app.hardship_aid WHERE id = ${id}::uuid`)
  return [aid!.approved_person, aid!.checked_person, aid!.entered_person]
}

/** Women among these who had no money earlier in the year: each is counted once a year. */
async function firstOfYear(tx: Tx, aidIds: readonly string[], year: string): Promise<number> {
  const found = await first<{ n: number }>(
    tx,
    sql`SELECT count(DISTINCT g.person_id)::int AS n FROM app.hardship_aid g WHERE g.id = ANY (${[...aidIds]}::uuid[])
      AND NOT EXISTS (SELECT FROM app.hardship_aid e WHERE e.person_id = g.person_id AND e.state = 'paid' AND e.kind <> ${condolence} AND NOT e.id = ANY (${[...aidIds]}::uuid[])
        AND extract(year FROM e.paid_on) = ${Number(year)})`,
  )
  return found!.n
}

const audit = (work: UnitOfWork, action: string, id: string, fields: string[]): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `hardshipBatch:${id}`, fields })
