import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { can, type Place } from '#identity/decide.ts'
import { firstKeyed, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Membership, PersonDetail, PersonLine, PersonList, PersonQuery } from './api.ts'
import { consentsOf } from './consent.server.ts'
import { requestsOf } from './requestList.server.ts'
import { sealedClasses, sealedFields, type SealedField } from './purposes.ts'
import { masksOf } from './vault.server.ts'
import { lackOf } from './lacks.server.ts'
import { holdsOf } from './holds.server.ts'
import { within } from './within.server.ts'

/** Counted exactly so far. */
const mostCounted = 10_000

/** Name, pinyin or initials hold the words. */
function named(q: string | undefined): RawBuilder<unknown>[] {
  const words = (q ?? '')
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[%_\\\s]/g, '')
  return words === '' ? [] : [sql`(p.name LIKE ${`%${words}%`} OR p.name_sort LIKE ${`%${words}%`})`]
}

type Found = Omit<PersonLine, 'phone'> & { key: string }

/** What a query of persons asks of p, o and m, within the actor's scope. @throws Problem.notFound */
export async function askedPersons(
  tx: Tx,
  actor: Actor,
  q: Omit<PersonQuery, 'after' | 'size'>,
): Promise<{ from: RawBuilder<unknown>; asked: RawBuilder<unknown>[] }> {
  if (q.org !== undefined && !(await mayThere(tx, actor, 'person.read', Number(q.org))))
    throw Problem.notFound()
  const asked = [
    sql`p.state = 'active'`,
    within(actor, q.org),
    ...named(q.q),
    q.standing === 'left' ? sql`m.until_on IS NOT NULL` : sql`m.until_on IS NULL`,
    ...(q.kind ? [sql`m.kind = ${q.kind}`] : []),
    ...(q.sex ? [sql`p.sex = ${q.sex}`] : []),
    ...(q.group ? [sql`p.worker_group = ${q.group}`] : []),
    ...(q.lacks ? [lackOf[q.lacks]] : []),
  ]
  const from = sql`app.person p JOIN app.org o ON o.id = p.org_id
    JOIN LATERAL (SELECT kind, from_on, until_on FROM app.membership m WHERE m.person_id = p.id ORDER BY from_on DESC, until_on DESC NULLS FIRST LIMIT 1) m ON true`
  return { from, asked }
}

/** Persons of the actor's scope by name, page by page; phones are masks. @throws Problem.badCursor, notFound */
export async function listPersons(deps: Deps, tx: Tx, actor: Actor, q: PersonQuery): Promise<PersonList> {
  const { from, asked } = await askedPersons(tx, actor, q)
  const size = Number(q.size ?? 50)
  const page = [...asked, ...(q.after ? [sql`(p.name_sort, p.id) > ${cursorOf(q.after)}`] : [])]
  const [found, counted] = await Promise.all([
    rows<Found>(
      tx,
      sql`SELECT p.id, p.name, p.sex, p.birth_year AS "birthYear", ${briefOf('o')} AS org, m.kind, m.from_on AS "fromOn", m.until_on AS "untilOn",
        p.worker_group AS "group", p.name_sort AS key
        FROM ${from} WHERE ${sql.join(page, sql` AND `)} ORDER BY p.name_sort, p.id LIMIT ${size + 1}`,
    ),
    rows<{ n: number }>(
      tx,
      sql`SELECT count(*) AS n FROM (SELECT FROM ${from} WHERE ${sql.join(asked, sql` AND `)} LIMIT ${mostCounted + 1}) x`,
    ),
  ])
  const shown = found.slice(0, size)
  const masks = await masksOf(
    deps.crypto,
    tx,
    shown.map((p) => p.id),
  )
  const last = found.length > size ? shown.at(-1)! : null
  const n = counted[0]!.n
  return {
    rows: shown.map((row) => {
      const { key: _, ...line } = row
      return { ...line, phone: masks.get(line.id)?.phone ?? null }
    }),
    count: Math.min(n, mostCounted),
    capped: n > mostCounted,
    next: last ? `${last.key}_${last.id}` : null,
  }
}

function cursorOf(after: string): RawBuilder<unknown> {
  const at = after.lastIndexOf('_')
  const id = after.slice(at + 1)
  if (at < 0 || !/^[0-9a-f-]{36}$/.test(id)) throw Problem.badCursor()
  return sql`(${after.slice(0, at)}::text, ${id}::uuid)`
}

