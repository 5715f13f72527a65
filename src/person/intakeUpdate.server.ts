import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { cellText } from '#intake/ref.ts'
import { isWrong, type Line } from '#intake/target.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { auditPerson } from './audit.server.ts'
import type { DetailRow } from './form.ts'
import type { Wanted } from './intakeChange.ts'
import type { Stored } from './stored.ts'
import type { Values } from './stored.server.ts'
import { sealAgain } from './vault.server.ts'
import { detailColumns, identityColumns, sealedColumns, writeColumns } from './write.server.ts'

/** A row that changes a person: what is to be written, and over which version. */
type Plan = { stored: Stored; wanted: Wanted }

/** Plans of rows from their check to their commit in the same transaction. */
export const updates = new WeakMap<Line, Plan>()

/** A row with the person whom it is of. */
export type Known = { line: Line; stored: Stored; wanted: Wanted; ref: { version: number } | null }

/** The columns that a row changes. */
function changedKeys({ details, place, identity, sealed }: Wanted, stored: Stored): string[] {
  return [
    ...Object.keys(details),
    ...Object.keys(place),
    ...(identity
      ? (['idKind', 'idNumber', 'sex', 'birth'] as const).filter((key) =>
          key === 'birth'
            ? identity.idKind !== '居民身份证'
            : key === 'idNumber' || identity[key] !== stored[key],
        )
      : []),
    ...Object.keys(sealed).flatMap((key) => (key === 'guardian' ? ['guardianName', 'guardianPhone'] : [key])),
  ]
}

/** Decides what becomes of a row of a person who is registered: nothing, an update, a double, a refusal. */
export function decideKnown(actor: Actor, { line, stored, wanted, ref }: Known, masks: Values): void {
  const changed = changedKeys(wanted, stored)
  if (isWrong(line)) return
  if (changed.length === 0) {
    line.same = true
    return
  }
  if (stored.orgId !== actor.org.id) {
    const message = `她登记在${stored.org}，资料由该单位修改，请改回原来的内容`
    line.issues.push({ column: null, message, level: 'error' })
    return
  }
  const values = Object.fromEntries(changed.map((key) => [key, cellText(masks[key] ?? stored[key])]))
  const isStale = ref !== null && ref.version !== stored.version
  if (ref && !isStale) line.twin = { label: '更新已登记的资料', values, may: [] }
  else {
    const label = isStale ? '导出以后她的资料又改过，现在是' : '本单位已登记此人，资料不同，现在是'
    line.twin = { label, values, may: ['skip', 'update'] }
    if (line.choice !== 'update') return
  }
  updates.set(line, { stored, wanted })
}

/** What stood in the columns that an update wrote; sealed values as they are sealed. */
export type Before = { person: Record<string, unknown>; membership: Record<string, unknown> | null }

/** Writes the cells that a row changes, and nothing else. @returns `edit:<id>:<version>` and what stood there before */
export async function applyUpdate(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { stored, wanted }: Plan,
): Promise<{ made: string; before: Before }> {
  const { id, version } = stored
  const columns = await columnsOf(deps, tx, stored, wanted)
  const before = await first<{ person: Record<string, unknown>; membership: Record<string, unknown> }>(
    tx,
    sql`SELECT to_jsonb(p) AS person, jsonb_build_object('kind', m.kind, 'from_on', m.from_on, 'joined_by', m.joined_by) AS membership
      FROM app.person p JOIN app.membership m ON m.id = ${stored.membership}::uuid WHERE p.id = ${id}::uuid FOR UPDATE`,
  )
  if (!before) throw Problem.personChanged()
  const next = await writeColumns(tx, id, version, columns)
  const hasMoved = Object.keys(wanted.place).length > 0
  if (hasMoved)
    await writePlace(tx, stored.membership, {
      ...before.membership,
      ...(wanted.place.kind
        ? { kind: wanted.place.kind, joined_by: joinedBy(before.membership['joined_by'], wanted.place.kind) }
        : {}),
      ...(wanted.place.fromOn ? { from_on: wanted.place.fromOn } : {}),
    })
  auditPerson(work, 'person.edit', id, changedKeys(wanted, stored), 'intake')
  return {
    made: `edit:${id}:${next}`,
    before: {
      person: Object.fromEntries(Object.keys(columns).map((name) => [name, before.person[name]])),
      membership: hasMoved ? { id: stored.membership, ...before.membership } : null,
    },
  }
}

/** As what she came, once her kind is put right: who came from another unit came from there as whatever. */
const joinedBy = (was: unknown, kind: string): unknown =>
  was === '登记' || was === '入会' ? (kind === '会员' ? '入会' : '登记') : was

async function columnsOf(
  deps: Deps,
  tx: Tx,
  stored: Stored,
  { details, identity, sealed }: Wanted,
): Promise<Record<string, unknown>> {
  const { guardianAgreedOn, ...clear } = details
  const whole = detailColumns({ ...stored, ...clear } as Omit<DetailRow, 'phone'> & Stored)
  const now = detailColumns(stored as Omit<DetailRow, 'phone'> & Stored) as Record<string, unknown>
  const changed = Object.fromEntries(Object.entries(whole).filter(([name, value]) => value !== now[name]))
  const fresh = await sealAgain(deps.crypto, tx, stored.id, {
    ...sealed,
    ...(identity ? { idNumber: identity.idNumber, birth: identity.birth } : {}),
  })
  return {
    ...changed,
    ...(identity ? identityColumns(deps, identity) : {}),
    ...(guardianAgreedOn === undefined ? {} : { guardian_agreed_on: guardianAgreedOn }),
    ...sealedColumns(fresh),
  }
}

const writePlace = (tx: Tx, membership: string, place: Record<string, unknown>) =>
  sql`UPDATE app.membership SET kind = ${place['kind']}, from_on = ${place['from_on']}::date, joined_by = coalesce(${place['joined_by'] ?? null}, joined_by) WHERE id = ${membership}::uuid`.execute(
    tx,
  )

/** Puts what stood there back, unless she was changed since. */
export async function putBack(
  tx: Tx,
  work: UnitOfWork,
  made: string,
  { person, membership }: Before,
): Promise<boolean> {
  const [, id = '', version = ''] = made.split(':')
  const held = await first<{ version: number }>(
    tx,
    sql`SELECT version FROM app.person WHERE id = ${id}::uuid AND state = 'active' AND org_id = ${work.actor.org.id} FOR UPDATE`,
  )
  if (held?.version !== Number(version)) return false
  await writeColumns(tx, id, held.version, person)
  if (membership) await writePlace(tx, String(membership['id']), membership)
  const fields = [...Object.keys(person), ...(membership ? ['membership'] : [])]
  auditPerson(work, 'person.unimport', id, fields, 'intake')
  return true
}
