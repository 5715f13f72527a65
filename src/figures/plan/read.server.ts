import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { indicators } from '#programmes/index.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { isBound } from '../disclosure/bound.ts'
import { totals } from '../read.server.ts'
import type { Bound, Plan, PlanItem, PlanRevision, Suggestion } from './api.ts'
import { elapsedOf, stateOf } from './rules.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

type PlanPlace = Place & { org: OrgBrief; districtId: number; above: OrgBrief | null }

/** The unit of a plan: in the actor's scope, or above her own. @throws Problem.notFound */
export async function planPlace(tx: Tx, actor: Actor, id: number): Promise<PlanPlace> {
  const found = await first<PlanPlace>(
    tx,
    sql`SELECT o.id, o.scope_code AS "scopeCode", o.view_code AS "viewCode", o.district_id AS "districtId", ${briefOf('o')} AS org,
        (SELECT ${briefOf('p')} FROM app.org_edge e JOIN app.org p ON p.id = e.parent_id
          WHERE e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912) AS above
      FROM app.org o WHERE o.id = ${id}`,
  )
  if (!found || !(isBelow(found, actor) || actor.org.scopeCode.startsWith(found.scopeCode)))
    throw Problem.notFound()
  return found
}

const isBelow = ({ scopeCode }: Pick<Place, 'scopeCode'>, actor: Actor): boolean =>
  scopeCode.startsWith(actor.org.scopeCode)

/** The year of a query; default the business year. @throws Problem.badRequest */
export function askedYear(deps: Pick<Deps, 'today'>, asked: string | undefined): number {
  const year = Number(asked ?? deps.today().slice(0, 4))
  if (Number.isInteger(year) && year >= 2000 && year <= 2100) return year
  throw Problem.badRequest({ issues: [{ field: 'year', message: '年份不存在，请重新选择' }] })
}

/** An item as it is stored, with its owner's place. */
export type StoredItem = {
  id: string
  orgId: number
  year: number
  serial: number
  section: string
  task: string
  owner: OrgBrief
  ownerPlace: Place
  dueOn: string
  evidence: string
  indicator: string | null
  bound: Bound | null
  target: number | null
  doneOn: string | null
  doneBy: string | null
  doneNote: string
  doneRecord: PlanItem['doneRecord']
  parent: PlanItem['parent']
  split: PlanItem['split']
  version: number
}

/** Items that stand, by a condition over item i, its owner w; in the order of the plan. */
export function storedItems(tx: Tx, actor: Actor, where: ReturnType<typeof sql>): Promise<StoredItem[]> {
  return rows<StoredItem>(
    tx,
    sql`SELECT i.id, i.org_id AS "orgId", i.year, i.serial, i.section, i.task, ${briefOf('w')} AS owner,
        jsonb_build_object('id', w.id, 'scopeCode', w.scope_code, 'viewCode', w.view_code) AS "ownerPlace",
        i.due_on AS "dueOn", i.evidence, n.code AS indicator, i.bound, i.target::float8 AS target, i.done_on AS "doneOn",
        (SELECT a.name FROM app.account a WHERE a.id = i.done_by) AS "doneBy", i.done_note AS "doneNote",
        (SELECT jsonb_build_object('id', r.id, 'programme', p.key, 'title', r.title) FROM app.record r
          JOIN app.programme p ON p.id = r.programme WHERE r.id = i.done_record AND ${visible(actor)}) AS "doneRecord",
        (SELECT jsonb_build_object('org', ${briefOf('po')}, 'target', pi.target) FROM app.plan_item pi
          JOIN app.org po ON po.id = pi.org_id WHERE pi.id = i.parent_id) AS parent,
        (SELECT CASE WHEN count(*) > 0 THEN jsonb_build_object('units', count(*), 'withTarget', count(c.target), 'sum', coalesce(sum(c.target), 0),
            'done', count(c.done_on)) END FROM app.plan_item c WHERE c.parent_id = i.id AND c.removed_at IS NULL) AS split, i.version
      FROM app.plan_item i JOIN app.org w ON w.id = i.owner_id LEFT JOIN app.indicator n ON n.id = i.indicator
      WHERE i.removed_at IS NULL AND ${where} ORDER BY i.serial, i.id`,
  )
}

/** One item. @throws Problem.notFound */
export async function getItem(tx: Tx, actor: Actor, id: string): Promise<StoredItem> {
  const [item] = await storedItems(tx, actor, sql`i.id = ${id}::uuid`)
  if (!item) throw Problem.notFound()
  await planPlace(tx, actor, item.orgId)
  return item
}

type Live = { value: number; waiting: number }

/** The live figures behind items: of each owner, in the year of the plan; only those that the reader may see. */
async function liveOf(tx: Tx, actor: Actor, items: readonly StoredItem[]): Promise<Map<string, Live>> {
  const open = items.filter(({ indicator, ownerPlace }) => {
    const declared = byId.get(indicator ?? '')
    return declared && can(actor, 'figure.read', ownerPlace) && !isBound(actor, declared, ownerPlace)
  })
  const years = [...new Set(open.map((item) => item.year))]
  const found = new Map<string, Live>()
  for (const year of years) {
    const asked = open.filter((item) => item.year === year)
    const orgs = [...new Set(asked.map((item) => item.owner.id))]
    const codes = [...new Set(asked.map((item) => item.indicator!))]
    const sums = await totals(tx, orgs, [periodOf('year', year)], codes)
    for (const item of asked) {
      const of = (state: 0 | 1) =>
        sums
          .filter((t) => t.org_id === item.owner.id && t.indicator === item.indicator && t.state === state)
          .reduce((sum, t) => sum + (t.viewed ? 0 : t.values[0]!), 0)
      found.set(item.id, { value: of(1), waiting: of(0) - of(1) })
    }
  }
  return found
}

