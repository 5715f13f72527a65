import { sql } from 'kysely'
import { randomId, type CryptoProvider } from '#crypto/provider.server.ts'
import { newDataKey, open, seal, unwrap, wrap } from '#crypto/sealed.server.ts'
import { maskIdNumber, maskPhone } from '#kit/field/idNumber.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { keyed, send, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ReadPurpose, SealedField, StoredElsewhere } from './purposes.ts'
import { phoneIndexText } from './rules.ts'

// The only place that opens what is sealed (dependency-cruiser holds it). `reveal` and `openFor` give something away and write
// the access log in the same transaction; from `masksOf` only masks come out, from `sameSealed` only whether a value is hers.

const columns: Record<SealedField, string> = {
  idNumber: 'id_number',
  birth: 'birth',
  phone: 'phone',
  guardian: 'guardian',
}
export const placeOf = (field: SealedField, id: string): string => `person.${columns[field]}:${id}`
export const keyPlace = (id: string): string => `person_key.wrapped:${id}`

type Stored = { id: string; wrapped: Buffer | null } & Record<SealedField, Buffer | null>

const storedOf = (tx: Tx, ids: readonly string[]): Promise<Stored[]> =>
  keyed<Stored>(
    tx,
    sql`SELECT p.id, k.wrapped, p.id_number AS "idNumber", p.birth, p.phone, p.guardian
      FROM app.person p LEFT JOIN app.person_key k ON k.person_id = p.id WHERE p.id = ANY (${ids}::uuid[])`,
  )

/** Bytes as SQL takes them in JSON. */
export const bytea = (bytes: Buffer | null): string | null => (bytes ? `\\x${bytes.toString('hex')}` : null)

/** Sealed values, and beside a phone the index by which it is found. */
export type Sealed = Partial<Record<SealedField | 'phoneIndex', Buffer | null>>

function sealAll(
  crypto: CryptoProvider,
  dataKey: Buffer,
  id: string,
  values: Partial<Record<SealedField, string | null>>,
): Sealed {
  const sealed = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      value === null ? null : seal(crypto, dataKey, value, placeOf(field as SealedField, id)),
    ]),
  )
  const { phone } = values
  return phone === undefined
    ? sealed
    : { ...sealed, phoneIndex: phone === null ? null : phoneIndex(crypto, phone) }
}

/** Finds a phone among the sealed ones, as `id_index` a number. */
export const phoneIndex = (crypto: CryptoProvider, phone: string): Buffer =>
  crypto.blindIndex(phoneIndexText(phone))

/** A new person's key and her sealed values. */
export function sealNew(
  crypto: CryptoProvider,
  id: string,
  values: Record<SealedField, string | null>,
): { wrapped: Buffer; sealed: Sealed } {
  const dataKey = newDataKey()
  return { wrapped: wrap(crypto, dataKey, keyPlace(id)), sealed: sealAll(crypto, dataKey, id, values) }
}

/** New values of a person under the key she has. @throws Problem.notFound where it was destroyed or is out of sight */
export async function sealAgain(
  crypto: CryptoProvider,
  tx: Tx,
  id: string,
  values: Partial<Record<SealedField, string | null>>,
): Promise<Sealed> {
  if (Object.keys(values).length === 0) return {}
  const [stored] = await storedOf(tx, [id])
  if (!stored?.wrapped) throw Problem.notFound()
  return sealAll(crypto, unwrap(crypto, stored.wrapped, keyPlace(id)), id, values)
}

