import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChangeAct, ChangeLine } from '#org/change/api.ts'
import type { PersonList, PersonRequest } from '#person/api.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { inboxOf } from '../support/inbox.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let cards: ReturnType<typeof inboxOf>['cards']
beforeAll(async () => {
  stage = await openStage()
  ;({ cards } = inboxOf(stage))
})
afterAll(() => stage.close())

const org = (code: string) => stage.world.org(code)
const changes = '/api/org-changes'
const decideChange = async (who: string, act: ChangeAct) => {
  const [line] = well(await stage.as(who).get<{ rows: ChangeLine[] }>(changes)).rows
  const body = { act, version: line!.version, reason: '核对' }
  well(await stage.as(who).post<Refusal>(`${changes}/${line!.id}/decision`, body))
}
/** Merges a unit into another; `sides` are whoever has to agree besides the city. */
async function merge(gone: string, into: string, ...sides: string[]): Promise<void> {
  const plan = { kind: 'merge', orgId: org(gone), intoId: org(into), fromYm: 202004, docNo: '示例' }
  well(await stage.as('C').post(changes, plan))
  for (const side of sides) await decideChange(side, 'consent')
  await decideChange('Cb', 'do')
}

/** A member of one unit whom another asks for. */
async function asked(holder: string, asker: string): Promise<string> {
  const { idKind, idNumber, name } = entryOf(1)
  well(await stage.as(holder).post('/api/persons', { body: entryOf(1) }))
  const body = { idKind, idNumber, name, reason: '到我单位工作' }
  well(await stage.as(asker).post('/api/persons/transfers', body))
  const [request] = await requests(holder)
  return request!.id
}
const requests = async (who: string) => well(await stage.as(who).get<PersonRequest[]>('/api/person-requests'))
const decide = (who: string, id: string, verdict: 'accept' | 'refuse') =>
  stage.as(who).post<Refusal>(`/api/person-requests/${id}/decision`, { verdict, answer: '已核对' })
const held = async (who: string) =>
  well(await stage.as(who).get<PersonList>('/api/persons')).rows.map((p) => p.name)

it.each([
  ['accept', 'done'],
  ['refuse', 'refused'],
] as const)('what is decided after a merger keeps the unit that decided: %s', (verdict, state) =>
  stage.trial(async () => {
    const id = await asked('U1', 'U5')
    await merge('U1', 'U2', 'S1')
    well(await decide('U2', id, verdict))
    const [own] = await requests('U5')
    expect([own!.id, own!.state, own!.fromOrg.code]).toEqual([id, state, 'U2'])
  }),
)

it('nobody goes to a unit that is no more: it can only be refused', () =>
  stage.trial(async (tx) => {
    const id = await asked('U1', 'U5')
    await sql`UPDATE app.org SET closed_on = '2020-04-01' WHERE id = ${org('U5')}`.execute(tx)
    const refused = await decide('U1', id, 'accept')
    expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('已经撤销')])
    expect(await held('U1')).toEqual([entryOf(1)['name']])
    well(await decide('U1', id, 'refuse'))
    expect((await requests('U1')).map((r) => r.state)).toEqual(['refused'])
  }))

it.each([
  ['of the asker into the holder', 'U5', 'U1', 'U1'],
  ['of the holder into the asker', 'U1', 'U5', 'U5'],
])('a merger %s ends what was asked, and its undoing opens it again', (_, gone, into, one) =>
  stage.trial(async () => {
    const id = await asked('U1', 'U5')
    await merge(gone, into, 'S1', 'S3')
    const [ended] = await requests(one)
    expect([ended!.id, ended!.state, ended!.answer]).toEqual([id, 'done', expect.stringContaining('合并')])
    expect([await cards(one, 'review'), await cards(one, 'mine')]).toEqual([[], []])
    expect((await decide(one, id, 'accept')).status).toBe(409)
    expect(await held(one)).toEqual([entryOf(1)['name']])
    await decideChange('C', 'undo')
    const [open] = await requests('U1')
    expect([open!.id, open!.state, open!.answer, open!.mayNot]).toEqual([id, 'open', null, null])
    well(await decide('U1', id, 'accept'))
    expect([await held('U1'), await held('U5')]).toEqual([[], [entryOf(1)['name']]])
  }),
)

it('a merger of others leaves open what was asked', () =>
  stage.trial(async () => {
    const id = await asked('U1', 'U5')
    await merge('U2', 'U1', 'S1')
    expect((await requests('U5')).map((r) => [r.id, r.state])).toEqual([[id, 'open']])
  }))
