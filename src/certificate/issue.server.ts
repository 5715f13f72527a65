import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { keyedLetters } from '#crypto/secret.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { briefs } from '#record/place.server.ts'
import { loadRecords, type Loaded } from '#record/rows.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { mostAtOnce, type Issued, type NewCertificates } from './api.ts'
import { codeOf, digestLetters } from './code.ts'
import { mustDraw } from './font.server.ts'
import { findCertificate, type CertificateLayout } from './layouts.ts'
import { givenBy, isForPerson, isGiven, wordsFor } from './words.ts'

type Makers = Pick<Deps, 'crypto' | 'today' | 'findProgramme'>

/** What a certificate says for ever; its code is made of it. */
export type Said = {
  id: string
  no: string
  layout: string
  recipient: string
  words: string
  issuer: string
  granted_on: string
  issued_on: string
}

/** The code that fits a certificate, by the key of this installation. */
export const codeFor = (crypto: CryptoProvider, c: Said): string => {
  const parts = [c.id, c.no, c.layout, c.recipient, c.words, c.issuer, c.granted_on, c.issued_on]
  const text = parts.map((part) => part.normalize('NFC')).join('\u001F')
  return codeOf(keyedLetters(crypto, 'jinguo.certificate', text, digestLetters))
}

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** A layout of a key. @throws Problem.notFound */
export function layoutOf(key: string): CertificateLayout {
  const layout = findCertificate(key)
  if (!layout) throw Problem.notFound()
  return layout
}

/** Accepted records of the actor's scope, of those that are named. */
export const acceptedOf = (deps: Makers, tx: Tx, actor: Actor, key: string, ids: readonly string[]) =>
  loadRecords(
    tx,
    deps.findProgramme(key)!,
    sql`r.id = ANY(${[...ids]}::uuid[]) AND r.state = 'accepted' AND ${visible(actor)} AND ${ownScope(actor)}`,
  )

/** Who only views a record certifies nothing of it. */
export const ownScope = ({ org }: Actor) =>
  sql`r.scope_code >= ${org.scopeCode} AND r.scope_code < ${`${org.scopeCode}~`}`

/** Who gets one: by the entry of a class that she completed, or by name alone. */
export type Recipient = { name: string; entry: string | null }
const byName = (name: string): Recipient => ({ name, entry: null })

/** Who gets one for a record: the one it names, those who completed it or were typed, or its unit. */
export function recipientsOf(
  { recipient }: CertificateLayout,
  row: Loaded['row'],
  org: string,
  named: readonly Recipient[],
): readonly Recipient[] {
  if (recipient === 'names') return named
  if (recipient === 'org') return [byName(org)]
  const one = row[recipient.field]
  return typeof one === 'string' ? [byName(one)] : []
}

/** Whether who completed (`d`) has a valid certificate of this unit for this class; of days before entries were named, by her name. */
const isCertified = ({ org }: Actor, record: ReturnType<typeof sql>, layout: string) =>
  sql`EXISTS (SELECT FROM app.certificate c WHERE c.district_id = ${org.districtId} AND c.org_id = ${org.id} AND c.record_id = ${record} AND c.layout = ${layout} AND c.state = 'valid'
    AND (c.enrolment_id = d.entry OR c.enrolment_id IS NULL AND c.recipient = d.name))`

/** Who completed the class that a record was made from, by its attendance; [] where nobody but the record tells. */
const completedOf = (tx: Tx, actor: Actor, record: string, layout: string) =>
  rows<Recipient & { held: boolean }>(
    tx,
    sql`SELECT d.entry, d.name, ${isCertified(actor, sql`${record}::uuid`, layout)} AS held FROM app.done_of_record(${record}::uuid) d`,
  )

/** Of classes with an attendance: how many completed each and have no certificate of this unit. */
export async function uncertifiedOf(
  tx: Tx,
  actor: Actor,
  layout: string,
  records: readonly string[],
): Promise<Map<string, number>> {
  const found = await rows<{ id: string; n: number }>(
    tx,
    sql`SELECT r.id, (count(*) FILTER (WHERE NOT ${isCertified(actor, sql`r.id`, layout)}))::int AS n
      FROM unnest(${[...records]}::uuid[]) r(id) JOIN LATERAL app.done_of_record(r.id) d ON true GROUP BY r.id`,
  )
  return new Map(found.map(({ id, n }) => [id, n]))
}

type Numbering = { year: number; serial: number }

