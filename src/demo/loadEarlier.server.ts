import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { sidesOf } from '#figures/earlier/read.server.ts'
import { actOnEarlier, saveEarlier } from '#figures/earlier/write.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { earlierValues, type Told } from './earlier.ts'
import { demoCadre } from './loadTasks.server.ts'

type Some = Pick<Deps, 'catalogue' | 'today'>

const years = [2016, 2017, 2018]
/** The year that records tell of in full. */
const counted = 2019

/** Totals of the years before the demo's records, of the city and a district: entered by one of its cadres and accepted by the other. */
export async function loadEarlier(deps: Some, tx: Tx, crypto: CryptoProvider): Promise<void> {
  for (const tier of ['city', 'district'] as const) {
    const entering = openWork(await demoCadre(tx, tier))
    const deciding = openWork(await demoCadre(tx, tier, 1))
    const { id: org, shortName } = entering.actor.org
    const source = (year: number, page: number) =>
      `${shortName}${year}年女职工工作总结第${page}页（演示虚构）`
    const cells = earlierValues(org, years, await knownOf(tx, org), source)
    await saveEarlier(deps, tx, entering, { org, cells })
    const ids = (
      await rows<{ id: string }>(tx, sql`SELECT id FROM app.earlier_total WHERE org_id = ${org} ORDER BY id`)
    ).map(({ id }) => id)
    await actOnEarlier(tx, entering, { action: 'submit', ids })
    await actOnEarlier(tx, deciding, { action: 'accept', ids })
    await closeWork(tx, entering, crypto)
    await closeWork(tx, deciding, crypto)
  }
  await sql`UPDATE app.earlier_total SET entered_at = DATE '2020-02-18' + TIME '10:20', decided_at = DATE '2020-02-20' + TIME '14:45'`.execute(
    tx,
  )
  // What was decided waits for nobody.
  await sql`DELETE FROM app.message WHERE link = '/earlier'`.execute(tx)
}

/** What the demo's own records say of an org: the year 2019, and which earlier years they tell of themselves. */
async function knownOf(tx: Tx, org: number): Promise<Told[]> {
  const sides = await sidesOf(tx, org, [...years, counted])
  const of = (indicator: string, year: number) => sides.get(`${indicator} ${year}`)?.recorded ?? null
  return indicators.flatMap(({ id: indicator }) => {
    const value = of(indicator, counted)
    const recorded = years.filter((year) => of(indicator, year) !== null)
    return value === null ? [] : [{ indicator, value, recorded }]
  })
}
