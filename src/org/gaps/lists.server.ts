import { sql, type RawBuilder } from 'kysely'
import type { Place } from '#identity/decide.ts'
import { briefOf } from '../brief.server.ts'
import type { ListKind } from './api.ts'

/** What the lists ask of rules and calendar. */
export type Asked = {
  at: Place
  today: string
  committeeFrom: number
  employerFrom: number
  endingUntil: string
}

const within = (code: RawBuilder<unknown>, { scopeCode }: Place): RawBuilder<unknown> =>
  sql`${code} >= ${scopeCode} AND ${code} < ${`${scopeCode}~`}`

/** Units o of the scope with their committee k; merged and closed ones are none. */
const unitsFrom = ({ at }: Asked): RawBuilder<unknown> =>
  sql`app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id WHERE ${within(sql`o.scope_code`, at)} AND o.closed_on IS NULL`

type EmployerKind =
  | 'newOrgs'
  | 'employersDue'
  | 'employersCovered'
  | 'registerCovered'
  | 'registerBare'
  | 'registerTwice'
  | 'registerNoCommittee'

/** Which units o a list holds. */
const unitLists: Readonly<
  Record<Exclude<ListKind, 'unorganised' | EmployerKind>, (a: Asked) => RawBuilder<unknown>>
> = {
  missing: (a) => sql`o.women_members >= ${a.committeeFrom} AND k.form IS DISTINCT FROM 'committee'`,
  overdue: (a) => sql`k.term_until_on < ${a.today}::date`,
  ending: (a) => sql`k.term_until_on BETWEEN ${a.today}::date AND ${a.endingUntil}::date`,
  noDirector: (a) => sql`k.form = 'committee' AND (k.director = '' OR k.vacant_since <= ${a.today}::date)`,
  noDelegate: (a) => sql`o.women_members BETWEEN 1 AND ${a.committeeFrom - 1} AND k.org_id IS NULL`,
  due: (a) => sql`o.women_members >= ${a.committeeFrom}`,
  formed: (a) => sql`o.women_members >= ${a.committeeFrom} AND k.form = 'committee'`,
  unionBare: (
    a,
  ) => sql`o.tier = 'grassroots' AND NOT EXISTS (SELECT FROM app.org_employer x JOIN app.enterprise e ON e.code = x.code
    WHERE x.org_id = o.id AND ${coversOn(a.today)} AND ${standsOn(a.today)})`,
}

const coversOn = (day: string): RawBuilder<unknown> =>
  sql`x.from_on <= ${day}::date AND coalesce(x.until_on, 'infinity') > ${day}::date`
const standsOn = (day: string): RawBuilder<unknown> =>
  sql`(e.closed_on IS NULL OR e.closed_on > ${day}::date)`

/** The union that covers employer e today, u with its committee k; of several the first. */
const coverOf = ({ today }: Asked): RawBuilder<unknown> => sql`LEFT JOIN (
  SELECT DISTINCT ON (x.code) x.code, x.org_id, count(*) OVER (PARTITION BY x.code) AS unions
  FROM app.org_employer x JOIN app.org v ON v.id = x.org_id AND v.closed_on IS NULL
  WHERE ${coversOn(today)} ORDER BY x.code, x.from_on, x.org_id
) c ON c.code = e.code LEFT JOIN app.org u ON u.id = c.org_id LEFT JOIN app.org_committee k ON k.org_id = u.id JOIN app.org a ON a.id = e.area_id`

/** Employers e that stand, of any size: of a covered one its union tells where it belongs, of others where they sit. */
const employersFrom = (asked: Asked): RawBuilder<unknown> =>
  sql`app.enterprise e ${coverOf(asked)} WHERE ${within(sql`coalesce(u.scope_code, a.scope_code)`, asked.at)}
    AND ${standsOn(asked.today)}`

/** Which employers e, with the union u that covers them and its committee k, a list holds. */
const employerLists: Readonly<Record<EmployerKind, (a: Asked) => RawBuilder<unknown>>> = {
  newOrgs: (a) =>
    sql`e.women_workers >= ${a.employerFrom} AND u.id IS NULL AND e.kind IN ('非公有制企业', '社会组织')`,
  employersDue: (a) => sql`e.women_workers >= ${a.employerFrom}`,
  employersCovered: (a) => sql`e.women_workers >= ${a.employerFrom} AND k.org_id IS NOT NULL`,
  registerCovered: () => sql`u.id IS NOT NULL`,
  registerBare: () => sql`u.id IS NULL`,
  registerTwice: () => sql`c.unions > 1`,
  registerNoCommittee: (a) =>
    sql`e.women_workers >= ${a.committeeFrom} AND k.form IS DISTINCT FROM 'committee'`,
}

