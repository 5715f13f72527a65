import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { kinRows } from '#hardship/apply.server.ts'
import { enterCounts } from '#hardship/counts.server.ts'
import { codeOf } from '#hardship/exchange.ts'
import { judge, type Judged } from '#hardship/judge.ts'
import { hardshipAid, hardshipCategories } from '#hardship/rules.ts'
import { surnameOf } from '#hardship/states.ts'
import type { Household } from '#hardship/household.ts'
import type { Actor } from '#identity/actor.ts'
import { addDays } from '#kit/day.ts'
import { builtInRules } from '#kit/rule.ts'
import { textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { bytea, sealUnder } from '#person/vault.server.ts'
import { openNotice } from '#publicNotice/open.server.ts'
import { demoToday } from '#server/boot.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { demoFiles, plainHousehold, type DemoFile } from './hardshipTexts.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

type Woman = {
  id: string
  name: string
  unit: string
  org: number
  wrapped: Buffer
  index: Buffer
  cadre: string
}
type Hand = { person: string; account: string }
type Row = Record<string, unknown>

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

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

const passed = ['inquired', 'verified', 'noticed', 'open', 'closed', 'refused']

/** Days of a file's way; a working fortnight between application and what came last is enough. */
function wayOf(f: DemoFile): [step: string, on: string][] {
  const d = (n: number) => addDays(f.appliedOn, n)
  const begun: [string, string][] = [['apply', f.appliedOn]]
  if (['applied', 'withdrawn'].includes(f.state))
    return f.state === 'withdrawn' ? [...begun, ['withdraw', d(2)]] : begun
  if (f.state === 'returned') return [...begun, ['returned', d(2)]]
  begun.push(['check', d(1)])
  if (f.state === 'checked') return begun
  begun.push(['visit', d(3)])
  if (f.state === 'visited') return begun
  begun.push(['inquire', d(6)])
  if (f.state === 'inquired') return begun
  if (f.state === 'refused') return [...begun, ['refuse', d(14)]]
  begun.push(['fits', d(12)])
  if (f.state === 'verified') return begun
  begun.push(['notice', f.state === 'noticed' ? '2020-04-08' : d(20)])
  if (f.openedOn) begun.push(['open', f.openedOn])
  if (f.recheckedOn) begun.push(['recheck', f.recheckedOn])
  if (f.closedOn) begun.push(['close', f.closedOn])
  return begun
}

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

const tables = [
  'consent',
  'hardship_file',
  'hardship_result',
  'hardship_step',
  'hardship_kin',
  'hardship_inquiry',
  'hardship_aid',
  'hardship_claim',
] as const
type Made = Record<(typeof tables)[number], Row[]> & { woman: Woman; file: DemoFile; id: string }
type Hands = Record<'check' | 'approve' | 'pay', Hand>

function rowsOf(
  crypto: CryptoProvider,
  f: DemoFile,
  n: number,
  woman: Woman,
  centre: Actor,
  hands: Hands,
): Made {
  const id = idOf(61, n)
  const household: Household = {
    ...plainHousehold,
    account: `62220000000000${String(10_000 + n)}`,
    ...f.changes,
  }
  const way = wayOf(f)
  const on = (step: string) => way.find(([one]) => one === step)?.[1] ?? null
  const isLive = !['closed', 'refused', 'withdrawn'].includes(f.state)
  const foundOn = on('fits')
  const rule = builtInRules.on(hardshipCategories, foundOn ?? demoToday)
  const judged: Judged | null = foundOn === null ? null : judge(household, rule.value)
  const sealed = (table: string, column: string, at: string, value: object) =>
    bytea(
      sealUnder(crypto, woman.id, woman.wrapped, {
        at: { table, column, id: at },
        text: JSON.stringify(value),
      }),
    )
  const file = {
    id,
    no: f.openedOn ? `${centre.org.code}-K${f.openedOn.slice(0, 4)}-${String(n + 1).padStart(4, '0')}` : null,
    person_id: woman.id,
    org_id: woman.org,
    centre_id: centre.org.id,
    state: f.state,
    version: way.length,
    household: sealed('hardship_file', 'household', id, household),
    result: judged && sealed('hardship_file', 'result', id, judged),
    applied_on: f.appliedOn,
    applied_person: woman.cadre,
    checked_person: on('check') && hands.check.person,
    visited_on: on('visit'),
    authorised_on: on('visit'),
    visitors: on('visit') && '演示甲、演示乙',
    opened_on: f.openedOn ?? null,
    opened_person: f.openedOn ? hands.approve.person : null,
    rechecked_on: f.openedOn ? (f.recheckedOn ?? f.openedOn) : null,
    closed_on: f.closedOn ?? null,
    closed_for: f.closedFor ?? null,
    touched_on: way.at(-1)![1],
    updated_at: `${way.at(-1)![1]}T02:00:00Z`,
  }
  const unitSteps = ['apply', 'visit', 'withdraw']
  return {
    woman,
    file: f,
    id,
    consent: [
      {
        id: idOf(62, n),
        person_id: woman.id,
        purpose: 'hardship',
        text_version: consentTexts.hardship.version,
        text_hash: textHash('hardship'),
        given_on: f.appliedOn,
        given_at: `${f.appliedOn}T02:00:00Z`,
        form: 'paper',
        account_id: woman.cadre,
        withdrawn_at: null,
      },
    ],
    hardship_file: [file],
    hardship_result: judged
      ? [
          {
            id: idOf(63, n),
            file_id: id,
            person_id: woman.id,
            on_day: foundOn,
            occasion: 'verify',
            rule_version: rule.version,
            rule_basis: rule.basis,
            outcome: sealed('hardship_result', 'outcome', idOf(63, n), judged),
            account_id: hands.check.account,
            made_at: `${foundOn}T02:00:00Z`,
          },
        ]
      : [],
    hardship_step: way.map(([step, day], seq) => ({
      file_id: id,
      seq: seq + 1,
      step,
      on_day: day,
      at: `${day}T02:00:00Z`,
      org_id: unitSteps.includes(step) ? woman.org : centre.org.id,
      account_id: unitSteps.includes(step)
        ? woman.cadre
        : ['open', 'refuse', 'close'].includes(step)
          ? hands.approve.account
          : hands.check.account,
      note: ['returned', 'refuse', 'withdraw'].includes(step)
        ? f.note
        : step === 'close'
          ? f.closedFor
          : null,
    })),
    hardship_kin: kinRows(crypto, id, woman.index, household).map((row) => ({ ...row, is_live: isLive })),
    hardship_inquiry: passed.includes(f.state)
      ? [
          {
            code: codeOf('H', idOf(64, n)),
            file_id: id,
            sheet: idOf(65, n),
            asked_on: on('inquire'),
            asked_by: hands.check.account,
            state: on('fits') ? 'fits' : f.state === 'refused' ? 'differs' : 'waiting',
            answered_on: on('fits') ?? on('refuse'),
            answered_by: (on('fits') ?? on('refuse')) && hands.check.account,
          },
        ]
      : [],
    ...aidRows(f, n, id, woman, centre, hands),
  }
}

function aidRows(f: DemoFile, n: number, id: string, woman: Woman, centre: Actor, hands: Hands) {
  const aids = (f.aids ?? []).map(({ kind, period, amount, paidOn }, at) => ({
    id: idOf(66, n * 10 + at),
    file_id: id,
    person_id: woman.id,
    org_id: woman.org,
    centre_id: centre.org.id,
    kind,
    period,
    amount,
    fund: '区县',
    rule_version: builtInRules.on(hardshipAid, demoToday).version,
    state: paidOn ? 'paid' : 'checked',
    version: paidOn ? 5 : 2,
    asked_on: paidOn ? addDays(paidOn, -10) : '2020-04-13',
    entered_person: woman.cadre,
    checked_person: hands.check.person,
    approved_person: paidOn && hands.approve.person,
    paid_person: paidOn && hands.pay.person,
    paid_on: paidOn,
    receipt_by: paidOn && woman.name,
    receipt_on: paidOn,
  }))
  return {
    hardship_aid: aids,
    hardship_claim: aids.map((aid) => ({
      id_index: bytea(woman.index),
      kind: aid.kind,
      period: aid.period,
      aid_id: aid.id,
    })),
  }
}

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
