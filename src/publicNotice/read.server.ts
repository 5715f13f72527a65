import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { keyedLetters, letterCode } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { v7 as uuidv7 } from 'uuid'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { NewObjection, Notices, ObjectionAnswer, PublicNotice } from './api.ts'
import { noticesOf } from './open.server.ts'

/** Letters of a receipt, of five bits each. */
const receiptLetters = 26

const head = sql`n.id, n.kind, n.title, o.name AS organiser, n.opened_on AS "openedOn", n.closes_on AS "closesOn", n.days`

/** What is under 公示, and what was lately, the one that closes first on top. */
export async function listNotices(deps: Deps, tx: Tx): Promise<Notices> {
  const found = await rows<Omit<Notices[number], 'state'>>(
    tx,
    sql`SELECT ${head}, (SELECT count(*)::int FROM app.public_notice_line l WHERE l.notice_id = n.id) AS count
      FROM app.public_notice n JOIN app.org o ON o.id = n.org_id
      WHERE n.shown_until >= ${deps.today()}::date AND n.withdrawn_on IS NULL
      ORDER BY n.closes_on < ${deps.today()}::date, n.closes_on, n.id LIMIT ${bounds.publicNotices.most}`,
  )
  const states = await noticesOf(
    deps,
    tx,
    found.map((n) => n.id),
  )
  return found.map((n) => ({ ...n, state: states.get(n.id)!.state }))
}

/** One notice as everybody reads it. @throws Problem.noticeOver when it was taken down or never was */
export async function readNotice(deps: Deps, tx: Tx, id: string): Promise<PublicNotice> {
  const found = await first<Omit<PublicNotice, 'state' | 'isDemo'>>(
    tx,
    sql`SELECT ${head}, n.note, n.shown_until AS "shownUntil", (SELECT coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'name', l.name, 'unitName', l.unit_name,
        'detail', l.detail) ORDER BY l.line), '[]') FROM app.public_notice_line l WHERE l.notice_id = n.id) AS lines
      FROM app.public_notice n JOIN app.org o ON o.id = n.org_id
      WHERE n.id = ${id}::uuid AND n.shown_until >= ${deps.today()}::date AND n.withdrawn_on IS NULL`,
  )
  if (!found) throw Problem.noticeOver()
  const states = await noticesOf(deps, tx, [id])
  return { ...found, state: states.get(id)!.state, isDemo: deps.mode === 'demo' }
}

const digestOf = (deps: Deps, receipt: string): string =>
  keyedLetters(deps.crypto, 'jinguo.objection', receipt, receiptLetters)

/** What somebody typed as a receipt, without the hyphens. */
const plainReceipt = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')

/**
 * Takes an objection while the notice is open. Whoever brings it gets a code that is shown once and kept nowhere.
 * @throws Problem.noticeOver, noticeClosed, invalid
 */
export async function raiseObjection(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewObjection,
): Promise<{ receipt: string }> {
  const today = deps.today()
  const notice = await readNotice(deps, tx, id)
  if (notice.state !== 'open') throw Problem.noticeClosed({ on: notice.closesOn })
  if ([...given.body].length < 10)
    throw Problem.invalid({
      issues: [{ field: 'body', message: '请写明事实和理由（至少 10 个字），以便核查' }],
    })
  if (given.line !== null && !notice.lines.some((l) => l.line === given.line))
    throw Problem.invalid({ issues: [{ field: 'line', message: '公示名单里没有这一行，请重新选择' }] })
  const at = await first<{ district: number }>(
    tx,
    sql`SELECT o.district_id AS district FROM app.public_notice n JOIN app.org o ON o.id = n.org_id WHERE n.id = ${id}::uuid`,
  )
  const code = letterCode(receiptLetters)
  const objection = uuidv7()
  await sql`INSERT INTO app.public_notice_objection (district_id, id, notice_id, line, body, contact, receipt, raised_on)
    VALUES (${at!.district}, ${objection}::uuid, ${id}::uuid, ${given.line}, ${given.body}, ${given.contact}, ${digestOf(deps, code)}, ${today}::date)`.execute(
    tx,
  )
  work.audit({ districtId: at!.district, action: 'publicNotice.object', object: `publicNotice:${id}` })
  return { receipt: code.match(/.{1,4}/g)!.join('-') }
}

/** What became of the objection of a receipt. @throws Problem.noReceipt */
export async function readAnswer(deps: Deps, tx: Tx, typed: string): Promise<ObjectionAnswer> {
  const found = await first<ObjectionAnswer>(
    tx,
    sql`SELECT title, raised_on AS "raisedOn", state, answer, answered_on AS "answeredOn" FROM app.find_objection(${digestOf(deps, plainReceipt(typed))})`,
  )
  if (!found) throw Problem.noReceipt()
  return found
}
