import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { kinRows } from '#hardship/apply.server.ts'
import { codeOf } from '#hardship/exchange.ts'
import type { Household } from '#hardship/household.ts'
import { judge, type Judged } from '#hardship/judge.ts'
import { hardshipAid, hardshipCategories } from '#hardship/rules.ts'
import type { Actor } from '#identity/actor.ts'
import { addDays } from '#kit/day.ts'
import { builtInRules } from '#kit/rule.ts'
import { textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import type { Tx } from '#server/database.server.ts'
import { bytea, sealUnder } from '#person/vault.server.ts'
import { demoToday } from '#server/boot.server.ts'
import { plainHousehold, type DemoFile } from './hardshipTexts.ts'
import { idOf } from './loadTree.server.ts'
import { numberOf } from './members.ts'

export const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

export type Woman = {
  id: string
  name: string
  unit: string
  org: number
  wrapped: Buffer
  index: Buffer
  cadre: string
}
export type Hand = { person: string; account: string }
export type Row = Record<string, unknown>

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

export const tables = [
  'consent',
  'hardship_file',
  'hardship_result',
  'hardship_step',
  'hardship_kin',
  'hardship_inquiry',
  'hardship_aid',
  'hardship_claim',
] as const
export type Made = Record<(typeof tables)[number], Row[]> & { woman: Woman; file: DemoFile; id: string }
export type Hands = Record<'check' | 'approve' | 'pay', Hand>

/** The rows of one file, sealed under the key of the woman, through the rules of the day. */
export function rowsOf(
  crypto: CryptoProvider,
  f: DemoFile,
  n: number,
  woman: Woman,
  centre: Actor,
  hands: Hands,
): Made {
  const id = idOf(61, n)
  const told: Household = { ...plainHousehold, ...f.changes }
  const household: Household = {
    ...told,
    account: `62220000000000${String(10_000 + n)}`,
    family: told.family.map((kin, at) => ({
      ...kin,
      name: woman.name[0]! + kin.name,
      idNumber: numberOf(kin.idNumber, 100 + 10 * n + 2 * at),
    })),
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
        with_family: false,
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
