import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { getRecord, refuseStale } from '#record/act.server.ts'
import { amendRecord } from '#record/amend.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Register, RegisterLine, RegisterQuery, Revocation, Roll } from './registerApi.ts'

const pageSize = 50

/** A title that the actor's unit gave itself: it alone takes it back. */
const isGiver = (actor: Actor, titles: readonly { giver: string }[]): boolean =>
  titles.length > 0 && titles.every((t) => t.giver.startsWith(actor.org.name))

/** 荣誉册: honours in force and revoked within the actor's sight, the newest first. @throws Problem.badCursor */
export async function readRegister(deps: Deps, tx: Tx, actor: Actor, q: RegisterQuery): Promise<Register> {
  const words = q.q?.normalize('NFKC').trim() ?? ''
  const where = sql`r.programme = ${deps.catalogue.programmeId('honour')} AND r.state = 'accepted' AND ${visible(actor)}
    ${
      words
        ? sql`AND (strpos(h.honoree, ${words}) > 0 OR strpos(coalesce(h.employer, ''), ${words}) > 0 OR strpos(o.name, ${words}) > 0
      OR EXISTS (SELECT FROM app.honour_titles t WHERE t.district_id = r.district_id AND t.record_id = r.id AND strpos(t.honour_type, ${words}) > 0))`
        : sql``
    }
    ${q.year ? sql`AND h.granted_on >= ${`${q.year}-01-01`}::date AND h.granted_on <= ${`${q.year}-12-31`}::date` : sql``}
    ${q.level ? sql`AND EXISTS (SELECT FROM app.honour_titles t WHERE t.district_id = r.district_id AND t.record_id = r.id AND t.level = ${q.level})` : sql``}`
  const from = sql`app.record r JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id JOIN app.org o ON o.id = r.org_id`
  const [on, id] = (q.after ?? '9999-12-31_ffffffff-ffff-ffff-ffff-ffffffffffff').split('_')
  const found = await rows<Omit<RegisterLine, 'mayRevoke'>>(
    tx,
    sql`SELECT r.id, h.subject, h.honoree, h.employer, (SELECT coalesce(jsonb_agg(jsonb_build_object('honourType', t.honour_type, 'giver', t.giver, 'level', t.level)
        ORDER BY t.line), '[]') FROM app.honour_titles t WHERE t.district_id = r.district_id AND t.record_id = r.id) AS titles,
        h.granted_on AS "grantedOn", h.doc_no AS "docNo", h.revoked_on AS "revokedOn", h.revoked_for AS "revokedFor", ${briefOf('o')} AS org, r.version
      FROM ${from} WHERE ${where} AND (h.granted_on, r.id) < (${on}::date, ${id}::uuid) ORDER BY h.granted_on DESC, r.id DESC LIMIT ${pageSize + 1}`,
  )
  const count = await first<{ n: number }>(tx, sql`SELECT count(*)::int AS n FROM ${from} WHERE ${where}`)
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  const leads = can(actor, 'honour.lead')
  return {
    rows: shown.map((row) => ({
      ...row,
      mayRevoke: leads && row.revokedOn === null && isGiver(actor, row.titles),
    })),
    count: count?.n ?? 0,
    next: found.length > pageSize && last ? `${last.grantedOn}_${last.id}` : null,
  }
}

/**
 * The giver takes an honour back: its day and reason enter the record, its figure goes down, its certificates lose their force.
 * @throws Problem.notFound, denied, changed, invalid
 */
export async function revokeHonour(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { reason, version }: Revocation,
): Promise<{ certificates: number }> {
  const { actor } = work
  const programme = deps.findProgramme('honour')!
  const loaded = await getRecord(tx, actor, programme, id)
  const { spine, row } = loaded
  await refuseStale(tx, spine, version)
  if (!isGiver(actor, row['titles'] as { giver: string }[]))
    throw Problem.denied({ what: '荣誉由授予单位撤销；本单位不是授予单位' })
  if (spine.state !== 'accepted' || row['revokedOn'] !== null)
    throw Problem.nominationState({ state: spine.state, label: '撤销荣誉' })
  if (reason.length < 4)
    throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明撤销理由和依据（至少 4 个字）' }] })
  const today = deps.today()
  await amendRecord(
    deps,
    tx,
    work,
    programme,
    loaded,
    { ...row, revokedOn: today, revokedFor: reason },
    {
      action: 'revoke',
      reason,
      decided_by: actor.personId,
    },
  )
  const ended = await rows(
    tx,
    sql`UPDATE app.certificate c SET state = 'revoked', ended_on = ${today}::date, ended_by = ${actor.accountId}::uuid, reason = ${reason}
      WHERE c.record_id = ${id}::uuid AND c.org_id = ${actor.org.id} AND c.state = 'valid' RETURNING 1`,
  )
  return { certificates: ended.length }
}

/** The roll for everybody, each with the story that tells of it. */
export async function readRoll(tx: Tx, { year, q }: { year?: string; q?: string }): Promise<Roll> {
  return rows<Roll[number]>(
    tx,
    sql`SELECT h.honoree, h.employer, h.title, h.giver, h.granted_on AS "grantedOn", (SELECT s.id FROM app.shown_stories(NULL) s WHERE s.record_id = h.record_id LIMIT 1) AS story
      FROM app.honour_roll(${year ? Number(year) : null}::int, ${q?.normalize('NFKC').trim() ?? ''}) h`,
  )
}
