import { sql } from 'kysely'
import { childTableOf } from '#kit/columns.ts'
import { periodOf } from '#kit/period.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { indicators } from '#programmes/index.ts'
import { briefs } from '#record/place.server.ts'
import { loadRecords, type Loaded } from '#record/rows.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { figuresOf, inUnit } from '../service.server.ts'
import { LIVE, type SummaryInput } from './compose.ts'
import type { HighlightRow } from './highlights.ts'
import { namedLevels, type HonourRow } from './laurels.ts'
import type { PolicyInputRow } from './policyInputs.ts'
import type { StartTexts } from './start.ts'

/** Accepted values of a calendar year by indicator, as the books hold them (money in fen), by the tree of the time. */
export async function liveValues(
  deps: Deps,
  tx: Tx,
  orgId: number,
  year: number,
): Promise<Map<string, number>> {
  const month = Number(deps.today().slice(0, 7).replace('-', ''))
  const figures = await figuresOf(tx, orgId, periodOf('year', year), 'then', month)
  return new Map(figures.map(({ indicator, value }) => [indicator, value]))
}

/** What the summary of a year is written from, for the actor's own federation; `values` as in liveValues. */
export async function readYear(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  values: ReadonlyMap<string, number>,
  texts: StartTexts,
  snapshot: string = LIVE,
): Promise<SummaryInput> {
  const read = (key: string, only = sql`true`) =>
    acceptedOf(
      tx,
      actor,
      deps.findProgramme(key)!,
      year,
      sql`r.programme = ${deps.catalogue.programmeId(key)} AND ${only}`,
    )
  const honour = deps.findProgramme('honour')!
  const titles = sql.raw(`app.${childTableOf(honour, 'titles')}`)
  const honours = await read(
    'honour',
    sql`EXISTS (SELECT FROM ${titles} c WHERE c.district_id = r.district_id AND c.record_id = r.id AND c.level = ANY(${namedLevels}))`,
  )
  const highlights = await read('highlight')
  const policyInputs = await read('policyInput')
  const owners = await briefs(
    tx,
    highlights.map(({ spine }) => spine.org_id),
  )
  return {
    year,
    today: deps.today(),
    tier: actor.org.tier,
    org: actor.org.name,
    figures: new Map([...values].map(([id, value]) => [id, inUnit(id, value)])),
    honours: honours.map(({ row }) => row as unknown as HonourRow),
    highlights: highlights.map(({ spine, row }) => ({
      id: spine.id,
      ...(row as unknown as HighlightRow),
      tags: (spine.tags ?? '').split(/[、，,\s]+/).filter((tag) => tag !== ''),
      owner: owners.get(spine.org_id)!,
    })),
    policyInputs: policyInputs.map(({ spine, row }) => ({
      id: spine.id,
      ...(row as unknown as PolicyInputRow),
    })),
    texts,
    snapshot,
    publicUrl: deps.publicUrl,
    demo: deps.mode === 'demo',
    register: indicators,
  }
}

/**
 * The accepted records of a dated programme in a year, in the actor's scope. Honours are S2 as records, but what an
 * accepted one says, name and title, was made public: so a leader, who reads S1 alone elsewhere, sees them here,
 * where she approves the very text that prints them.
 */
async function acceptedOf(
  tx: Tx,
  { org }: Actor,
  programme: Programme,
  year: number,
  only: ReturnType<typeof sql>,
): Promise<Loaded[]> {
  const inScope = sql`r.scope_code >= ${org.scopeCode} AND r.scope_code < ${`${org.scopeCode}~`}`
  return loadRecords(
    tx,
    programme,
    sql`${inScope} AND r.state = 'accepted' AND r.occurred_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date AND ${only}`,
  )
}
