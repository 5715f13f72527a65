import { openKeyFile } from '#crypto/provider.server.ts'
import { demoAssurance, openSession } from '#identity/session.server.ts'
import { indicators } from '#programmes/index.ts'
import { makeDeps } from '#server/boot.server.ts'
import { inTransaction, type Db } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Query } from './tree.ts'

type Cadre = { account: string; post: string }
export type Desk = { org: number; district: number; enters: string; decides: string }
/** Who acts in the bench, by session: the city, one district, and grassroots unions right under districts of their own. */
export type Cast = {
  city: { org: number; token: string }
  district: { org: number; token: string }
  desks: Desk[]
  codes: string[]
}

/** The server's parts around a database, without a server. */
export const benchDeps = (db: Db, keyFile: string): Promise<Deps> =>
  makeDeps({
    db,
    crypto: openKeyFile(keyFile),
    fixedToday: '2020-04-16',
    publicUrl: '',
    engine: { name: '', promise: '' },
    nudge: () => undefined,
  })

/** Opens the sessions. `count` desks in turn over the districts, then as many in the first district alone. */
export async function openCast(deps: Deps, query: Query, count: number): Promise<Cast> {
  // Named by post: some persons have two.
  const session = async (of: Cadre): Promise<string> =>
    (await inTransaction(deps.db, identityContext(deps), (tx) =>
      openSession(tx, of.account, demoAssurance(), of.post),
    ))!
  const cadres = (org: number) =>
    query<Cadre>(
      `SELECT account_id AS account, id AS post FROM app.post WHERE org_id = ${org} AND role = 'cadre' ORDER BY 1`,
    )
  const [root] = await query<{ id: number }>("SELECT id FROM app.org WHERE tier = 'city'")
  const districts = await query<{ id: number }>(`SELECT o.id FROM app.org o WHERE tier = 'district'
    AND (SELECT count(*) FROM app.post p WHERE p.org_id = o.id AND role = 'cadre') > 1 ORDER BY (SELECT count(*) FROM app.org x WHERE x.district_id = o.id) DESC`)
  const desk = async (district: number, nth: number): Promise<Desk> => {
    const [org] = await query<{
      id: number
    }>(`SELECT o.id FROM app.org o JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912
      WHERE e.parent_id = ${district} AND o.tier = 'grassroots'
        AND NOT EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.org_id = o.id AND a.is_demo) ORDER BY o.id OFFSET ${nth} LIMIT 1`)
    return {
      org: org!.id,
      district,
      enters: await session((await cadres(org!.id)).at(-1)!),
      decides: await session((await cadres(district))[1]!),
    }
  }
  const desks: Desk[] = []
  for (let n = 0; n < count; n++)
    desks.push(await desk(districts[n % Math.min(8, districts.length)]!.id, Math.floor(n / 8)))
  for (let n = 0; n < count; n++) desks.push(await desk(districts[0]!.id, 20 + n))
  return {
    city: { org: root!.id, token: await session((await cadres(root!.id))[0]!) },
    district: { org: districts[0]!.id, token: desks[0]!.decides },
    desks,
    codes: indicators.map((i) => i.id).slice(0, 40),
  }
}

let serial = 0
/** A training of the demo year or the one before; titles differ, as those of real work do. */
export function training(): Record<string, unknown> {
  const n = ++serial
  const day = new Date(Date.UTC(2018, 0, 1) + ((n * 37) % 730) * 86_400_000).toISOString().slice(0, 10)
  const words = [n * 7919, n * 104729, n * 1299709]
    .map((x) => String.fromCodePoint(0x4e00 + (x % 20000)))
    .join('')
  return {
    body: {
      title: `${words}培训班`,
      grade: '台账',
      startsOn: day,
      endsOn: day,
      mode: '线下',
      count: 1,
      all: 60 + (n % 9),
      women: 48 + (n % 7),
      carrier: '流动课堂',
      subject: '家庭教育',
      place: '职工之家',
    },
    warningNote: '已核对',
  }
}
