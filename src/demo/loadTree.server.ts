import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { nameSort } from '#org/pinyin.server.ts'
import type { Step } from '#record/turns.ts'
import type { Tx } from '#server/database.server.ts'
import { nameMaker } from './names.ts'
import { demoPeople } from './people.ts'
import { seeded } from './random.ts'
import type { OrgSeed } from './tree.ts'

/** The tree as loaded: numbers by code, who enters and who reviews at each unit, reporting lines of today. */
export type LoadedTree = {
  ids: Map<string, number>
  rootId: number
  lines: Map<number, Step[]>
  /** Account of the person who enters at a unit, and of the other who reviews there. */
  cadres: Map<number, string>
  reviewers: Map<number, string>
  service: string
}

/** Ids of made-up things are recognisable and the same on every machine. */
export const idOf = (kind: number, n: number): string =>
  `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`

/** Four base-36 characters of a unit's number. */
export const segOf = (id: number): string => id.toString(36).toUpperCase().padStart(4, '0')

const insertAll = (table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Loads units, dated edges and committees set-wise and reckons closure and paths. */
export async function loadTree(tx: Tx, seeds: readonly OrgSeed[], today: string): Promise<LoadedTree> {
  const ids = new Map(seeds.map((s, i) => [s.code, i + 1]))
  await insertAll(
    'org',
    seeds.map((s) => orgRow(s, ids.get(s.code)!, `${Number(today.slice(0, 4)) - 1}-12-31`)),
  ).execute(tx)
  await insertAll(
    'org_edge',
    seeds.flatMap((s) => edgesOf(s, ids)),
  ).execute(tx)
  await insertAll(
    'org_committee',
    seeds.flatMap((s) => committeeOf(s, ids)),
  ).execute(tx)
  const all = [...ids.values()]
  await sql`SELECT app.rebuild_closure(${all}::int[])`.execute(tx)
  await sql`SELECT app.refresh_paths(${all}::int[], ${monthOf(today)}::int)`.execute(tx)
  return {
    ids,
    rootId: ids.get(seeds[0]!.code)!,
    lines: linesOf(seeds, ids, monthOf(today)),
    cadres: new Map(),
    reviewers: new Map(),
    service: idOf(1, 0),
  }
}

/** @param countedOn head counts are those of the end of last year, as yearbooks have them */
function orgRow(s: OrgSeed, id: number, countedOn: string): object {
  return {
    id,
    org_code: s.code,
    seg: segOf(id),
    scope_code: `~${id}`,
    view_code: null,
    district_id: id,
    tier: s.tier,
    org_type: s.orgType,
    name: s.name,
    short_name: s.shortName,
    name_sort: nameSort(s.name),
    region_code: s.regionCode ?? null,
    workers: s.workers,
    women_workers: s.womenWorkers,
    counted_on: s.workers > 0 ? countedOn : null,
    members: s.members,
    women_members: s.womenMembers,
    closed_on: null,
  }
}

function edgesOf(s: OrgSeed, ids: Map<string, number>): object[] {
  if (s.parent === null) return []
  const child_id = ids.get(s.code)!
  const steps = [{ fromYm: 0, parent: s.parent }, ...(s.moves ?? [])]
  const reporting = steps.map((step, i) => ({
    child_id,
    parent_id: ids.get(step.parent)!,
    line: 1,
    from_ym: step.fromYm,
    to_ym: steps[i + 1]?.fromYm ?? 999912,
    decided_on: null,
    doc_no: step.fromYm === 0 ? null : '演示调整',
  }))
  const view = s.view
    ? [
        {
          child_id,
          parent_id: ids.get(s.view)!,
          line: 2,
          from_ym: 0,
          to_ym: 999912,
          decided_on: null,
          doc_no: null,
        },
      ]
    : []
  return [...reporting, ...view]
}

function committeeOf(s: OrgSeed, ids: Map<string, number>): object[] {
  if (!s.committee) return []
  const { form, director, termNo, foundedOn, termFromOn, termUntilOn } = s.committee
  return [
    {
      org_id: ids.get(s.code),
      form,
      director,
      term_no: termNo,
      founded_on: foundedOn,
      term_from_on: termFromOn,
      term_until_on: termUntilOn,
    },
  ]
}

function linesOf(seeds: readonly OrgSeed[], ids: Map<string, number>, today: number): Map<number, Step[]> {
  const bySeed = new Map(seeds.map((s) => [s.code, s]))
  const lineOf = (s: OrgSeed): Step[] => {
    const parent = s.moves?.findLast((m) => m.fromYm <= today)?.parent ?? s.parent
    return [{ id: ids.get(s.code)!, tier: s.tier }, ...(parent === null ? [] : lineOf(bySeed.get(parent)!))]
  }
  return new Map(seeds.map((s) => [ids.get(s.code)!, lineOf(s)]))
}

/** Loads the persons of the picker, and for every other unit a made-up cadre who stands behind its records. */
export async function loadPeople(tx: Tx, seeds: readonly OrgSeed[], tree: LoadedTree): Promise<void> {
  const accounts: object[] = [account(tree.service, 'service', '系统', '系统服务', null, true)]
  const posts: object[] = [post(tree.service, tree.service, tree.rootId, 'service')]
  const people = demoPeople([...seeds])
  people.forEach((p, i) => {
    const id = idOf(2, i + 1)
    accounts.push(account(id, p.key, p.name, p.title, p.pitch, true))
    posts.push(post(idOf(3, i + 1), id, tree.ids.get(p.orgCode)!, p.role))
    if (p.secondPost)
      posts.push(post(idOf(4, i + 1), id, tree.ids.get(p.secondPost.orgCode)!, p.secondPost.role))
  })
  const names = nameMaker(seeded(77), [
    ...people.map((p) => p.name),
    ...seeds.flatMap((s) => (s.committee ? [s.committee.director] : [])),
  ])
  for (const s of seeds) {
    const orgId = tree.ids.get(s.code)!
    const here = people
      .map((p, i) => ({ p, id: idOf(2, i + 1) }))
      .filter(({ p }) => p.orgCode === s.code && p.role === 'cadre')
    const own = (kind: 5 | 9) => {
      const id = idOf(kind, orgId)
      accounts.push(account(id, `${s.code}-${kind}`, names(), `${s.shortName}女工干部`, null, false))
      posts.push(post(id, id, orgId, 'cadre'))
      return id
    }
    tree.cadres.set(orgId, here[0]?.id ?? own(5))
    tree.reviewers.set(orgId, s.tier === 'grassroots' ? tree.cadres.get(orgId)! : (here[1]?.id ?? own(9)))
  }
  await insertAll('account', accounts).execute(tx)
  await insertAll('post', posts).execute(tx)
}

const account = (
  id: string,
  login: string,
  name: string,
  title: string,
  pitch: string | null,
  demo: boolean,
) => ({
  id,
  person_id: id,
  login,
  name,
  title,
  pitch,
  is_demo: demo,
  disabled_at: null,
})

const post = (id: string, accountId: string, orgId: number, role: string) => ({
  id,
  account_id: accountId,
  org_id: orgId,
  role,
  from_on: '2018-01-01',
  until_on: null,
})
