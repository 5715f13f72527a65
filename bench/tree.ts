import { idOf, segOf } from '#demo/loadTree.server.ts'
import { demoToday } from '#server/boot.server.ts'
import { monthOf } from '#kit/day.ts'

/** Runs a statement and gives its rows; the bulk part of the bench needs nothing else of either engine. */
export type Query = <T = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<T[]>

const chunk = 2000

const insert = async (query: Query, table: string, list: object[]): Promise<void> => {
  for (let at = 0; at < list.length; at += chunk) {
    const part = JSON.stringify(list.slice(at, at + chunk))
    await query(
      `INSERT INTO app.${table} SELECT * FROM jsonb_populate_recordset(NULL::app.${table}, $1::jsonb)`,
      [part],
    )
  }
}

type Org = { id: number; org_code: string; tier: string; name: string; short_name: string }
type Edge = { child_id: number; parent_id: number; line: number; from_ym: number; to_ym: number }

/** Fills the demo tree up to a number of units: grassroots unions again under their superiors, and 32 units under the city. */
export async function extendTree(query: Query, units: number): Promise<void> {
  const orgs = (await query<{ o: Org }>('SELECT to_jsonb(o) AS o FROM app.org o ORDER BY id')).map((r) => r.o)
  const edges = await query<Edge>(
    'SELECT child_id, parent_id, line, from_ym, to_ym FROM app.org_edge WHERE to_ym = 999912 AND from_ym = 0',
  )
  const bySuperior = new Map<number, Edge[]>()
  for (const e of edges) bySuperior.set(e.child_id, [...(bySuperior.get(e.child_id) ?? []), e])
  const steady = orgs.filter(
    (o) => o.tier === 'grassroots' && bySuperior.get(o.id)?.some((e) => e.line === 1),
  )
  const tops = orgs.filter((o) => o.tier === 'district').slice(0, 2)
  const models = [
    ...tops,
    ...Array.from({ length: units - orgs.length - tops.length }, (_, i) => steady[i % steady.length]!),
  ]
  const first = orgs.at(-1)!.id + 1
  const added = models.map((model, i) => ({ model, id: first + i }))
  await insert(
    query,
    'org',
    added.map(({ model, id }) => ({
      ...model,
      id,
      org_code: `B${id}`,
      seg: segOf(id),
      scope_code: `~${id}`,
      view_code: null,
      district_id: id,
      name: `${model.name}（${id}）`,
      region_code: null,
    })),
  )
  await insert(
    query,
    'org_edge',
    added.flatMap(({ model, id }) => bySuperior.get(model.id)!.map((e) => ({ ...e, child_id: id }))),
  )
  for (let at = 0; at < added.length; at += chunk) {
    const ids = added.slice(at, at + chunk).map((a) => a.id)
    await query('SELECT app.rebuild_closure($1::int[])', [ids])
    await query('SELECT app.refresh_paths($1::int[], $2::int)', [ids, monthOf(demoToday)])
  }
  // Two persons in each unit, one to enter and one to decide.
  const people = added.flatMap(({ model, id }) =>
    [5, 9].map((kind) => ({ id: idOf(kind, id), org_id: id, name: `${model.short_name}${id}` })),
  )
  await insert(
    query,
    'account',
    people.map((p) => ({
      id: p.id,
      person_id: p.id,
      login: p.id,
      name: p.name,
      title: '女工干部',
      pitch: null,
      is_demo: false,
    })),
  )
  await insert(
    query,
    'post',
    people.map((p) => ({
      id: p.id,
      account_id: p.id,
      org_id: p.org_id,
      role: 'cadre',
      from_on: '2018-01-01',
      until_on: null,
    })),
  )
  await query(
    `INSERT INTO app.audit_head SELECT DISTINCT district_id, 0, repeat('0', 64) FROM app.org ON CONFLICT DO NOTHING`,
  )
}
