import { sql, type RawBuilder } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { pageOf } from '#server/pages.server.ts'
import type { Desk, SiloDetail, SiloRow } from './api.ts'
import { actsOf, type SiloAct } from './flow.ts'
import type { Duty, Silo } from './kinds.ts'
import { caseSealFor } from './seal.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>

/** As what the acting post works in which silo; row policies tell of her own seats alone. */
export const seatsOf = (tx: Tx): Promise<Desk['seats']> =>
  rows(
    tx,
    sql`SELECT silo, duty FROM app.silo_seat WHERE post_id = app.acting_post() ORDER BY array_position(ARRAY['complaint', 'legal', 'counsel'], silo)`,
  )

const columns = (
  today: string,
): RawBuilder<unknown> => sql`c.id, upper(right(c.id::text, 6)) AS no, c.silo, c.topic, c.form, o.short_name AS org, c.state, c.is_urgent AS "isUrgent",
  c.received_on::text AS "receivedOn", c.step, c.due_on::text AS "dueOn", coalesce(c.due_on < ${today}::date, false) AS "isLate",
  a.name AS "assignedTo", coalesce(c.assigned_post = app.acting_post(), false) AS mine`
const from = sql`app.silo_case c LEFT JOIN app.org o ON o.id = c.of_org LEFT JOIN app.post p ON p.id = c.assigned_post LEFT JOIN app.account a ON a.id = p.account_id`

/** Matters that the acting post sees, without a word of them: what is urgent, then what is late, first. */
export async function readDesk(deps: Keys, tx: Tx, after: number): Promise<Desk> {
  const seen = sql`app.silo_sees(c.silo, c.of_org, c.assigned_post) AND NOT app.silo_recused(c.id)`
  const counts = await first<Desk['counts']>(
    tx,
    sql`SELECT count(*) FILTER (WHERE c.step IS NOT NULL)::int AS open, count(*) FILTER (WHERE c.step IS NULL)::int AS ended FROM app.silo_case c WHERE ${seen}`,
  )
  const page = await pageOf(after, (end) =>
    rows<SiloRow>(
      tx,
      sql`SELECT ${columns(deps.today())} FROM ${from} WHERE ${seen}
      ORDER BY c.step IS NULL, c.is_urgent DESC, c.due_on NULLS LAST, c.received_on DESC, c.id ${end}`,
    ),
  )
  return { seats: await seatsOf(tx), counts: counts!, ...page }
}

export type Matter = SiloRow & {
  version: number
  wrapped: string | null
  referTo: Silo | null
  accepted_post: string | null
  orgId: number | null
  reads: boolean
  duty: Duty
  tookIn: boolean
  hers: boolean
}

/** A matter that the acting post sees. @throws Problem.notFound */
export async function findMatter(deps: Keys, tx: Tx, id: string): Promise<Matter> {
  const found = await first<Matter>(
    tx,
    sql`SELECT ${columns(deps.today())}, c.version, c.wrapped, c.refer_to AS "referTo", c.of_org AS "orgId", app.silo_reads(c.id) AS reads,
        app.silo_duty(c.silo) AS duty, app.silo_myself(c.accepted_post) AS "tookIn",
        app.silo_myself(c.assigned_post) AS hers
      FROM ${from} WHERE c.id = ${id}::uuid AND app.silo_sees(c.silo, c.of_org, c.assigned_post) AND NOT app.silo_recused(c.id)`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** What the acting post may do to a matter now. */
export const actsOn = (matter: Matter): SiloAct[] =>
  matter.wrapped === null ? [] : actsOf({ ...matter, isReferring: matter.referTo !== null }, matter)

type Said = { n: number; side: 'asker' | 'handler' | 'note'; sealed: string; onDay: string }

/** Opens a matter. Where its text is hers to read, that she did stands in the audit and before whoever told it. @throws Problem.notFound */
export async function openMatter(deps: Keys, tx: Tx, work: UnitOfWork, id: string): Promise<SiloDetail> {
  const matter = await findMatter(deps, tx, id)
  const { version, wrapped, referTo, orgId: _org, reads, duty, tookIn: _took, hers: _hers, ...row } = matter
  const acts = actsOn(matter)
  let messages: SiloDetail['messages'] = null
  if (reads && wrapped !== null) {
    const seal = caseSealFor(deps.crypto, row.silo, id, wrapped)
    const said = await rows<Said>(
      tx,
      sql`SELECT n, side, encode(sealed, 'base64') AS sealed, on_day::text AS "onDay" FROM app.silo_message WHERE case_id = ${id}::uuid ORDER BY n`,
    )
    messages = said.map(({ sealed, ...one }) => ({
      ...one,
      text: seal.open(Buffer.from(sealed, 'base64'), one.n),
    }))
    await sql`INSERT INTO app.silo_look (id, case_id, on_day, post_id, duty)
      VALUES (${randomId()}::uuid, ${id}::uuid, ${deps.today()}::date, app.acting_post(), ${duty}) ON CONFLICT DO NOTHING`.execute(
      tx,
    )
    note(work, 'silo.look', id)
  }
  return {
    ...row,
    version,
    isErased: wrapped === null,
    messages,
    referTo,
    acts,
    candidates: acts.includes('assign')
      ? await rows(
          tx,
          sql`SELECT post_id AS "postId", name, home, busy FROM app.silo_candidates(${id}::uuid)`,
        )
      : [],
  }
}

/** An act of the desk, in the audit: which, on which matter; never a word of it. */
export const note = (work: UnitOfWork, action: string, id: string): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `silo:${id}` })
