import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide } from '#identity/decide.ts'
import { policy } from '#identity/policy.ts'
import { findEntrance } from '#identity/session.server.ts'
import type { RunningState } from '#running/api.ts'
import type { Mode } from '#running/modes.ts'
import { passes } from '#running/passes.ts'
import type { Tx } from '#server/database.server.ts'
import { intakeCommand } from '#server/intakeCommand.server.ts'
import type { Registered } from '#server/route.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { body, type Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const asked = {
  mode: 'readonly',
  fromOn: today,
  reason: '并入省级平台',
  successor: 'https://new.example.cn/',
  whither: '数据移交省总工会档案室',
  contact: '0411-00000000',
}
const ask = (changes: object = {}) =>
  stage.as('systemAdmin').post<Refusal & { id: string }>('/api/running', { ...asked, ...changes })
const decideOn = (id: string, isGranted: boolean, who = 'securityAdmin') =>
  stage.as(who).post<Refusal>(`/api/running/${id}/decision`, { isGranted })
const granted = async (changes: object = {}) => {
  const made = await ask(changes)
  expect(made.status).toBe(200)
  expect((await decideOn(made.body.id, true)).status).toBe(200)
}
const notice = async () => (await stage.as(null).get<{ running: RunningState }>('/api/sign-in')).body.running
const enter = () => stage.as('U1').post<Refusal>('/api/records/training', { body: body() })

/** The state as it stands after the two administrators acted. */
const put = (tx: Tx, mode: Mode) =>
  sql`INSERT INTO app.running_change (id, mode, from_on, reason, successor, whither, contact, asked_by, decided_by, decided_at, is_granted)
    VALUES (${randomUUID()}::uuid, ${mode}, ${today}::date, '并入省级平台', 'https://new.example.cn/', '省总工会', '0411-00000000',
      ${stage.world.person('systemAdmin').accountId}::uuid, ${stage.world.person('securityAdmin').accountId}::uuid, clock_timestamp(), true)`.execute(
    tx,
  )

const people = [
  'U1',
  'D1',
  'C',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'service',
]

const known = new Map<string, string>()

/** Somebody whom the door of a route lets in. */
async function whoMay(route: Registered): Promise<string | null> {
  if (policy[route.policy] === 'public') return null
  const found = known.get(route.policy)
  if (found !== undefined) return found
  for (const who of people) {
    const request = { cookies: { '__Host-sid': stage.world.person(who).token }, id: 'test' } as never
    const { actor } = await findEntrance(stage.world.deps.db, request)
    if (!decide(actor, route.policy).allow) continue
    known.set(route.policy, who)
    return who
  }
  throw new Error(`nobody may ${route.policy}`)
}

/** A call that names nothing that exists: whether it is served is told before anything of it is read. */
async function knock(route: Registered): Promise<string> {
  const url = route.url.replace(':programme', 'training').replace(/:(\w+)/g, () => randomUUID())
  const { body: said } = await stage.as(await whoMay(route)).call<Refusal>(route.method, url)
  return said.code ?? ''
}

const notRunning = '403.15'

describe.each<Mode>(['readonly', 'closed'])('while the platform is %s', (mode) => {
  it('every route is refused but those that the rule lets pass', async () => {
    let refused = 0
    let served = 0
    for (const route of stage.routes) {
      const isServed = passes(mode, route)
      await stage.trial(async (tx) => {
        await put(tx, mode)
        const code = await knock(route)
        expect(`${route.method} ${route.url} ${code === notRunning ? 'refused' : 'served'}`).toBe(
          `${route.method} ${route.url} ${isServed ? 'served' : 'refused'}`,
        )
      })
      if (isServed) served++
      else refused++
    }
    expect(refused).toBeGreaterThan(mode === 'readonly' ? 70 : 150)
    expect(served).toBeGreaterThan(40)
  })
})

describe('what passes while nothing may be changed', () => {
  it('is what lets people in and out, their own rights, readings and the switch', () => {
    const may = stage.routes.filter((r) => r.method !== 'GET' && passes('readonly', r))
    const changing = may.filter(({ policy: p }) => !/^(session|account|access|audit|emergency)\./.test(p))
    expect(changing.map((r) => `${r.method} ${r.url}`).sort()).toEqual([
      'DELETE /api/exports/:id',
      'DELETE /api/persons/:id/consents/:purpose',
      'DELETE /api/running/:id',
      'POST /api/care-rooms/:id/card',
      'POST /api/certificates/pdf',
      'POST /api/contracts/:id/papers/:kind',
      'POST /api/emergencies/:id/open',
      'POST /api/exports',
      'POST /api/exports/:id/second',
      'POST /api/exports/full',
      'POST /api/figures/proof',
      'POST /api/messages/read',
      'POST /api/my/erasure',
      'POST /api/my/export',
      'POST /api/my/reveals',
      'POST /api/person-requests/:id/decision',
      'POST /api/persons/:id/emergencies',
      'POST /api/persons/:id/reveals',
      'POST /api/persons/check',
      'POST /api/records/:programme/:id/forms/:form',
      'POST /api/records/:programme/check',
      'POST /api/rules/:key/preview',
      'POST /api/running',
      'POST /api/running/:id/decision',
      'POST /api/silos/:id/look',
      'POST /api/tasks/:id/workbook',
      'POST /api/tasks/burden',
      'POST /api/tell/look',
      'POST /api/tell/units',
      'PUT /api/my/consents/:purpose',
    ])
    expect(may.filter(({ policy: p }) => p === 'account.manage' || p === 'account.away')).toEqual([])
  })
})

