import { sql } from 'kysely'
import { expect } from 'vitest'
import { verifyChain } from '#audit/verify.server.ts'
import { onConnection, rows } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Native } from './native.ts'

/** The last answer that a person got: her entry, or why not; null where none reached her. */
export type Final = { status: number; entry: string | null } | null
type Row = { id: string; personId: string; state: string; seq: number }

/**
 * Looks behind a scenario of sign-up: what was answered and what stands in the database are the same, nothing stands for nobody, the
 * places were never exceeded as the audit tells it, the chain is whole and the counters are those of a fresh count.
 */
export async function auditSignup(
  { owner }: Pick<Native, 'owner'>,
  { crypto }: Deps,
  event: string,
  asked: ReadonlyMap<string, Final>,
): Promise<Row[]> {
  const entries = await rows<Row>(
    owner,
    sql`SELECT id, person_id AS "personId", state, seq FROM app.enrolment WHERE event_id = ${event}::uuid ORDER BY seq`,
  )
  const { cap } = (
    await rows<{ cap: number }>(owner, sql`SELECT cap FROM app.event WHERE id = ${event}::uuid`)
  )[0]!
  const of = new Map(entries.map((one) => [one.personId, one]))
  expect(of.size).toBe(entries.length)
  const wrong: string[] = []
  for (const [person, final] of asked) {
    const found = of.get(person)
    if (final?.entry != null && found?.id !== final.entry) wrong.push(`${person}: answered, but no such row`)
    if (final !== null && final.status >= 400 && found)
      wrong.push(`${person}: refused with ${final.status}, but a row`)
    if (final === null) wrong.push(`${person}: never answered`)
  }
  for (const one of entries) if (!asked.has(one.personId)) wrong.push(`${one.personId}: never asked`)
  expect(wrong).toEqual([])
  expect(entries.filter(({ state }) => state === 'placed' || state === 'offered').length).toBeLessThanOrEqual(
    cap,
  )
  // Each entry was noted once, in the order of the chain; places were given to the first of them.
  const noted = await rows<{ entry: string }>(
    owner,
    sql`SELECT substr(a.object, 11) AS entry FROM app.audit a WHERE a.action IN ('event.enrol', 'event.proxy')
      AND a.object IN (SELECT 'enrolment:' || n.id FROM app.enrolment n WHERE n.event_id = ${event}::uuid) ORDER BY a.district_id, a.seq`,
  )
  expect(noted.map(({ entry }) => entry)).toEqual(entries.map(({ id }) => id))
  const chain = await onConnection(owner, (tx) => verifyChain(tx, crypto.hash))
  expect(chain.breaks).toEqual([])
  expect(await rows(owner, sql`SELECT * FROM app.event_drift()`)).toEqual([])
  return entries
}
