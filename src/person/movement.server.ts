import { sql } from 'kysely'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { lackOf } from './lacks.server.ts'
import { lacks, type Lack } from './lacks.ts'
import type { Movement, Quality, QualityLine } from './movementApi.ts'
import { mayThere } from './read.server.ts'
import { within } from './within.server.ts'

type Move = {
  what: 'start' | 'in' | 'out' | 'within' | 'end' | 'kept' | 'tree'
  cause: string | null
  worker_group: string | null
  n: number
}

/** The same labels added up, the most first. */
function summed(found: readonly { label: string; n: number }[]): Movement['came'] {
  const sums = new Map<string, number>()
  for (const { label, n } of found) sums.set(label, (sums.get(label) ?? 0) + n)
  return [...sums].map(([label, n]) => ({ label, n })).sort((a, b) => b.n - a.n)
}

const bad = (field: string, message: string) => Problem.invalid({ issues: [{ field, message }] })

/** How many women members came and left in a period, how and why. @throws Problem.invalid, notFound */
export async function readMovement(
  tx: Tx,
  actor: Actor,
  { org, from, until }: { org?: string | undefined; from: string; until: string },
): Promise<Movement> {
  if (!isDay(from)) throw bad('from', '没有这一天，请重新选择')
  if (!isDay(until)) throw bad('until', '没有这一天，请重新选择')
  if (from > until) throw bad('until', '结束日期不能早于开始日期')
  const unit = await first<{ id: number; brief: Movement['org'] }>(
    tx,
    sql`SELECT o.id, ${briefOf('o')} AS brief FROM app.org o WHERE o.id = ${Number(org ?? actor.org.id)} AND ${within(actor, undefined)}`,
  )
  if (!unit) throw Problem.notFound()
  const found = await rows<Move>(
    tx,
    sql`SELECT what, cause, worker_group, n FROM app.member_moves(${unit.id}, ${from}::date, ${until}::date)`,
  )
  const of = (what: Move['what']) => found.filter((one) => one.what === what)
  const sum = (what: Move['what']) => of(what).reduce((all, { n }) => all + n, 0)
  return {
    org: unit.brief,
    start: sum('start'),
    came: summed(of('in').map(({ cause, n }) => ({ label: cause!, n }))),
    groups: summed(
      of('in').flatMap(({ cause, worker_group: label, n }) =>
        cause === '转入' || cause === '恢复' || label === null ? [] : [{ label, n }],
      ),
    ),
    left: summed(of('out').map(({ cause, n }) => ({ label: cause!, n }))),
    within: sum('within'),
    withUnits: sum('tree'),
    end: sum('end'),
    kept: sum('kept'),
  }
}

const mostUnits = 200

/** Units within the scope by how many entries of women members lack what, the worst first. @throws Problem.notFound */
export async function readQuality(tx: Tx, actor: Actor, org: string | undefined): Promise<Quality> {
  if (org !== undefined && !(await mayThere(tx, actor, 'person.read', Number(org)))) throw Problem.notFound()
  type Found = { org: QualityLine['org']; women: number; whole: number } & Record<Lack, number>
  const found = await rows<Found>(
    tx,
    sql`SELECT ${briefOf('o')} AS org, count(*)::int AS women,
        ${sql.join(lacks.map((lack) => sql`count(*) FILTER (WHERE ${lackOf[lack]})::int AS ${sql.ref(lack)}`))},
        count(*) FILTER (WHERE NOT (${sql.join(
          lacks.map((lack) => lackOf[lack]),
          sql` OR `,
        )}))::int AS whole
      FROM app.person p JOIN app.org o ON o.id = p.org_id JOIN app.membership m ON m.person_id = p.id AND m.until_on IS NULL
      WHERE p.state = 'active' AND p.sex = '女' AND m.kind = '会员' AND ${within(actor, org)}
      GROUP BY o.id ORDER BY count(*) FILTER (WHERE ${sql.join(
        lacks.map((lack) => lackOf[lack]),
        sql` OR `,
      )}) DESC, o.scope_code LIMIT ${mostUnits + 1}`,
  )
  return {
    rows: found.slice(0, mostUnits).map(({ org: unit, women, whole, ...lacking }) => ({
      org: unit,
      women,
      lacking: Object.fromEntries(lacks.map((lack) => [lack, lacking[lack]])) as QualityLine['lacking'],
      whole: Math.floor((whole * 100) / women),
    })),
    more: found.length > mostUnits,
  }
}