/** Items as the reader sees them on a day, with their live figures. */
export async function followed(
  tx: Tx,
  actor: Actor,
  items: readonly StoredItem[],
  today: string,
): Promise<PlanItem[]> {
  const live = await liveOf(tx, actor, items)
  return items.map(({ ownerPlace: _place, orgId: _org, year, indicator, bound, target, ...item }) => {
    const { value, waiting } = live.get(item.id) ?? { value: null, waiting: null }
    return {
      ...item,
      target: indicator && bound && target !== null ? { indicator, bound, value: target } : null,
      value,
      waiting,
      elapsed: elapsedOf(year, item.dueOn, today),
      state: stateOf({ dueOn: item.dueOn, doneOn: item.doneOn, target, value }, today),
    }
  })
}

type Head = Pick<Plan, 'version' | 'title' | 'goal' | 'isAdopted' | 'meeting' | 'adoptedOn' | 'docNo'>

/** The head of a plan; null where nobody has begun it. */
export const findPlan = (tx: Tx, org: number, year: number): Promise<Head | null> =>
  first<Head>(
    tx,
    sql`SELECT version, title, goal, state = 'adopted' AS "isAdopted", meeting, adopted_on AS "adoptedOn", doc_no AS "docNo"
      FROM app.plan WHERE org_id = ${org} AND year = ${year}`,
  )

/** A unit's plan of a year. From below a draft is not told: it is its writer's alone. */
export async function readPlan(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  org: number,
  year: number,
): Promise<Plan> {
  const at = await planPlace(tx, actor, org)
  const inScope = isBelow(at, actor)
  const head = await findPlan(tx, org, year)
  const shown = head !== null && (inScope || head.isAdopted)
  const items = shown ? await storedItems(tx, actor, sql`i.org_id = ${org} AND i.year = ${year}`) : []
  const none: Head = {
    version: 0,
    title: '',
    goal: '',
    isAdopted: false,
    meeting: '',
    adoptedOn: null,
    docNo: '',
  }
  return {
    org: at.org,
    above: at.above,
    year,
    ...(shown ? head : none),
    items: await followed(tx, actor, items, deps.today()),
    revisions: shown ? await revisionsOf(tx, org, year) : [],
    suggestions: await suggestionsOf(tx, actor, org, year),
    below: inScope ? await belowOf(tx, org, year) : [],
  }
}

const revisionsOf = (tx: Tx, org: number, year: number): Promise<PlanRevision[]> =>
  rows<PlanRevision>(
    tx,
    sql`SELECT v.no, v.revised_on AS on, v.reason, v.doc_no AS "docNo", coalesce((SELECT a.name FROM app.account a WHERE a.id = v.revised_by), '系统') AS by,
      v.title, v.goal, v.content AS before FROM app.plan_revision v WHERE v.org_id = ${org} AND v.year = ${year} ORDER BY v.no DESC`,
  )

/** What was suggested to the actor's own unit, and what it suggested to the one above. */
async function suggestionsOf(tx: Tx, actor: Actor, org: number, year: number): Promise<Suggestion[]> {
  if (org !== actor.org.id) return []
  return rows<Suggestion>(
    tx,
    sql`SELECT s.id, ${briefOf('f')} AS "from", ${briefOf('t')} AS "to", s.section, s.task, s.due_on AS "dueOn", s.evidence, s.why, s.state, s.reason,
        coalesce((SELECT a.name FROM app.account a WHERE a.id = s.suggested_by), '') AS by
      FROM app.plan_suggestion s JOIN app.org f ON f.id = s.from_org JOIN app.org t ON t.id = s.org_id
      WHERE (s.org_id = ${org} OR s.from_org = ${org}) AND s.year = ${year} ORDER BY s.state <> 'open', s.suggested_at DESC`,
  )
}

const belowOf = (tx: Tx, org: number, year: number): Promise<Plan['below']> =>
  rows<Plan['below'][number]>(
    tx,
    sql`SELECT ${briefOf('c')} AS org, coalesce(p.state = 'adopted', false) AS "isAdopted",
        (SELECT count(*)::int FROM app.plan_item i WHERE i.org_id = c.id AND i.year = ${year} AND i.removed_at IS NULL) AS items,
        (SELECT count(*)::int FROM app.plan_item i WHERE i.org_id = c.id AND i.year = ${year} AND i.removed_at IS NULL AND i.done_on IS NOT NULL) AS done
      FROM app.org_edge e JOIN app.org c ON c.id = e.child_id LEFT JOIN app.plan p ON p.org_id = c.id AND p.year = ${year}
      WHERE e.parent_id = ${org} AND e.line = 1 AND e.to_ym = 999912 AND c.closed_on IS NULL ORDER BY c.tier IN ('grassroots', 'branch'), c.org_code`,
  )
