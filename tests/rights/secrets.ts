import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import * as z from 'zod/mini'
import type { Registered } from '#server/route.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { seatHandler, silosAt } from '../support/silos.ts'
import { screeningAt } from '../support/screening.ts'
import { honourPlay } from '../support/honours.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'

/** Words that stand in one secret, and the people of the world who may read them by a GET. */
type Secret = { words: string; readers: string }

/** The people who ask: each unit's relation to U4 and U1 once, each role. */
const askers = [
  'U1',
  'U1b',
  'U4',
  'U4b',
  'U8',
  'S1',
  'D1',
  'D1b',
  'D1x',
  'D2',
  'C',
  'leaderD1',
  'leader',
  'worker',
  'handler',
  'service',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  null,
] as const

/** Who asks what speaks of none of these things: who looks on from above, who reads the audit, nobody. */
const few: readonly (string | null)[] = ['leaderD1', 'auditAdmin', null]

const scope = 'U4 U4b D1 D1b D1x C worker'
const hands = 'U4 U4b D1 D1b'
const nobody = ''
const kin = {
  name: '丹顶鹤之子',
  relation: '子女',
  idNumber: madeUpNumber('2009-02-03', 44),
  health: '健康',
  income: 0,
  school: '丹顶鹤小学',
}
const told = {
  ...household,
  address: '丹顶鹤路 5 号',
  bank: '丹顶鹤银行',
  account: '6222020731000000044',
  story: '丹顶鹤一人抚养孩子',
  furtherCauses: '丹顶鹤之病',
  family: [kin],
}

/** One of each secret of class S3 and above, and of what is told of persons, made over HTTP; ids of things for addresses. */
async function sow(stage: Stage, tx: Tx): Promise<{ secrets: Secret[]; ids: Record<string, string> }> {
  const as = (who: string) => stage.as(who)
  const entry = entryOf(44, { name: '丹顶鹤甲' })
  const person = well(await as('U4').post<{ id: string }>('/api/persons', { body: entry })).id
  await sql`UPDATE app.account SET person_id = ${person}::uuid WHERE id = ${stage.world.person('worker').accountId}::uuid`.execute(
    tx,
  )
  const aid = aidAt(stage)
  await aid.nameAll()
  const { id: file } = well(await aid.apply('U4', person, told))
  well(await aid.step('U4b', file, 'returned', { reason: '丹顶鹤退回说明' }))
  well(await as('U4').put(`/api/hardship/files/${file}`, { version: 2, body: told }))
  well(await aid.step('U4b', file, 'check'))
  well(await aid.step('U4b', file, 'visit', aid.visit))
  well(await as('D1b').post('/api/hardship/inquiries', { ids: [file] }))
  well(await aid.answer(await aid.codeOf(tx, file), '相符'))
  const { id: notice } = well(
    await as('D1b').post<{ id: string }>('/api/hardship/notices', {
      ids: [file],
      title: '拟建立困难职工档案名单',
    }),
  )
  const by = stage.world.person('U4').personId
  await sql`INSERT INTO app.hardship_aid (id, file_id, person_id, org_id, centre_id, kind, period, amount, fund, rule_version, state, asked_on, entered_person, answer)
    VALUES (${randomUUID()}::uuid, ${file}::uuid, ${person}::uuid, ${stage.world.org('U4')}, ${stage.world.org('D1')}, '生活', '2020', 100, '区县', 'x', 'refused',
      '2020-04-16', ${by}::uuid, '丹顶鹤不予发放')`.execute(tx)
  const objection = { line: null, body: '丹顶鹤异议：家有门面出租', contact: '丹顶鹤联系人' }
  const { receipt } = well(
    await stage
      .as(null)
      .post<{ receipt: string }>(`/api/public-notices/${notice}/objections`, objection, { key: null }),
  )
  const complaint = { kind: 'complaint', body: '丹顶鹤投诉哺乳时间' }
  const sent = well(await as('worker').post<{ id: string }>('/api/suggestions', complaint))
  well(await as('C').post(`/api/suggestions/${sent.id}/answer`, { answer: '丹顶鹤答复已责成改正' }))
  const heard = silosAt(stage)
  await seatHandler(tx, stage.world, 'seated', { complaint: 'lead' })
  well(await heard.tell({ body: '丹顶鹤被主管骚扰的经过', contact: '丹顶鹤的电话' }))
  const matter = { kind: 'complaint', reason: '丹顶鹤信访未了', untilOn: '2020-10-16' }
  well(await as('D1').post(`/api/persons/${person}/holds`, matter))
  well(await as('U4').post(`/api/persons/${person}/requests`, { kind: 'erase', reason: '丹顶鹤请求删除' }))
  const rescue = { kind: 'rescue', fields: ['idNumber'], reason: '丹顶鹤在工地昏迷，医院急需核对身份' }
  well(await as('C').post(`/api/persons/${person}/emergencies`, rescue))
  const { id: round } = await screeningAt(stage).opened()
  const honour = honourPlay(stage)
  const campaign = await honour.opened()
  const nomination = await honour.begin('U1', campaign, { name: '丹顶鹤乙', deeds: '丹顶鹤事迹' })
  const intake = randomUUID()
  const book = Buffer.from('姓名,证件号码,起始日期\n丹顶鹤导入的人,1,2018-03-08\n')
  well(await as('U1').upload(`/api/intakes/${intake}?target=person&name=a.csv`, book))
  const address = { kind: 'email', isOn: false, address: 'crane.canary@example.com' }
  await as('U1').put('/api/account/reach', { hour: 9, channels: [address] })
  const secrets: Secret[] = [
    { words: '丹顶鹤甲', readers: scope },
    ...[String(entry['idNumber']), String(entry['phone'])].map((words) => ({ words, readers: nobody })),
    ...[
      told.address,
      told.bank,
      told.account,
      told.story,
      told.furtherCauses,
      kin.name,
      kin.idNumber,
      kin.school,
      '离异',
    ].map((words) => ({ words, readers: nobody })),
    { words: '丹顶鹤退回说明', readers: hands },
    // She herself reads why aid was not given.
    { words: '丹顶鹤不予发放', readers: `${hands} worker` },
    { words: objection.body, readers: 'D1 D1b D1x' },
    { words: objection.contact, readers: 'D1 D1b D1x' },
    { words: complaint.body, readers: 'worker' },
    { words: '丹顶鹤答复已责成改正', readers: 'worker' },
    { words: '丹顶鹤被主管骚扰的经过', readers: nobody },
    { words: '丹顶鹤的电话', readers: nobody },
    { words: matter.reason, readers: 'D1 D1b D1x C' },
    { words: '丹顶鹤请求删除', readers: scope },
    { words: rescue.reason, readers: 'C U4 U4b securityAdmin auditAdmin worker' },
    { words: '丹顶鹤乙', readers: 'U1 U1b' },
    { words: '丹顶鹤事迹', readers: 'U1 U1b' },
    { words: '丹顶鹤导入的人', readers: 'U1' },
    { words: address.address, readers: nobody },
  ]
  const found = await first<{ id: string }>(tx, sql`SELECT id FROM app.record LIMIT 1`)
  return {
    secrets,
    ids: {
      person,
      file,
      round,
      campaign,
      nomination,
      intake,
      notice,
      receipt,
      record: found?.id ?? randomUUID(),
    },
  }
}

