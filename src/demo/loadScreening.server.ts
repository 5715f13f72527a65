import { sql } from 'kysely'
import { textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { screeningTerms } from '#screening/rules.ts'
import { builtInRules } from '#kit/rule.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

type Hand = { person: string; account: string; org: number }

const handOf = async (tx: Tx, login: string): Promise<Hand> =>
  (await first<Hand>(
    tx,
    sql`SELECT a.person_id AS person, a.id AS account, p.org_id AS org FROM app.account a JOIN app.post p ON p.account_id = a.id WHERE a.login = ${login}
      ORDER BY p.id LIMIT 1`,
  ))!

const hospital = '示例妇幼保健院'

/** A screening round of one district that has begun: places of one unit, three of its women listed, two of them with a day. */
export async function loadScreening(tx: Tx): Promise<void> {
  const centre = await demoCadre(tx, 'district')
  const [unit, leads, books] = (await Promise.all(
    ['unitInStreet', 'shahekouA', 'shahekouB'].map((login) => handOf(tx, login)),
  )) as [Hand, Hand, Hand]
  const { value, version, basis } = builtInRules.on(screeningTerms, '2020-04-13')
  const round = idOf(84, 0)
  await insert(tx, 'screening_round', [
    {
      id: round,
      org_id: centre.org.id,
      title: '2020年春季“两癌”筛查',
      fund: '市总',
      state: 'open',
      version: 2,
      from_on: '2020-04-13',
      until_on: '2020-06-30',
      min_age: value.minAge,
      max_age: value.maxAge,
      cycle_years: value.cycleYears,
      rule_version: version,
      rule_basis: basis,
      budget: 60_000,
      price: 500,
      directed: 100,
      open_places: 20,
      passed: 0,
      open_used: 0,
      made_on: '2020-03-30',
      made_by: leads.account,
    },
  ])
  const days = ['2020-04-22', '2020-05-13', '2020-06-10'].map((on, n) => ({
    id: idOf(85, n),
    round_id: round,
    hospital,
    on_day: on,
    capacity: 40,
    taken: 0,
  }))
  await insert(tx, 'screening_day', days)
  await insert(tx, 'screening_allotment', [
    { round_id: round, org_id: unit.org, by_org: centre.org.id, quota: 12, passed: 0, used: 0 },
  ])
  await insert(
    tx,
    'screening_handler',
    (['book', 'followUp'] as const).map((duty, n) => ({
      id: idOf(86, n),
      round_id: round,
      org_id: centre.org.id,
      account_id: books.account,
      person_id: books.person,
      duty,
      named_by: leads.person,
      named_at: '2020-03-30T01:00:00Z',
    })),
  )
  await listSome(tx, round, unit, days[0]!.id)
  await sql`SELECT app.count_screening(${round}::uuid)`.execute(tx)
}

/** Three members of an age that no birthday changes, with both consents. */
async function listSome(tx: Tx, round: string, unit: Hand, day: string): Promise<void> {
  const women = await rows<{ id: string }>(
    tx,
    sql`SELECT p.id FROM app.person p WHERE p.org_id = ${unit.org} AND p.state = 'active' AND p.sex = '女' AND p.birth_year BETWEEN 1960 AND 1982
        AND EXISTS (SELECT FROM app.membership m WHERE m.person_id = p.id AND m.until_on IS NULL) AND NOT EXISTS (SELECT FROM app.account a WHERE a.person_id = p.id)
        AND NOT EXISTS (SELECT FROM app.consent c WHERE c.person_id = p.id AND c.purpose IN ('screening', 'handOver')) ORDER BY p.id LIMIT 3`,
  )
  await insert(
    tx,
    'consent',
    women.flatMap(({ id }, n) =>
      (['screening', 'handOver'] as const).map((purpose, at) => ({
        id: idOf(87, 2 * n + at),
        person_id: id,
        purpose,
        text_version: consentTexts[purpose].version,
        text_hash: textHash(purpose),
        given_on: '2020-04-13',
        form: 'paper',
        with_family: false,
        account_id: unit.account,
        given_at: '2020-04-13T01:00:00Z',
      })),
    ),
  )
  await insert(
    tx,
    'screening_entry',
    women.map(({ id }, n) => ({
      id: idOf(88, n),
      round_id: round,
      person_id: id,
      org_id: unit.org,
      quota: 'directed',
      state: n < 2 ? 'booked' : 'listed',
      version: 1,
      day_id: n < 2 ? day : null,
      code: n < 2 ? `S20200${n + 1}DEMO` : null,
      listed_on: '2020-04-14',
      listed_person: unit.person,
      booked_on: n < 2 ? '2020-04-14' : null,
    })),
  )
}