/** Memberships of a person and of the entries that were merged into hers, newest first. */
export function membershipsOf(tx: Tx, id: string): Promise<Membership[]> {
  return keyed<Membership>(
    tx,
    sql`SELECT ${briefOf('o')} AS org, m.kind, m.from_on AS "fromOn", m.until_on AS "untilOn", m.joined_by AS "joinedBy", m.left_by AS "leftBy", m.reason
      FROM app.membership m JOIN app.person p ON p.id = m.person_id JOIN app.org o ON o.id = m.org_id
      WHERE p.id = ${id}::uuid OR p.merged_into = ${id}::uuid ORDER BY m.from_on DESC, m.until_on DESC NULLS FIRST`,
  )
}

type Head = Pick<
  PersonDetail,
  'id' | 'version' | 'state' | 'mergedInto' | 'org' | 'birthYear' | 'guardianAgreedOn' | 'values'
>

/** What stands in clear of a person whom the policies let through; null for an erased one. */
export async function headOf(tx: Tx, id: string): Promise<Head | null> {
  const [found] = await keyed<Head>(
    tx,
    sql`SELECT p.id, p.version, p.state, p.merged_into AS "mergedInto", ${briefOf('o')} AS org, p.birth_year AS "birthYear",
      p.guardian_agreed_on AS "guardianAgreedOn", jsonb_build_object('name', p.name, 'idKind', p.id_kind, 'sex', p.sex, 'nation', p.nation,
        'politics', p.politics, 'education', p.education, 'employment', p.employment, 'skill', p.skill, 'hukou', p.hukou,
        'nativePlace', p.native_place, 'isMigrant', p.is_migrant, 'group', p.worker_group) AS values
      FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${id}::uuid AND p.state <> 'erased'`,
  )
  return found ?? null
}

/** A person of the actor's scope, masked. @throws Problem.notFound */
export async function readPerson(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<PersonDetail> {
  const head = await headOf(tx, id)
  if (!head || !(await mayThere(tx, actor, 'person.read', head.org.id))) throw Problem.notFound()
  const [memberships, consents, requests, masks] = await Promise.all([
    membershipsOf(tx, id),
    consentsOf(tx, id),
    requestsOf(tx, actor, id),
    masksOf(deps.crypto, tx, [id]),
  ])
  // What is offered asks for the second factor when it is taken.
  const fresh = { ...actor, stepUp: true }
  const may = async (action: 'person.edit' | 'person.reveal', level: number) =>
    head.state === 'active' && mayThere(tx, fresh, action, head.org.id, level)
  const opens = {
    S2: await may('person.reveal', classes.personal),
    S3: await may('person.reveal', classes.sensitive),
  }
  return {
    ...head,
    masks: masks.get(id)!,
    memberships,
    consents,
    requests,
    mayEdit: await may('person.edit', classes.personal),
    holds: (await mayThere(tx, actor, 'person.hold', head.org.id)) ? await holdsOf(deps, tx, id) : null,
    mayReveal: sealedFields.filter((field) => opens[sealedClasses[field]]),
    mayEmergency: head.state === 'active' ? await emergencyFields(tx, fresh, id, head.org.id) : [],
  }
}

/** Where a unit stands in the tree of today; null where there is none. */
export const placeOf = (tx: Tx, orgId: number): Promise<Place | null> =>
  firstKeyed<Place>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", NULL AS "viewCode" FROM app.org WHERE id = ${orgId}`,
  )

/** Class of what stands in clear and of masks, and of the number and a guardian. */
export const classes = { personal: 2, sensitive: 3 } as const

export const levelOf = (field: SealedField): number =>
  sealedClasses[field] === 'S2' ? classes.personal : classes.sensitive

/** Whether the actor may do this to the persons of a unit. */
export async function mayThere(
  tx: Tx,
  actor: Actor,
  action:
    'person.read' | 'person.edit' | 'person.request' | 'person.reveal' | 'person.emergency' | 'person.hold',
  orgId: number,
  level: number = classes.personal,
): Promise<boolean> {
  const place = await placeOf(tx, orgId)
  return place !== null && can(actor, action, { ...place, class: level })
}

/** @throws Problem.notFound unless the actor may change this person's entry */
export async function mustHold(tx: Tx, actor: Actor, id: string): Promise<void> {
  const head = await headOf(tx, id)
  if (head?.state !== 'active' || !(await mayThere(tx, actor, 'person.edit', head.org.id)))
    throw Problem.notFound()
}

/** Sealed values that she may not open in her daily work, but in an emergency. Nobody opens her own entry so. */
export async function emergencyFields(
  tx: Tx,
  actor: Actor,
  personId: string,
  orgId: number,
): Promise<SealedField[]> {
  if (personId === actor.personId) return []
  const found: SealedField[] = []
  for (const field of sealedFields) {
    const level = levelOf(field)
    if (await mayThere(tx, actor, 'person.reveal', orgId, level)) continue
    if (await mayThere(tx, actor, 'person.emergency', orgId, level)) found.push(field)
  }
  return found
}
