import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { enterCounts } from '#hardship/counts.server.ts'
import { surnameOf } from '#hardship/states.ts'
import type { Actor } from '#identity/actor.ts'
import { openNotice } from '#publicNotice/open.server.ts'
import { demoToday } from '#server/boot.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { insert, rowsOf, tables, type Hand, type Made, type Row, type Woman } from './hardshipRows.server.ts'
import { demoFiles, plainHousehold } from './hardshipTexts.ts'
import { loadCondolence } from './loadCondolence.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

const handOf = async (tx: Tx, login: string): Promise<Hand & { org: number }> =>
  (await first<Hand & { org: number }>(
    tx,
    sql`SELECT a.person_id AS person, a.id AS account, p.org_id AS org FROM app.account a JOIN app.post p ON p.account_id = a.id WHERE a.login = ${login}
      ORDER BY p.id LIMIT 1`,
  ))!

/** Women members below the aid centre by unit, the unit of the picker first; nobody who has an account. */
const womenBelow = (tx: Tx, centre: Actor, own: number): Promise<Woman[]> =>
  rows<Woman>(
    tx,
    sql`SELECT p.id, p.name, o.name AS unit, o.id AS org, k.wrapped, p.id_index AS index,
        (SELECT t.account_id FROM app.post t WHERE t.org_id = o.id AND t.role = 'cadre' ORDER BY t.id LIMIT 1) AS cadre
      FROM app.person p JOIN app.person_key k ON k.person_id = p.id JOIN app.org o ON o.id = p.org_id
      WHERE p.state = 'active' AND p.sex = '女' AND p.id_index IS NOT NULL AND o.scope_code LIKE ${`${centre.org.scopeCode}%`}
        AND NOT EXISTS (SELECT FROM app.account a WHERE a.id = p.id)
        AND NOT EXISTS (SELECT FROM app.person_request q WHERE q.person_id = p.id)
      ORDER BY o.id <> ${own}, o.id, p.id`,
  )

/**
 * Hardship files of one aid centre in every state: sealed under the keys of the made-up women, through the rules of the day.
 * What was opened before the demo year came over from the national system and has no record of counts.
 */
export async function loadHardship(tx: Tx, crypto: CryptoProvider, catalogue: Catalogue): Promise<void> {
  const centre = await demoCadre(tx, 'district')
  const [enter, approve, check, pay] = await Promise.all(
    ['unitInStreet', 'shahekouA', 'shahekouB', 'shahekouC'].map((login) => handOf(tx, login)),
  )
  await insert(tx, 'hardship_handler', [
    handler(0, enter!, 'enter', approve!),
    handler(1, check!, 'check', approve!),
    handler(2, check!, 'enter', approve!),
    handler(3, approve!, 'approve', check!),
    handler(4, pay!, 'pay', approve!),
  ])
  const women = await womenBelow(tx, centre, enter!.org)
  const units = [...new Set(women.map(({ org }) => org))]
  const taken = new Set<string>()
  const made = demoFiles.flatMap((file, n) => {
    const org = units[Math.min(file.at, units.length - 1)]
    const woman = women.find((one) => one.org === org && !taken.has(one.id))
    if (!woman) return []
    taken.add(woman.id)
    return [rowsOf(crypto, file, n, woman, centre, { check: check!, approve: approve!, pay: pay! })]
  })
  for (const table of tables)
    await insert(
      tx,
      table,
      made.flatMap((one) => one[table]),
    )
  await show(tx, centre, made)
  const work = openWork(centre)
  for (const [on, what, values] of countsOf(made))
    await enterCounts({ catalogue, today: () => demoToday }, tx, work, [check!.person], what, values, on)
  const others = women.filter(({ id }) => !taken.has(id))
  const hands = { check: check!, approve: approve!, pay: pay! }
  await loadCondolence({ catalogue, today: () => demoToday }, tx, crypto, work, others, hands)
  await closeWork(tx, work, crypto)
}

/** What was opened, closed and paid in the demo year, day by day. */
function countsOf(made: readonly Made[]): [on: string, what: string, values: Record<string, unknown>][] {
  const files = (matter: string, day: 'openedOn' | 'closedOn') =>
    [...new Set(made.flatMap(({ file }) => file[day] ?? []))]
      .filter((on) => on >= '2020-01-01')
      .map((on): [string, string, Record<string, unknown>] => {
        const those = made.filter(({ file }) => file[day] === on)
        const singles = those.filter(({ file }) => file.changes?.singleParent ?? plainHousehold.singleParent)
        return [on, matter, { matter, households: those.length, singles: singles.length }]
      })
  const paid = made.flatMap(({ file }) =>
    (file.aids ?? []).flatMap(({ kind, amount, paidOn }): [string, string, Record<string, unknown>][] =>
      paidOn === null
        ? []
        : [
            [
              paidOn,
              `帮扶资金发放（${kind}）`,
              { matter: '发放', aidKind: kind, fund: '区县', times: 1, helped: 1, amount },
            ],
          ],
    ),
  )
  return [...files('建档', 'openedOn'), ...files('销档', 'closedOn'), ...paid]
}

const handler = (n: number, hand: Hand & { org: number }, duty: string, by: Hand): Row => ({
  id: idOf(60, n),
  org_id: hand.org,
  account_id: hand.account,
  person_id: hand.person,
  duty,
  named_by: by.person,
  named_at: '2020-01-02T01:00:00Z',
})

/** The notice of what is shown now: a week old, run out on the day of the demo. */
async function show(tx: Tx, centre: Actor, made: readonly Made[]): Promise<void> {
  const shown = made.filter(({ file }) => file.state === 'noticed')
  if (shown.length === 0) return
  const { id } = await openNotice({ today: () => '2020-04-08' }, tx, openWork(centre), {
    kind: 'hardship',
    subject: 'hardship:files',
    title: `${centre.org.shortName}2020年拟建立困难职工档案名单公示`,
    lines: shown.map(({ woman }) => ({
      name: surnameOf(woman.name),
      unitName: woman.unit,
      detail: '拟建立困难职工档案',
    })),
  })
  for (const [at, one] of shown.entries())
    await sql`UPDATE app.hardship_file SET notice_id = ${id}::uuid, notice_line = ${at + 1} WHERE id = ${one.id}::uuid`.execute(
      tx,
    )
}