/** Masks of persons by id: 「2102**********1234」, 「138****5678」; whether a guardian is known. Never the values. */
export async function masksOf(
  crypto: CryptoProvider,
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { idNumber: string | null; phone: string | null; guardian: boolean }>> {
  const found = ids.length === 0 ? [] : await storedOf(tx, ids)
  return new Map(
    found.map((stored) => {
      const dataKey = stored.wrapped && unwrap(crypto, stored.wrapped, keyPlace(stored.id))
      const masked = (field: 'idNumber' | 'phone', mask: (text: string) => string) =>
        dataKey && stored[field] ? mask(open(dataKey, stored[field], placeOf(field, stored.id))) : null
      return [
        stored.id,
        {
          idNumber: masked('idNumber', maskId),
          phone: masked('phone', maskPhone),
          guardian: stored.guardian !== null,
        },
      ]
    }),
  )
}

/** A passport's number is short: its last two characters alone. */
const maskId = (number: string): string =>
  number.length === 18 ? maskIdNumber(number) : `${'*'.repeat(number.length - 2)}${number.slice(-2)}`

/** Notes for her what was opened, in the transaction that opens it. */
function note(
  tx: Tx,
  actor: Actor,
  personId: string,
  fields: readonly (SealedField | StoredElsewhere)[],
  why: { purpose: ReadPurpose; reason: string; daily?: CryptoProvider },
): void {
  const idOf = (field: SealedField | StoredElsewhere) =>
    why.daily ? dailyId(why.daily, actor, personId, field) : randomId()
  send(tx, insertNotes(fields.map((field) => noteOf(actor, personId, field, why, idOf(field)))))
}

const noteOf = (
  actor: Actor,
  personId: string,
  field: SealedField | StoredElsewhere,
  { purpose, reason }: { purpose: ReadPurpose; reason: string },
  id: string,
): object => ({
  id,
  person_id: personId,
  at: new Date(),
  actor_person: actor.personId,
  account_id: actor.accountId,
  org_id: actor.org.id,
  role: actor.role,
  field,
  purpose,
  reason,
  request_id: actor.requestId,
})

const insertNotes = (noted: readonly object[]) =>
  sql`INSERT INTO app.person_access SELECT * FROM jsonb_populate_recordset(NULL::app.person_access, ${JSON.stringify(noted)}::jsonb) n
    WHERE EXISTS (SELECT FROM app.person p WHERE p.id = n.person_id) ON CONFLICT DO NOTHING`

/**
 * Notes for her that somebody looked at what is hers and stands outside the register: one line a day for each reader, however
 * often the page is drawn anew. Who has no entry in the register has no such log.
 */
export async function noteLook(
  crypto: CryptoProvider,
  tx: Tx,
  actor: Actor,
  personIds: readonly string[],
  field: StoredElsewhere,
  why: { purpose: ReadPurpose; reason: string },
): Promise<void> {
  const noted = personIds.map((id) => noteOf(actor, id, field, why, dailyId(crypto, actor, id, field)))
  if (noted.length > 0) await insertNotes(noted).execute(tx)
}

/** What a comparison is noted under: one line a day for each value, however often a workbook is checked. */
const comparing = { purpose: 'membership', reason: '导入表格时与登记核对' } as const

const dailyId = (
  crypto: CryptoProvider,
  actor: Actor,
  personId: string,
  field: SealedField | StoredElsewhere,
): string => {
  const day = new Date().toISOString().slice(0, 10)
  return crypto
    .hash(`${day} ${actor.accountId} ${personId} ${field}`)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/**
 * Which of the values that a workbook holds are those that are stored. What the mask does not tell apart is opened for it,
 * and noted for her: who may ask often enough would else find a number out unseen.
 */
export async function sameSealed(
  crypto: CryptoProvider,
  tx: Tx,
  actor: Actor,
  asked: ReadonlyMap<string, Partial<Record<SealedField, string>>>,
): Promise<Map<string, Set<SealedField>>> {
  const same = new Map<string, Set<SealedField>>()
  const noted: object[] = []
  for (const stored of asked.size === 0 ? [] : await storedOf(tx, [...asked.keys()])) {
    const dataKey = stored.wrapped && unwrap(crypto, stored.wrapped, keyPlace(stored.id))
    const found = new Set<SealedField>()
    for (const [key, value] of Object.entries(asked.get(stored.id)!)) {
      const field = key as SealedField
      if (!dataKey || !stored[field]) continue
      const known = open(dataKey, stored[field], placeOf(field, stored.id))
      if (field === 'phone' && maskPhone(known) !== maskPhone(value)) continue
      if (known === value) found.add(field)
      noted.push(noteOf(actor, stored.id, field, comparing, dailyId(crypto, actor, stored.id, field)))
    }
    same.set(stored.id, found)
  }
  if (noted.length > 0) await insertNotes(noted).execute(tx)
  return same
}

/** Where something sealed stands outside the register: a value that was moved does not open. */
export type At = { table: string; column: string; id: string }
const atText = ({ table, column, id }: At): string => `${table}.${column}:${id}`

/** Seals texts of one woman under the key that she has. @throws Problem.notFound where it was destroyed or is out of sight */
export async function sealFor(
  crypto: CryptoProvider,
  tx: Tx,
  personId: string,
  texts: readonly { at: At; text: string }[],
): Promise<Buffer[]> {
  const [stored] = await storedOf(tx, [personId])
  if (!stored?.wrapped) throw Problem.notFound()
  const dataKey = unwrap(crypto, stored.wrapped, keyPlace(personId))
  return texts.map(({ at, text }) => seal(crypto, dataKey, text, atText(at)))
}

/** The same under a key that is not in the database yet, or that a loader has at hand. */
export const sealUnder = (
  crypto: CryptoProvider,
  personId: string,
  wrapped: Buffer,
  { at, text }: { at: At; text: string },
): Buffer => seal(crypto, unwrap(crypto, wrapped, keyPlace(personId)), text, atText(at))

/**
 * Opens what is sealed of one woman outside the register, noted once for her. Whether the actor may is decided before.
 * @throws Problem.notFound when she is out of sight or her key was destroyed
 */
export async function openFor(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  personId: string,
  sealed: readonly { at: At; bytes: Buffer | null }[],
  field: StoredElsewhere,
  why: { purpose: ReadPurpose; reason: string },
): Promise<(string | null)[]> {
  const [stored] = await storedOf(tx, [personId])
  if (!stored?.wrapped) throw Problem.notFound()
  const dataKey = unwrap(deps.crypto, stored.wrapped, keyPlace(personId))
  note(tx, actor, personId, [field], why)
  return sealed.map(({ at, bytes }) => bytes && open(dataKey, bytes, atText(at)))
}

/**
 * Opens sealed values of one person, each noted for her in the access log within this transaction: who has no log row has
 * not read; with `daily` one row a day, for lists that are drawn anew. Whether the actor may is decided before.
 * @returns the values asked for; null where nothing is stored
 * @throws Problem.notFound when she is out of sight or her key was destroyed
 */
export async function reveal(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  personId: string,
  fields: readonly SealedField[],
  why: { purpose: ReadPurpose; reason: string; daily?: CryptoProvider },
): Promise<Partial<Record<SealedField, string | null>>> {
  const [stored] = await storedOf(tx, [personId])
  if (!stored?.wrapped) throw Problem.notFound()
  const dataKey = unwrap(deps.crypto, stored.wrapped, keyPlace(personId))
  note(tx, actor, personId, fields, why)
  return Object.fromEntries(
    fields.map((field) => [
      field,
      stored[field] ? open(dataKey, stored[field], placeOf(field, personId)) : null,
    ]),
  )
}
