import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import { readIdNumber } from '#kit/field/idNumber.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { first, firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { PersonFound } from './api.ts'
import { auditPerson } from './audit.server.ts'
import { identityFields, type DetailRow, type EntryRow, type IdentityRow } from './form.ts'
import { indexText, readDetails, readEntry, readIdentity } from './rules.ts'
import { guardianText } from './sealedText.ts'
import { bytea, sealAgain, sealNew, type Sealed } from './vault.server.ts'

const brief = (tx: Tx, id: string) =>
  first<PersonFound['person'] & object>(
    tx,
    sql`SELECT p.id, p.name, ${briefOf('o')} AS org FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${id}::uuid`,
  )

/** Where a number stands already; of a unit out of the actor's scope only that it does. */
export async function findByNumber(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  idKind: string,
  idNumber: string,
): Promise<Pick<PersonFound, 'place' | 'person'>> {
  const index = deps.crypto.blindIndex(indexText(idKind, idNumber))
  const found = await firstKeyed<{ place: 'own' | 'scope' | 'elsewhere'; id: string | null }>(
    tx,
    sql`SELECT place, id FROM app.find_person(${index})`,
  )
  if (!found) return { place: 'none', person: null }
  return { place: found.place, person: found.id === null ? null : await brief(tx, found.id) }
}

/** What a form asks as soon as a number was typed. @throws Problem.invalid at idNumber */
export async function checkNumber(
  deps: Deps,
  tx: Tx,
  asked: { idKind: string; idNumber: string },
): Promise<PersonFound> {
  if (asked.idKind !== '居民身份证') {
    const number = asked.idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase()
    return { ...(await findByNumber(deps, tx, asked.idKind, number)), facts: null }
  }
  const read = readIdNumber(asked.idNumber, deps.today())
  if (read.fault !== null) throw Problem.invalid({ issues: [{ field: 'idNumber', message: read.fault }] })
  const { sex, birth, warning } = read
  return { ...(await findByNumber(deps, tx, asked.idKind, read.number)), facts: { sex, birth, warning } }
}

/** What may be done about a number that stands already. Of a unit out of scope neither name nor person is told. */
export function takenIssue({
  place,
  name,
  org,
}: {
  place: PersonFound['place']
  name: string | null
  org: string | null
}): Issue {
  const field = 'idNumber'
  if (place === 'own')
    return { field, message: `本单位已登记此人（${name ?? ''}），请打开她的资料，不要重复登记` }
  if (place === 'scope')
    return { field, message: `此人已登记在${org ?? '下级单位'}（${name ?? ''}），请在她的资料里办理调动` }
  return { field, message: '此人已在其他单位登记，可提出转入申请，由她现在的单位确认后转入' }
}

/** Refuses a number that stands already, at its field, with what may be done about it. */
async function refuseTaken(deps: Deps, tx: Tx, row: IdentityRow, self: string | null): Promise<void> {
  const found = await findByNumber(deps, tx, row.idKind, row.idNumber)
  if (found.place === 'none' || (self !== null && found.person?.id === self)) return
  const issue = takenIssue({
    place: found.place,
    name: found.person?.name ?? null,
    org: found.person?.org.name ?? null,
  })
  throw Problem.registered({ issue, place: found.place, id: found.person?.id ?? null })
}

export const identityColumns = (deps: Pick<Deps, 'crypto'>, row: IdentityRow): object => ({
  sex: row.sex,
  birth_year: Number(row.birth!.slice(0, 4)),
  id_kind: row.idKind,
  id_index: bytea(deps.crypto.blindIndex(indexText(row.idKind, row.idNumber))),
})

export const detailColumns = (row: Omit<DetailRow, 'phone'>): object => ({
  name: row.name,
  name_sort: nameSort(row.name),
  nation: row.nation,
  politics: row.politics,
  education: row.education,
  employment: row.employment,
  skill: row.skill,
  hukou: row.hukou,
  native_place: row.nativePlace,
  is_migrant: row.isMigrant,
  worker_group: row.group,
})

export const sealedColumns = (sealed: Sealed): object =>
  Object.fromEntries(
    Object.entries(sealed).map(([field, bytes]) => [
      field === 'idNumber' ? 'id_number' : field === 'phoneIndex' ? 'phone_index' : field,
      bytea(bytes),
    ]),
  )

