import { sql } from 'kysely'
import { childTableOf, columnName } from '#kit/columns.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefs } from '#record/place.server.ts'
import { loadRecords } from '#record/rows.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Candidate, Certificate, Issued, Ledger, LedgerQuery, Renewal } from './api.ts'
import { composeAnew, layoutOf, ownScope, recipientsOf, uncertifiedOf } from './issue.server.ts'
import { givenBy, wordsFor } from './words.ts'

const pageSize = 50
const mostCandidates = 200

export const own = ({ org }: Actor) => sql`c.district_id = ${org.districtId} AND c.org_id = ${org.id}`

type Stored = { row: Omit<Certificate, 'programme'>; programme: number; year: number; serial: number }

/** Certificates of the actor's unit, the newest first; beside each, what became of its record since. */
export async function readLedger(deps: Deps, tx: Tx, actor: Actor, q: LedgerQuery): Promise<Ledger> {
  const words = q.q?.trim()
  const like = `%${(words ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const where = sql`${own(actor)} ${q.year ? sql`AND c.year = ${Number(q.year)}` : sql``}
    ${words ? sql`AND (c.recipient LIKE ${like} OR c.no LIKE ${like} OR c.words LIKE ${like})` : sql``}`
  const [year, serial] = (q.after ?? '9999_999999999').split('_').map(Number)
  const found = await rows<Stored>(
    tx,
    sql`SELECT c.programme, c.year, c.serial, jsonb_build_object('id', c.id, 'no', c.no, 'code', c.code, 'layout', c.layout, 'recordId', c.record_id,
        'recipient', c.recipient, 'words', c.words, 'grantedOn', c.granted_on, 'issuedOn', c.issued_on, 'issuedBy', a.name, 'state', c.state,
        'endedOn', c.ended_on, 'reason', c.reason, 'since',
        CASE WHEN r.id IS NULL OR r.state <> 'accepted' THEN 'gone' WHEN r.version <> c.record_version THEN 'changed' END) AS row
      FROM app.certificate c JOIN app.account a ON a.id = c.issued_by
      LEFT JOIN app.record r ON r.district_id = c.record_district_id AND r.id = c.record_id
      WHERE ${where} AND (c.year, c.serial) < (${year}, ${serial}) ORDER BY c.year DESC, c.serial DESC LIMIT ${pageSize + 1}`,
  )
  const count = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.certificate c WHERE ${where}`,
  )
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ programme, row }) => ({
      ...row,
      programme: deps.catalogue.programmeKey(programme),
    })),
    count: count?.n ?? 0,
    next: found.length > pageSize && last ? `${last.year}_${last.serial}` : null,
    mayIssue: can(actor, 'certificate.issue'),
  }
}

/** Accepted records of the own scope without a valid certificate of this unit; a class may have any number of them. */
export async function readCandidates(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { layout: key, year }: { layout: string; year: string },
): Promise<{ rows: Candidate[]; more: boolean }> {
  const layout = layoutOf(key)
  const programme = deps.findProgramme(layout.programme)!
  const once =
    layout.recipient === 'names'
      ? sql``
      : sql`AND NOT EXISTS (SELECT FROM app.certificate c WHERE ${own(actor)} AND c.record_id = r.id AND c.layout = ${key} AND c.state = 'valid')`
  // A prefix, compared letter by letter: a name may hold the signs of a pattern.
  const given =
    layout.given === undefined
      ? sql``
      : sql`AND EXISTS (SELECT FROM ${sql.raw(`app.${childTableOf(programme, layout.given.child)}`)} g WHERE g.district_id = r.district_id
          AND g.record_id = r.id AND starts_with(g.${sql.raw(columnName(layout.given.by))}, ${actor.org.name}))`
  const found = await loadRecords(
    tx,
    programme,
    sql`r.programme = ${deps.catalogue.programmeId(programme.key)} AND r.state = 'accepted' AND ${visible(actor)} AND ${ownScope(actor)}
      AND r.occurred_on >= ${`${year}-01-01`}::date AND r.occurred_on <= ${`${year}-12-31`}::date ${once} ${given}
      ORDER BY r.occurred_on DESC, r.id LIMIT ${mostCandidates + 1}`,
  )
  const orgs = await briefs(
    tx,
    found.map(({ spine }) => spine.org_id),
  )
  const uncertified =
    layout.recipient === 'names'
      ? await uncertifiedOf(
          tx,
          actor,
          key,
          found.map(({ spine }) => spine.id),
        )
      : new Map<string, number>()
  return {
    more: found.length > mostCandidates,
    rows: found.slice(0, mostCandidates).map(({ spine, row }) => {
      const org = orgs.get(spine.org_id)?.name ?? ''
      return {
        id: spine.id,
        title: spine.title,
        org,
        on: spine.occurred_on,
        recipient: recipientsOf(layout, row, org, [])[0]?.name ?? '',
        words: wordsFor(layout, givenBy(layout, row, actor.org.name), org),
        named: uncertified.get(spine.id) ?? null,
      }
    }),
  }
}

type Ending = {
  id: string
  layout: string
  record_id: string
  recipient: string
  state: string
  enrolment_id: string | null
}

/** A valid certificate of the actor's unit, held until the act is over. @throws Problem.notFound, certificateEnded */
async function getValid(tx: Tx, actor: Actor, id: string): Promise<Ending> {
  const found = await first<Ending>(
    tx,
    sql`SELECT c.id, c.layout, c.record_id, c.recipient, c.state, c.enrolment_id FROM app.certificate c WHERE ${own(actor)} AND c.id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  if (found.state !== 'valid') throw Problem.certificateEnded()
  return found
}

function reasoned(reason: string): string {
  const given = reason.trim()
  if (given.length < 4)
    throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明理由（至少 4 个字）' }] })
  return given
}

const end = (deps: Deps, tx: Tx, actor: Actor, id: string, state: string, reason: string) =>
  sql`UPDATE app.certificate c SET state = ${state}, ended_on = ${deps.today()}::date, ended_by = ${actor.accountId}::uuid, reason = ${reason}
    WHERE ${own(actor)} AND c.id = ${id}::uuid`.execute(tx)

/** Takes a certificate's force; it stays in the ledger and is told to whoever checks it. @throws Problem */
export async function revoke(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  reason: string,
): Promise<void> {
  const given = reasoned(reason)
  await getValid(tx, work.actor, id)
  await end(deps, tx, work.actor, id, 'revoked', given)
  const { districtId } = work.actor.org
  work.audit({ districtId, action: 'certificate.revoke', object: `certificate:${id}`, purpose: given })
}

/** Issues it anew from the record as it is now, under a new number and code; the old one is superseded. @throws Problem */
export async function renew(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { reason, name }: Renewal,
): Promise<Issued> {
  const given = reasoned(reason)
  const old = await getValid(tx, work.actor, id)
  await end(deps, tx, work.actor, id, 'superseded', given)
  const issued = await composeAnew(deps, tx, work.actor, old, name)
  const { districtId } = work.actor.org
  work.audit({
    districtId,
    action: 'certificate.renew',
    object: `certificate:${id}`,
    purpose: given,
    fields: [issued.first],
  })
  return issued
}