/** Whose id a parameter of an address names. */
const namedBy: readonly [prefix: string, thing: string][] = [
  ['/api/persons/', 'person'],
  ['/api/hardship/files/', 'file'],
  ['/api/screening/rounds/', 'round'],
  ['/api/honour-campaigns/', 'campaign'],
  ['/api/honour-nominations/', 'nomination'],
  ['/api/intakes/', 'intake'],
  ['/api/public-notices/', 'notice'],
  ['/api/public-notice-objections/', 'receipt'],
]
const secretKinds = [
  'person',
  'hardship',
  'honour',
  'silo',
  'suggestion',
  'intake',
  'objection',
  'publicNotice',
]

type Schema = { required?: string[]; properties?: Record<string, { enum?: string[]; const?: string }> }

/** An address of a route that answers with content: ids of what was sown, and what its query asks for by its schema. */
function addressOf(route: Registered, ids: Record<string, string>, org: number): string {
  const plain: Record<string, string> = {
    org: String(org),
    year: '2020',
    programme: 'hardship',
    indicator: 'training.sessions',
    part: '3',
    q: '丹',
    after: '0',
    until: '2',
    stream: '1',
  }
  const thing = namedBy.find(([prefix]) => route.url.startsWith(prefix))?.[1]
  const path = route.url.replaceAll(/:(\w+)/g, (_, name: string) =>
    name === 'id' && route.url.startsWith('/api/orgs')
      ? String(org)
      : ((['id', 'receipt'].includes(name) && thing ? ids[thing] : plain[name]) ?? randomUUID()),
  )
  const { required = [], properties = {} } = z.toJSONSchema(route.query, {
    unrepresentable: 'any',
    io: 'input',
  }) as Schema
  const query = required.map((name) => {
    const { enum: words, const: only } = properties[name] ?? {}
    return `${name}=${encodeURIComponent(only ?? words?.[0] ?? plain[name] ?? '1')}`
  })
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}

/**
 * Asks every GET that reveals anything, where it speaks of such things as each person: no answer holds words of a secret that its asker may not read; and each
 * secret that somebody may read is read by somebody, so that an empty answer passes for no proof.
 */
export async function sweep(stage: Stage, tx: Tx): Promise<number> {
  const { secrets, ids } = await sow(stage, tx)
  const faults: string[] = []
  const read = new Set<string>()
  const answered = new Set<string>()
  let asked = 0
  const doors = stage.routes.filter((r) => r.method === 'GET' && r.reveals.length > 0)
  for (const route of doors) {
    const isOfSecrets = route.reveals.some((kind) => secretKinds.includes(kind))
    for (const who of isOfSecrets ? askers : few) {
      const person = who === null ? null : stage.world.person(who)
      const url = addressOf(route, ids, stage.world.org(person?.org ?? 'U4'))
      const { status, raw } = await stage.as(who).get(url)
      asked++
      if (status === 200) answered.add(route.url)
      for (const { words, readers } of secrets) {
        if (!raw.includes(words)) continue
        if (who !== null && readers.split(' ').includes(who)) read.add(words)
        else faults.push(`${who ?? 'nobody'} ${url}: ${words}`)
      }
    }
  }
  expect(faults).toEqual([])
  expect(secrets.filter(({ words, readers }) => readers !== nobody && !read.has(words))).toEqual([])
  const silent = doors.filter(
    (r) => r.reveals.some((kind) => secretKinds.includes(kind)) && !answered.has(r.url),
  )
  // Stories are read while they are published; here none is.
  expect(silent.map((r) => r.url)).toEqual(['/api/honour-roll/stories/:id'])
  return asked
}