/** Whoever numbers for this unit waits for who did so before: no number twice, and no gap. */
async function lastSerial(tx: Tx, actor: Actor, year: number): Promise<Numbering> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`certificate:${actor.org.id}:${year}`}, 0))`.execute(
    tx,
  )
  const found = await first<{ serial: number }>(
    tx,
    sql`SELECT coalesce(max(serial), 0)::int AS serial FROM app.certificate
      WHERE district_id = ${actor.org.districtId} AND org_id = ${actor.org.id} AND year = ${year}`,
  )
  return { year, serial: found?.serial ?? 0 }
}

const numberOf = (actor: Actor, { year, serial }: Numbering): string =>
  `${actor.org.code}-${year}-${String(serial).padStart(4, '0')}`

type NewRow = Said & Record<string, unknown>

/** Rows of certificates for records, numbered on; nothing is written. @throws Problem.invalid */
async function compose(
  deps: Makers,
  tx: Tx,
  actor: Actor,
  layout: CertificateLayout,
  records: readonly Loaded[],
  named: readonly Recipient[],
): Promise<NewRow[]> {
  const issued_on = deps.today()
  const numbering = await lastSerial(tx, actor, Number(issued_on.slice(0, 4)))
  const orgs = await briefs(
    tx,
    records.map(({ spine }) => spine.org_id),
  )
  const made = records.flatMap(({ spine, row: whole }) => {
    const row = givenBy(layout, whole, actor.org.name)
    if (!isGiven(layout, row)) throw refuse('records', `“${spine.title}”不是本单位授予的称号，由授予单位发证`)
    const org = orgs.get(spine.org_id)?.name ?? ''
    const words = wordsFor(layout, row, org)
    mustDraw(words, 'records')
    return recipientsOf(layout, row, org, named).map(({ name: recipient, entry }): NewRow => {
      mustDraw(recipient, layout.recipient === 'names' ? 'names' : 'records')
      numbering.serial++
      const said: Said = {
        id: uuidv7(),
        no: numberOf(actor, numbering),
        layout: layout.key,
        recipient,
        words,
        issuer: actor.org.name,
        granted_on: spine.occurred_on,
        issued_on,
      }
      return {
        ...said,
        code: codeFor(deps.crypto, said),
        district_id: actor.org.districtId,
        org_id: actor.org.id,
        year: numbering.year,
        serial: numbering.serial,
        programme: spine.programme,
        record_district_id: spine.district_id,
        record_id: spine.id,
        record_version: spine.version,
        is_person: isForPerson(layout, row),
        state: 'valid',
        issued_by: actor.accountId,
        issued_at: new Date().toISOString(),
        reason: '',
        enrolment_id: entry,
      }
    })
  })
  mustDraw(actor.org.name, 'layout')
  return made
}

const insert = (tx: Tx, list: readonly NewRow[]) =>
  sql`INSERT INTO app.certificate SELECT * FROM jsonb_populate_recordset(NULL::app.certificate, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

/**
 * Who gets certificates of a class: whoever completed it by its attendance and has none of this unit, else the names that are typed, which
 * are as many as the record may have. @throws Problem.invalid
 */
async function namedFor(
  tx: Tx,
  actor: Actor,
  layout: CertificateLayout,
  records: readonly Loaded[],
  names: readonly string[],
): Promise<Recipient[]> {
  if (layout.recipient !== 'names') {
    if (names.length > 0) throw refuse('names', '这种证书的名称取自记录，不用另填姓名')
    return []
  }
  const [record, another] = records
  if (another) throw refuse('records', '结业证书每次只为一个班发，请只选一条记录')
  const completed = await completedOf(tx, actor, record!.spine.id, layout.key)
  if (completed.length > 0) {
    if (names.length > 0) throw refuse('names', '这个班的名单来自活动签到，不用另填姓名')
    const left = completed.filter(({ held }) => !held)
    if (left.length === 0)
      throw refuse('records', '这个班完成的人都已经有本单位发的证书；要更正的，请在台账里换发')
    // Issuing again goes on with whoever is left.
    return left.slice(0, mostAtOnce)
  }
  if (names.length === 0) throw refuse('names', '请填写结业人员姓名，每行一个')
  const attended = Number(record!.row['graduates'] ?? record!.row['all'] ?? mostAtOnce)
  if (names.length > attended)
    throw refuse('names', `填了 ${names.length} 个姓名，这个班的记录上只有 ${attended} 人，请核对`)
  return names.map(byName)
}

/**
 * Issues certificates from accepted records of the own scope, at most 500 at once, all or none.
 * @throws Problem.invalid, certifiedAlready
 */
export async function issueCertificates(
  deps: Makers,
  tx: Tx,
  work: UnitOfWork,
  asked: NewCertificates,
): Promise<Issued> {
  const { actor } = work
  const layout = layoutOf(asked.layout)
  const ids = [...new Set(asked.records)]
  const names = [...new Set((asked.names ?? []).map((name) => name.normalize('NFC').trim()).filter(Boolean))]
  const records = await acceptedOf(deps, tx, actor, layout.programme, ids)
  if (records.length < ids.length)
    throw refuse('records', '所选记录里有尚未审核通过、已作废或不在本级范围内的，请刷新后重新选择')
  const named = await namedFor(tx, actor, layout, records, names)
  const made = await compose(deps, tx, actor, layout, records, named)
  await insert(tx, made)
  const [firstNo, lastNo] = [made[0]!.no, made.at(-1)!.no]
  work.audit({
    districtId: actor.org.districtId,
    action: 'certificate.issue',
    object: `certificate:${made[0]!.id}`,
    fields: [layout.title, firstNo, lastNo],
    body: asked,
  })
  return { ids: made.map((c) => c.id), first: firstNo, last: lastNo }
}

/** Issues one anew in the place of an earlier one, from the record and the attendance as they are now. @throws Problem.invalid */
export async function composeAnew(
  deps: Makers,
  tx: Tx,
  actor: Actor,
  old: { layout: string; record_id: string; recipient: string; id: string; enrolment_id: string | null },
  name: string | undefined,
): Promise<Issued> {
  const layout = layoutOf(old.layout)
  const [record] = await acceptedOf(deps, tx, actor, layout.programme, [old.record_id])
  if (!record) throw refuse('reason', '原记录已作废或不再是审核通过，不能换发；证书有误请撤销')
  const named =
    old.enrolment_id === null
      ? [byName((name ?? '').trim() || old.recipient)]
      : (await completedOf(tx, actor, old.record_id, old.layout)).filter(
          ({ entry }) => entry === old.enrolment_id,
        )
  if (named.length === 0) throw refuse('reason', '她不在这个班现在的完成名单里，不能换发；证书有误请撤销')
  const made = (await compose(deps, tx, actor, layout, [record], named)).map((row) => ({
    ...row,
    replaces: old.id,
  }))
  await insert(tx, made)
  return { ids: made.map((c) => c.id), first: made[0]!.no, last: made[0]!.no }
}