/** Units with women of the register who are no members; the groups of new forms of work are counted apart. */
const outsideFrom = ({ at }: Asked): RawBuilder<unknown> =>
  sql`(SELECT p.org_id, count(*)::int AS women, count(p.worker_group)::int AS fresh
    FROM app.membership m JOIN app.person p ON p.id = m.person_id AND p.state = 'active' AND p.sex = '女'
    WHERE m.kind = '女职工' AND m.until_on IS NULL GROUP BY 1) w JOIN app.org o ON o.id = w.org_id
    WHERE ${within(sql`o.scope_code`, at)} AND o.closed_on IS NULL`

const superior = sql`LEFT JOIN app.org_edge g ON g.child_id = o.id AND g.line = 1 AND g.to_ym = 999912 LEFT JOIN app.org p ON p.id = g.parent_id`

const isEmployers = (kind: ListKind): kind is EmployerKind => Object.hasOwn(employerLists, kind)

const counted = (list: readonly string[], test: (kind: string) => RawBuilder<unknown>) =>
  sql.join(list.map((kind) => sql`count(*) FILTER (WHERE ${test(kind)})::int AS ${sql.ref(kind)}`))

/** How many lines each of these lists has, as columns named by them. */
export function countsOf(asked: Asked, kinds: readonly ListKind[]): RawBuilder<unknown> {
  const units = kinds.filter((kind): kind is keyof typeof unitLists => Object.hasOwn(unitLists, kind))
  const employers = kinds.filter(isEmployers)
  return sql`SELECT * FROM
    (SELECT ${counted(units, (kind) => unitLists[kind as keyof typeof unitLists](asked))} FROM ${unitsFrom(asked)}) x,
    (SELECT ${counted(employers, (kind) => employerLists[kind as EmployerKind](asked))} FROM ${employersFrom(asked)}) y,
    (SELECT count(*)::int AS unorganised FROM ${outsideFrom(asked)}) z`
}

/** The lines of one list: org, name, above, women, until, note, scope, in the order in which they press. */
export function linesOf(asked: Asked, kind: ListKind): RawBuilder<unknown> {
  if (isEmployers(kind))
    return sql`SELECT CASE WHEN u.id IS NOT NULL THEN ${briefOf('u')} END AS org, e.name, a.short_name AS above, e.women_workers AS women,
        NULL::date AS until, e.code || '，' || e.kind || CASE WHEN u.id IS NULL THEN '，没有工会覆盖' WHEN k.org_id IS NULL THEN '，所属工会还没有女职工组织' WHEN k.form = 'delegate' THEN '，所属工会只设女职工委员' ELSE '' END
          || CASE WHEN c.unions > 1 THEN '，覆盖它的工会：' || (SELECT string_agg(v.short_name, '、' ORDER BY x.from_on, v.id) FROM app.org_employer x
            JOIN app.org v ON v.id = x.org_id AND v.closed_on IS NULL WHERE x.code = e.code AND ${coversOn(asked.today)}) ELSE '' END AS note,
        NULL::int AS own, a.scope_code AS scope
      FROM ${employersFrom(asked)} AND ${employerLists[kind](asked)} ORDER BY e.women_workers DESC, e.code`
  if (kind === 'unorganised')
    return sql`SELECT ${briefOf('o')} AS org, o.name, coalesce(p.short_name, '') AS above, w.women, NULL::date AS until,
        CASE WHEN w.fresh > 0 THEN '其中八大群体和新就业形态 ' || w.fresh || ' 人' ELSE '' END AS note, o.id AS own, o.scope_code AS scope
      FROM ${sql`(SELECT w.*, o.id AS unit FROM ${outsideFrom(asked)}) w JOIN app.org o ON o.id = w.unit`} ${superior} ORDER BY w.women DESC, o.org_code`
  return sql`SELECT ${briefOf('o')} AS org, o.name, coalesce(p.short_name, '') AS above, o.women_members AS women, k.term_until_on AS until,
      coalesce(CASE WHEN k.vacant_since IS NOT NULL THEN '主任 ' || k.vacant_since || ' 离任' WHEN k.form = 'delegate' THEN '女职工委员' END, '') AS note,
      o.id AS own, o.scope_code AS scope
    FROM (SELECT o.id AS unit FROM ${unitsFrom(asked)} AND ${unitLists[kind](asked)}) w JOIN app.org o ON o.id = w.unit
    LEFT JOIN app.org_committee k ON k.org_id = o.id ${superior}
    ORDER BY ${kind === 'overdue' || kind === 'ending' ? sql`k.term_until_on, ` : sql``} o.women_members DESC, o.org_code`
}
