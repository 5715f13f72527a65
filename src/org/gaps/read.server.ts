import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { brief } from '#record/place.server.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { OrgBrief } from '../api.ts'
import { placeFor } from '../place.server.ts'
import { committeeDuty, termReminders } from '../rules.ts'
import {
  gapKinds,
  listKinds,
  perPage,
  registerKinds,
  type GapLine,
  type GapQuery,
  type Gaps,
  type ListKind,
} from './api.ts'
import { countsOf, linesOf, type Asked } from './lists.server.ts'

type Row = {
  org: OrgBrief | null
  name: string
  above: string
  women: number
  until: string | null
  note: string
  own: number | null
  scope: string
  reminded: string | null
}

/** What is asked of a unit's organisation on a day, with the basis that the thresholds rest on. */
export async function askedOf(tx: Tx, at: Place, today: string): Promise<Asked & { basis: string }> {
  const rules = await readRules(tx)
  const { value, basis } = rules.on(committeeDuty, today)
  return {
    at,
    today,
    committeeFrom: value.committeeFrom,
    employerFrom: value.employerFrom,
    endingUntil: addDays(today, rules.on(termReminders, today).value.firstDays),
    basis,
  }
}

const remindedOn = (kind: ListKind) => sql`(SELECT max(d.on_day)::text FROM app.due_reminder d
  WHERE d.org_id = l.own AND d.kind = 'gap' AND d.col = ${kind})`

/** Lines of a list; `page` null for all of them. */
async function readLines(
  tx: Tx,
  actor: Actor,
  asked: Asked,
  kind: ListKind,
  page: number | null,
): Promise<GapLine[]> {
  const found = await rows<Row>(
    tx,
    sql`SELECT l.org, l.name, l.above, l.women, l.until::text AS until, l.note, l.own, l.scope, ${remindedOn(kind)} AS reminded
      FROM (${linesOf(asked, kind)} ${page === null ? sql`LIMIT 20000` : sql`LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`}) l`,
  )
  const isGap = gapKinds.some((gap) => gap === kind)
  return found.map(({ org, name, above, women, until, note, own, scope, reminded }) => {
    const isOwn = own === actor.org.id
    const there = own === null ? null : { id: own, scopeCode: scope, viewCode: null }
    return {
      org,
      name,
      above,
      women,
      note: [until === null ? '' : `${until < asked.today ? '已于' : ''}${until} 届满`, note]
        .filter((part) => part !== '')
        .join('，'),
      isOwn,
      mayRemind: isGap && !isOwn && there !== null && can(actor, 'org.remind', there),
      remindedOn: reminded,
    }
  })
}

/** Both rates and the blind spots of a scope, with one list of them. @throws Problem.notFound outside the actor's scope */
export async function readGaps(deps: Deps, tx: Tx, actor: Actor, q: GapQuery): Promise<Gaps> {
  const at = await placeFor(tx, actor, 'org.gaps', q.org)
  const { basis, ...asked } = await askedOf(tx, at, deps.today())
  const counts = (await first<Record<ListKind, number>>(tx, countsOf(asked, listKinds)))!
  const kind = q.kind ?? gapKinds.find((gap) => counts[gap] > 0) ?? 'missing'
  const page = Number(q.page ?? 1)
  return {
    org: await brief(tx, at.id),
    basis,
    committeeFrom: asked.committeeFrom,
    employerFrom: asked.employerFrom,
    endingDays: Math.round((Date.parse(asked.endingUntil) - Date.parse(asked.today)) / 86_400_000),
    formation: { part: counts.formed, whole: counts.due },
    employers: { part: counts.employersCovered, whole: counts.employersDue },
    counts: Object.fromEntries(
      [...gapKinds, ...registerKinds].map((kind) => [kind, counts[kind]]),
    ) as Gaps['counts'],
    kind,
    total: counts[kind],
    page,
    rows: await readLines(tx, actor, asked, kind, page),
  }
}

/** Every blind spot of a scope and each side of the register with all lines, for a workbook. @throws Problem.notFound */
export async function allGaps(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  org: string | undefined,
): Promise<{ org: OrgBrief; lists: { kind: ListKind; rows: GapLine[] }[] }> {
  const at = await placeFor(tx, actor, 'org.gaps', org)
  const asked = await askedOf(tx, at, deps.today())
  const lists: { kind: ListKind; rows: GapLine[] }[] = []
  for (const kind of [...gapKinds, ...registerKinds])
    lists.push({ kind, rows: await readLines(tx, actor, asked, kind, null) })
  return { org: await brief(tx, at.id), lists }
}
