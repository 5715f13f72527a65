import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { textHash } from '#person/consent.server.ts'
import { readEntry } from '#person/rules.ts'
import { entryRows, insertInto } from '#person/write.server.ts'
import { demoToday } from '#server/boot.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { idOf, type LoadedTree } from './loadTree.server.ts'
import { demoMembers } from './members.ts'
import { demoPeople } from './people.ts'
import type { OrgSeed } from './tree.ts'

const insertAll = (table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/**
 * Enters the made-up members set-wise, through the rules and seals of the register; the worker of the picker is one of them,
 * with some who looked at her values, a consent, and a colleague whom another unit asks for.
 * @returns how many
 */
export async function loadMembers(
  tx: Tx,
  crypto: CryptoProvider,
  seeds: readonly OrgSeed[],
  tree: LoadedTree,
): Promise<number> {
  const accounts = await rows<{ id: string; login: string; name: string }>(
    tx,
    sql`SELECT id, login, name FROM app.account`,
  )
  const people = demoPeople([...seeds])
  const directors = seeds.flatMap((s) => (s.committee ? [s.committee.director] : []))
  const members = demoMembers(seeds, people, [...accounts.map((a) => a.name), ...directors])
  const made = members.map(({ orgCode, body, login }, n) => {
    const { row, issues } = readEntry(body, demoToday)
    if (row === null) throw new Error(`演示会员无效：${JSON.stringify(issues)} ${JSON.stringify(body)}`)
    const account = login === undefined ? undefined : accounts.find((a) => a.login === login)
    return entryRows({ crypto }, row, tree.ids.get(orgCode)!, account?.id ?? idOf(10, n))
  })
  await insertInto(
    'person',
    made.map((m) => m.person),
  ).execute(tx)
  await insertInto(
    'person_key',
    made.map((m) => m.key),
  ).execute(tx)
  await insertInto(
    'membership',
    made.map((m) => m.membership),
  ).execute(tx)
  const worker = people.find((p) => p.role === 'worker')!
  const cadre = (orgCode: string) => tree.cadres.get(tree.ids.get(orgCode)!)!
  const her = accounts.find((a) => a.login === worker.key)!.id
  await insertAll('person_access', looks(her, tree.ids.get(worker.orgCode)!, cadre(worker.orgCode))).execute(
    tx,
  )
  await insertAll('consent', [consentOf(her)]).execute(tx)
  const elsewhere = people.find((p) => p.key === 'unitInBothLines')!
  const leaving = members.findIndex((m) => m.orgCode === worker.orgCode && m.login === undefined)
  await insertAll('person_request', [
    {
      id: idOf(13, 1),
      kind: 'transfer',
      person_id: made[leaving]!.id,
      from_org: tree.ids.get(worker.orgCode),
      to_org: tree.ids.get(elsewhere.orgCode),
      reason: '三月起到我单位工作，申请转接会籍',
      state: 'open',
      asked_by: cadre(elsewhere.orgCode),
      asked_person: cadre(elsewhere.orgCode),
      asked_at: '2020-04-14T01:20:00Z',
    },
  ]).execute(tx)
  return made.length
}

/** Who looked at the worker's values: her own unit, twice. */
function looks(personId: string, orgId: number, cadre: string): object[] {
  const look = (n: number, at: string, field: string, purpose: string, reason: string) => ({
    id: idOf(11, n),
    person_id: personId,
    at,
    actor_person: cadre,
    account_id: cadre,
    org_id: orgId,
    role: 'cadre',
    field,
    purpose,
    reason,
    request_id: 'demo',
  })
  return [
    look(1, '2020-03-06T01:12:00Z', 'idNumber', 'membership', '换发会员卡，核对证件号码'),
    look(2, '2020-04-09T06:40:00Z', 'phone', 'screening', '电话通知“两癌”筛查时间'),
  ]
}

const consentOf = (personId: string): object => ({
  id: idOf(12, 1),
  person_id: personId,
  purpose: 'screening',
  text_version: consentTexts.screening.version,
  text_hash: textHash('screening'),
  given_on: '2020-04-01',
  given_at: '2020-04-01T02:00:00Z',
  form: 'self',
  with_family: false,
  account_id: personId,
  withdrawn_at: null,
})
