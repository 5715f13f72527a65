import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { condolenceOf, condolenceTerms, type Claim } from '#hardship/condolence.ts'
import { enterCounts } from '#hardship/counts.server.ts'
import { codeOf } from '#hardship/exchange.ts'
import { addDays } from '#kit/day.ts'
import { builtInRules } from '#kit/rule.ts'
import { textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { bytea, sealUnder } from '#person/vault.server.ts'
import { condolence } from '#programmes/hardship/definition.ts'
import type { Tx } from '#server/database.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import { insert, type Hands, type Woman } from './hardshipRows.server.ts'
import { idOf } from './loadTree.server.ts'

const fund = '市总'
const askedOn = '2020-03-02'
const sentOn = '2020-03-24'
const paidOn = '2020-03-27'
/** One more than are needed for the figure to be told, and one who waits for the centre. */
const paid = 12

/** What it cost each, made up: below, at and above the most that is given back. */
const claimOf = (n: number): Claim => ({
  seenOn: askedOn,
  ownPaid: 3200 + 900 * n,
  mutual: 500 + 50 * n,
  serious: n % 3 === 0 ? 800 : 0,
  bank: '演示银行',
  account: `62220000000000${String(20_000 + n)}`,
})

/** Condolence money of one aid centre: a batch that the bank has paid, and one application that waits for approval. */
export async function loadCondolence(
  deps: { catalogue: Catalogue; today: () => string },
  tx: Tx,
  crypto: CryptoProvider,
  work: UnitOfWork,
  women: readonly Woman[],
  hands: Hands,
): Promise<void> {
  const { value: terms, version } = builtInRules.on(condolenceTerms, askedOn)
  const centre = work.actor.org
  const batch = idOf(67, 0)
  const made = women.slice(0, paid + 1).map((woman, n) => {
    const id = idOf(68, n)
    const claim = claimOf(n)
    const isPaid = n < paid
    return {
      woman,
      aid: {
        id,
        person_id: woman.id,
        org_id: woman.org,
        centre_id: centre.id,
        kind: condolence,
        period: terms.plan,
        amount: condolenceOf(claim, terms),
        fund,
        rule_version: version,
        state: isPaid ? 'paid' : 'checked',
        version: isPaid ? 5 : 2,
        asked_on: isPaid ? askedOn : '2020-04-14',
        entered_person: woman.cadre,
        checked_person: hands.check.person,
        approved_person: isPaid ? hands.approve.person : null,
        paid_person: isPaid ? hands.pay.person : null,
        paid_on: isPaid ? paidOn : null,
        receipt_by: isPaid ? woman.name : null,
        receipt_on: isPaid ? addDays(paidOn, 3) : null,
        claim: bytea(
          sealUnder(crypto, woman.id, woman.wrapped, {
            at: { table: 'hardship_aid', column: 'claim', id },
            text: JSON.stringify(claim),
          }),
        ),
      },
    }
  })
  const lines = made.filter(({ aid }) => aid.state === 'paid').map(({ aid }) => aid)
  await insert(
    tx,
    'consent',
    made.map(({ woman, aid }, n) => ({
      id: idOf(69, n),
      person_id: woman.id,
      purpose: 'condolence',
      text_version: consentTexts.condolence.version,
      text_hash: textHash('condolence'),
      given_on: aid.asked_on,
      given_at: `${aid.asked_on}T02:00:00Z`,
      form: 'paper',
      with_family: false,
      account_id: woman.cadre,
      withdrawn_at: null,
    })),
  )
  await insert(
    tx,
    'hardship_aid',
    made.map(({ aid }) => aid),
  )
  await insert(
    tx,
    'hardship_claim',
    made.map(({ woman, aid }) => ({
      id_index: bytea(woman.index),
      kind: aid.kind,
      period: aid.period,
      aid_id: aid.id,
    })),
  )
  await insert(tx, 'hardship_batch', [
    {
      id: batch,
      no: `${centre.code}-F2020-0001`,
      org_id: centre.id,
      kind: condolence,
      fund,
      made_on: sentOn,
      made_by: hands.pay.account,
      made_person: hands.pay.person,
    },
  ])
  await insert(
    tx,
    'hardship_line',
    lines.map(({ id, amount }) => ({
      code: codeOf('B', id),
      batch_id: batch,
      aid_id: id,
      amount,
      state: 'paid',
      answered_on: paidOn,
      answered_by: hands.pay.account,
    })),
  )
  const sum = lines.reduce((all, { amount }) => all + amount, 0)
  await enterCounts(
    deps,
    tx,
    work,
    [hands.check.person],
    `${condolence}发放`,
    {
      matter: '发放',
      aidKind: condolence,
      fund,
      times: lines.length,
      helped: lines.length,
      amount: Math.round(sum * 100) / 100,
    },
    paidOn,
  )
}