/** The rows of a new entry, ready to be inserted by whoever may: the register's door, or a loader. */
export function entryRows(deps: Pick<Deps, 'crypto'>, row: EntryRow, orgId: number, id = randomId()) {
  const { wrapped, sealed } = sealNew(deps.crypto, id, {
    idNumber: row.idNumber,
    birth: row.birth,
    phone: row.phone,
    guardian: guardianText(row.guardianName, row.guardianPhone),
  })
  const at = new Date()
  return {
    id,
    person: {
      id,
      org_id: orgId,
      state: 'active',
      guardian_agreed_on: row.guardianAgreedOn,
      version: 1,
      created_at: at,
      updated_at: at,
      ...identityColumns(deps, row),
      ...detailColumns(row),
      ...sealedColumns(sealed),
    },
    key: { person_id: id, wrapped: bytea(wrapped) },
    membership: {
      id: randomId(),
      person_id: id,
      org_id: orgId,
      kind: row.kind,
      from_on: row.fromOn,
      joined_by: row.kind === '会员' ? '入会' : '登记',
    },
  }
}

/** Inserts rows of a table from JSON. */
export const insertInto = (table: 'person' | 'person_key' | 'membership', list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Enters a person at the actor's unit. @throws Problem.invalid, registered */
export async function addPerson(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  input: AnyRow,
): Promise<{ id: string; version: number }> {
  const { row, issues } = readEntry(input, deps.today())
  if (row === null) throw Problem.invalid({ issues })
  await refuseTaken(deps, tx, row, null)
  const made = entryRows(deps, row, work.actor.org.id)
  await insertInto('person', [made.person]).execute(tx)
  await insertInto('person_key', [made.key]).execute(tx)
  await insertInto('membership', [made.membership]).execute(tx)
  auditPerson(work, 'person.add', made.id, ['idNumber', ...Object.keys(input)])
  return { id: made.id, version: 1 }
}

const heldBy = (tx: Tx, actor: Actor, id: string) =>
  first<{ version: number }>(
    tx,
    sql`SELECT version FROM app.person WHERE id = ${id}::uuid AND state = 'active' AND org_id = ${actor.org.id}`,
  )

/**
 * Changes what is known of a person of the actor's unit. Sealed values change only where they were typed anew.
 * @throws Problem.notFound, invalid, registered, personChanged
 */
export async function editPerson(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { body, version }: { body: AnyRow; version: number },
): Promise<{ id: string; version: number }> {
  const held = await heldBy(tx, work.actor, id)
  if (!held) throw Problem.notFound()
  if (held.version !== version) throw Problem.personChanged()
  const { row, issues, identity, names } = readEdit(body, deps.today())
  if (row === null) throw Problem.invalid({ issues })
  if (identity) await refuseTaken(deps, tx, identity, id)
  const sealed = await sealAgain(deps.crypto, tx, id, {
    ...(identity ? { idNumber: identity.idNumber, birth: identity.birth } : {}),
    ...(row.phone === null ? {} : { phone: row.phone }),
  })
  const changes = {
    ...detailColumns(row),
    ...(identity ? identityColumns(deps, identity) : {}),
    ...sealedColumns(sealed),
  }
  const next = await writeColumns(tx, id, version, changes)
  auditPerson(work, 'person.edit', id, names)
  return { id, version: next }
}

/** Writes columns of a person over a version of hers. @throws Problem.personChanged */
export async function writeColumns(
  tx: Tx,
  id: string,
  version: number,
  changes: Readonly<Record<string, unknown>>,
): Promise<number> {
  const set = Object.keys(changes).map((n) => sql`${sql.ref(n)} = n.${sql.ref(n)}, `)
  const done = await first<{ version: number }>(
    tx,
    sql`UPDATE app.person p SET ${sql.join(set, sql``)} version = p.version + 1, updated_at = now()
      FROM jsonb_populate_record(NULL::app.person, ${JSON.stringify(changes)}::jsonb) n
      WHERE p.id = ${id}::uuid AND p.version = ${version} RETURNING p.version`,
  )
  if (!done) throw Problem.personChanged()
  return done.version
}

/** An edit names the details; kind and number only where they were typed anew. An empty phone leaves the one that is stored. */
function readEdit(body: AnyRow, today: string) {
  const known = new Set(Object.keys(identityFields))
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(body).filter(([key]) => known.has(key) === wanted))
  const details = readDetails(part(false))
  const identity = body['idNumber'] ? readIdentity(part(true), today) : null
  const issues = [...details.issues, ...(identity?.issues ?? [])]
  return {
    row: issues.length > 0 ? null : details.row,
    identity: identity?.row ?? null,
    issues,
    names: Object.keys(body).filter((key) => identity !== null || !known.has(key)),
  }
}