describe('the state of the platform', () => {
  it('is asked for by one, given by another, told to everybody, and holds from its day', () =>
    stage.trial(async () => {
      const made = await ask({ fromOn: '2020-05-01' })
      expect(made.status).toBe(200)
      expect((await notice()).ahead).toBeNull()
      expect((await ask()).body.code).toBe('409.115')
      expect((await decideOn(made.body.id, true, 'systemAdmin')).status).toBe(403)
      expect((await decideOn(made.body.id, true)).status).toBe(200)
      expect(await notice()).toEqual({
        mode: 'open',
        change: null,
        ahead: { ...asked, fromOn: '2020-05-01' },
      })
      expect((await enter()).status).toBe(200)
      const box = await stage.as('U1').get<{ rows: { subject: string }[] }>('/api/messages')
      expect(box.body.rows[0]!.subject).toBe('平台自2020年5月1日起只读，请提前办完手头的事')
      await granted({ mode: 'open' })
      expect((await notice()).ahead).toBeNull()
    }))

  it('refuses with day, reason, new address and contact, and lets read', () =>
    stage.trial(async () => {
      await granted()
      const refused = await enter()
      expect([refused.status, refused.body.code]).toEqual([403, notRunning])
      for (const word of ['2020年4月16日', asked.reason, asked.successor, asked.contact])
        expect(refused.body.message).toContain(word)
      expect((await stage.as('U1').get('/api/records/training')).status).toBe(200)
      expect((await stage.as('U1').del('/api/session', { key: null })).status).toBe(200)
    }))

  it('takes nothing in from the command line either', () =>
    stage.trial(async (tx) => {
      await put(tx, 'readonly')
      const said: string[] = []
      const io = {
        out: (t: string) => void said.push(t),
        err: (t: string) => void said.push(t),
        cwd: '.',
        user: 'x',
      }
      const argv = ['import', 'training', 'package.json', '--as', 'U1']
      expect(await intakeCommand(stage.world.deps, argv, io)).toBe(1)
      expect(said.join('')).toContain('起只读（并入省级平台）')
    }))

  it('closes only after it was read only, and comes back', () =>
    stage.trial(async (tx) => {
      const early = await ask({ mode: 'closed' })
      expect(early.body.issues).toEqual([
        { field: 'mode', message: expect.stringContaining('请先转为“只读”') },
      ])
      await granted()
      await granted({ mode: 'closed', fromOn: '2020-04-20' })
      expect((await notice()).ahead?.mode).toBe('closed')
      await put(tx, 'closed')
      expect((await stage.as('U1').get<Refusal>('/api/records/training')).body.code).toBe(notRunning)
      const me = await stage.as('U1').get<{ running: RunningState }>('/api/me')
      expect([me.status, me.body.running.mode]).toEqual([200, 'closed'])
      expect((await stage.as('worker').get('/api/my')).status).toBe(200)
      expect((await stage.as('systemAdmin').get('/api/accounts')).status).toBe(200)
      await granted({ mode: 'readonly', fromOn: '2020-04-17' })
      expect((await notice()).ahead?.mode).toBe('readonly')
    }))

  it('is refused by the second person, or taken back by the first', () =>
    stage.trial(async () => {
      const made = await ask()
      expect((await decideOn(made.body.id, false)).status).toBe(200)
      expect((await decideOn(made.body.id, true)).status).toBe(404)
      const other = await ask()
      expect((await stage.as('systemAdmin').del(`/api/running/${other.body.id}`)).status).toBe(200)
      const seen = await stage.as('auditAdmin').get<RunningState>('/api/running')
      expect(seen.body.rows.map(({ isGranted }) => isGranted)).toEqual([false, false])
      expect(seen.body.mode).toBe('open')
      expect((await stage.as('C').get('/api/running')).status).toBe(403)
    }))

  it('is not given any more when its day has passed', () =>
    stage.trial(async () => {
      const made = await ask()
      const { deps } = stage.world
      const before = deps.today
      deps.today = () => '2020-04-17'
      try {
        expect((await decideOn(made.body.id, true)).body.code).toBe('409.116')
      } finally {
        deps.today = before
      }
    }))

  it.each<[string, object, string, string]>([
    ['a day that is over', { fromOn: '2020-04-15' }, 'fromOn', '起始日期不能早于今天（2020-04-16）'],
    ['a day that is none', { fromOn: '2020-02-30' }, 'fromOn', '起始日期不是有效日期，请重新选择'],
    ['no reason', { reason: ' ' }, 'reason', '请写明原因，至少 4 个字，大家都会看到'],
    [
      'an address that is none',
      { successor: 'javascript:alert(1)' },
      'successor',
      '新平台地址要以 http:// 或 https:// 开头；还没有的话请留空',
    ],
    ['nobody to ask', { contact: '' }, 'contact', '请留下联系电话或办公地点，有事好找人'],
    [
      'an end that says not where the data goes',
      { mode: 'closed', whither: '' },
      'whither',
      '请写明数据移交到哪里、由谁保管',
    ],
    ['a state that holds already', { mode: 'open' }, 'mode', '届时平台本来就是“正常运行”，不用变更'],
  ])('is not asked for with %s', (_, changes, field, message) =>
    stage.trial(async () => {
      const found = await ask(changes)
      expect([found.status, found.body.issues]).toEqual([422, expect.arrayContaining([{ field, message }])])
    }),
  )
})
