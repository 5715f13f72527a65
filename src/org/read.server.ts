import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { OrgBrief, OrgDetail, OrgNode } from './api.ts'
import { committeeFromOn } from './duty.server.ts'

/** What is due of whom on a day. */
type Due = { today: string; from: number }

const dueOn = async (tx: Tx, today: string): Promise<Due> => ({
  today,
  from: await committeeFromOn(tx, today),
})

/** State of the women's organisation of an org o with committee k; fewer women members than due owe a delegate alone. */
const committeeState = ({
  today,
  from,
}: Due) => sql`CASE WHEN k.org_id IS NULL THEN CASE WHEN o.women_members >= ${from} THEN 'missing' ELSE 'none' END
  WHEN k.term_until_on < ${today}::date THEN 'overdue' WHEN k.form = 'delegate' THEN 'delegate' ELSE 'formed' END`

const merged = sql`CASE WHEN o.successor_id IS NULL THEN '' ELSE '（已并入）' END`

const node = (
  due: Due,
  line: RawBuilder<unknown>,
) => sql`o.id, o.org_code AS code, o.name || ${merged} AS name, o.short_name || ${merged} AS "shortName", o.tier,
  o.org_type AS "orgType", ${line} AS line, o.women_members AS "womenMembers", ${committeeState(due)} AS committee,
  (SELECT count(*) FROM app.org_edge e WHERE e.parent_id = o.id AND e.to_ym = 999912) AS children,
  coalesce((SELECT string_agg(a.short_name, ' › ' ORDER BY c.depth DESC) FROM app.org_closure c JOIN app.org a ON a.id = c.anc
    WHERE c.des = o.id AND c.line = 1 AND c.to_ym = 999912), '') AS path`

/** What of the tree is still a unit, or says into which it was merged; taken back foundings are neither. */
const shown = sql`(o.closed_on IS NULL OR o.successor_id IS NOT NULL)`

/** The units directly below today, in the order of their codes; line 2 = shown through the view line. */
export async function childrenOf(tx: Tx, orgId: number, today: string): Promise<OrgNode[]> {
  const due = await dueOn(tx, today)
  return rows<OrgNode>(
    tx,
    sql`SELECT ${node(due, sql`x.line`)} FROM app.org_edge x JOIN app.org o ON o.id = x.child_id
      LEFT JOIN app.org_committee k ON k.org_id = o.id
      WHERE x.parent_id = ${orgId} AND x.to_ym = 999912 AND ${shown} ORDER BY x.line, o.org_code`,
  )
}

/** Units of the actor's scope or view whose name, pinyin, initials or code contain the words; at most 30. */
export async function searchOrgs(tx: Tx, actor: Actor, q: string, today: string): Promise<OrgNode[]> {
  const wanted = q
    .trim()
    .toLowerCase()
    .replace(/[%_\\]/g, '')
  if (wanted === '') return []
  const [from, until] = [actor.org.scopeCode, `${actor.org.scopeCode}~`]
  const due = await dueOn(tx, today)
  return rows<OrgNode>(
    tx,
    sql`SELECT ${node(due, sql`1`)} FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id
      WHERE ${shown} AND ((o.scope_code >= ${from} AND o.scope_code < ${until}) OR (o.view_code >= ${from} AND o.view_code < ${until}))
        AND (o.name LIKE ${`%${wanted}%`} OR o.name_sort LIKE ${`%${wanted}%`} OR lower(o.org_code) LIKE ${`${wanted}%`})
      ORDER BY length(o.scope_code), o.org_code LIMIT ${bounds.orgSearch.most}`,
  )
}

/** A unit with its place, dates and coverage. @throws Problem.notFound outside the actor's scope and view */
export async function readOrg(tx: Tx, actor: Actor, id: number, today: string): Promise<OrgDetail> {
  const due = await dueOn(tx, today)
  const org = await first<
    OrgNode & Place & Pick<OrgDetail, 'regionCode' | 'workers' | 'womenWorkers' | 'members'>
  >(
    tx,
    sql`SELECT ${node(due, sql`1`)}, o.region_code AS "regionCode", o.workers, o.women_workers AS "womenWorkers", o.members,
      o.scope_code AS "scopeCode", o.view_code AS "viewCode"
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id WHERE o.id = ${id}`,
  )
  if (!org || !can(actor, 'figure.read', org)) throw Problem.notFound()
  const { scopeCode, viewCode: _, ...shown } = org
  return {
    ...shown,
    above: await superiors(tx, id),
    edges: await edgesOf(tx, id),
    committeeDetail: await committeeOf(tx, id, can(actor, 'record.read', org)),
    isOwn: can(actor, 'record.create', org),
    below: await coverage(tx, scopeCode, due),
    mayMove: can(actor, 'org.move', org) && org.id !== actor.org.id,
  }
}

async function superiors(tx: Tx, id: number): Promise<OrgBrief[]> {
  return rows<OrgBrief>(
    tx,
    sql`SELECT a.id, a.org_code AS code, a.name, a.short_name AS "shortName", a.tier FROM app.org_closure c JOIN app.org a ON a.id = c.anc
      WHERE c.des = ${id} AND c.line = 1 AND c.to_ym = 999912 ORDER BY c.depth DESC`,
  )
}

async function edgesOf(tx: Tx, id: number): Promise<OrgDetail['edges']> {
  return rows(
    tx,
    sql`SELECT e.line, e.from_ym AS "fromYm", nullif(e.to_ym, 999912) AS "toYm", e.doc_no AS "docNo",
      jsonb_build_object('id', p.id, 'code', p.org_code, 'name', p.name, 'shortName', p.short_name, 'tier', p.tier) AS parent
      FROM app.org_edge e JOIN app.org p ON p.id = e.parent_id WHERE e.child_id = ${id} ORDER BY e.line, e.from_ym`,
  )
}

async function committeeOf(tx: Tx, id: number, mayRead: boolean): Promise<OrgDetail['committeeDetail']> {
  return first(
    tx,
    sql`SELECT form, director, term_no AS "termNo", founded_on AS "foundedOn", term_from_on AS "termFromOn",
      term_until_on AS "termUntilOn", vacant_since AS "vacantSince", CASE WHEN ${mayRead} THEN record_id END AS "recordId" FROM app.org_committee WHERE org_id = ${id}`,
  )
}

/** Units below on the reporting line, and of those due how many are formed and how many past term. */
async function coverage(tx: Tx, scopeCode: string, { today, from }: Due): Promise<OrgDetail['below']> {
  const found = await first<Omit<OrgDetail['below'], 'from'>>(
    tx,
    sql`SELECT count(*) AS units, count(*) FILTER (WHERE o.tier = 'grassroots') AS grassroots,
      count(*) FILTER (WHERE o.women_members >= ${from}) AS due,
      count(*) FILTER (WHERE o.women_members >= ${from} AND k.form = 'committee') AS formed,
      count(*) FILTER (WHERE k.term_until_on < ${today}::date) AS overdue
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id
      WHERE o.scope_code > ${scopeCode} AND o.scope_code < ${`${scopeCode}~`} AND o.closed_on IS NULL`,
  )
  return { ...found!, from }
}
