import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../support/client.ts'
import { peek, playOn, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Play = ReturnType<typeof playOn>
const verbs = ['withdraw', 'return', 'pass', 'accept', 'handOver', 'void', 'edit', 'correct'] as const
type Verb = (typeof verbs)[number]

/**
 * What comes of each verb for each person: the next state (with whose turn), `+` a proposal that waits, or the refusal.
 * U1's record goes S1 → D1; U6 reports to I1 and is seen by S1; U4's cadre holds a second post in D1; the city's own
 * record needs its second person. Nobody edits but the owner, nobody accepts but the accepting unit.
 */
const tables: [string, (play: Play) => Promise<Written>, string][] = [
  [
    'waits at the sub-district, which passes on',
    (play) => play.submit('U1'),
    `             withdraw  return       pass          accept  handOver      void   edit   correct
      U1           withdrawn     403.1         403.1         403.1         403.1         409.2         409.2         409.2
      U1b          withdrawn     403.1         403.1         403.1         403.1         409.2         409.2         409.2
      S1           403.1         returned      submitted@D1  403.1         submitted@D1  403.1         403.1         403.1
      S1b          403.1         returned      submitted@D1  403.1         submitted@D1  403.1         403.1         403.1
      D1           403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1
      C            403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1
      U2           404.1     404.1        404.1         404.1   404.1         404.1  404.1  404.1
      D2           404.1     404.1        404.1         404.1   404.1         404.1  404.1  404.1
      leaderD1     403.1     403.1        403.1         403.1   403.1         403.1  403.1  403.1
      worker       403.1     403.1        403.1         403.1   403.1         403.1  403.1  403.1
      systemAdmin  403.1     403.1        403.1         403.1   403.1         403.1  403.1  403.1`,
  ],
  [
    'waits at the district, which accepts',
    async (play) => play.mustAct('S1', await play.submit('U1'), { action: 'pass' }),
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      U1           withdrawn     403.1         403.1         403.1         403.1         409.2         409.2         409.2
      S1           403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1
      D1           403.1         returned      403.1         accepted      submitted@S1  403.1         403.1         403.1
      C            403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1`,
  ],
  [
    'returned',
    async (play) => play.giveBack('S1', await play.submit('U1')),
    `             withdraw  return       pass          accept   handOver      void   edit          correct
      U1           409.2         409.2         409.2         409.2         409.2         409.2         submitted@S1  409.2
      U1b          409.2         409.2         409.2         409.2         409.2         409.2         submitted@S1  409.2
      S1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1
      D1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1
      U2           404.1     404.1        404.1         404.1    404.1         404.1  404.1         404.1`,
  ],
  [
    'withdrawn',
    async (play) => play.mustAct('U1', await play.submit('U1'), { action: 'withdraw' }),
    `             withdraw  return       pass          accept   handOver      void   edit          correct
      U1           409.2         409.2         409.2         409.2         409.2         409.2         submitted@S1  409.2
      S1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1`,
  ],
  [
    'accepted',
    accepted,
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      U1           409.2         409.2         409.2         409.2         409.2         +             409.2         +
      U1b          409.2         409.2         409.2         409.2         409.2         +             409.2         +
      S1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1
      D1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1
      C            403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1
      U2           404.1     404.1        404.1         404.1    404.1         404.1  404.1  404.1`,
  ],
  [
    'accepted, with a request to void under review',
    async (play) => play.mustAct('U1', await accepted(play), { action: 'void', reason: '重复填报' }),
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      U1           409.2         409.2         409.2         409.2         409.2         409.8         409.2         409.8
      D1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1`,
  ],
  [
    'voided',
    async (play) => {
      const record = await accepted(play)
      await play.mustAct('U1', record, { action: 'void', reason: '重复填报' })
      const seen = await stage
        .as('D1')
        .get<{ pending: { id: string }[] }>(`/api/records/training/${record.id}`)
      const decision = { verdict: 'accept', sequence: 1 }
      return (
        await stage.as('D1').post<Written>(`/api/proposals/${seen.body.pending[0]!.id}/decision`, decision)
      ).body
    },
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      U1           409.2         409.2         409.2         409.2         409.2         409.2         409.2         409.2
      D1           403.1         409.2         409.2         409.2         409.2         403.1         403.1         403.1`,
  ],
  [
    'is seen through the view line',
    (play) => play.submit('U6'),
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      I1           403.1         returned      403.1         accepted      422.4         403.1         403.1         403.1
      S1           403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1
      D1           403.1         403.1         403.1         403.1         403.1         403.1         403.1         403.1
      S2           404.1     404.1        404.1         404.1    404.1         404.1  404.1  404.1`,
  ],
  [
    'waits at the other post of who submitted it',
    (play) => play.submit('U4'),
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      D1x          403.1         422.7         422.7         422.7         422.7         403.1         403.1         403.1
      D1           403.1         returned      403.1         accepted      422.4         403.1         403.1         403.1`,
  ],
  [
    'belongs to the unit that accepts it',
    (play) => play.submit('C'),
    `             withdraw  return       pass          accept   handOver      void   edit   correct
      C            withdrawn     422.7         422.7         422.7         422.7         409.2         409.2         409.2
      Cb           withdrawn     returned      403.1         accepted      422.4         409.2         409.2         409.2`,
  ],
]

async function accepted(play: Play): Promise<Written> {
  return play.mustAct('D1', await play.mustAct('S1', await play.submit('U1'), { action: 'pass' }), {
    action: 'accept',
  })
}

async function tryVerb(play: Play, who: string, verb: Verb, record: Written): Promise<string> {
  const elsewhere = record.turnOf?.code === 'D1' ? 'S1' : 'D1'
  const given = {
    action: verb,
    version: record.version,
    reason: '理由',
    remarks: [{ field: 'title', body: '请改' }],
    toOrg: stage.world.org(elsewhere),
  }
  const { status, body } =
    verb === 'edit' || verb === 'correct'
      ? await play.propose(who, verb === 'edit' ? 'draft' : 'correction', record)
      : await play.act(who, record.id, given)
  if (status !== 200) return body.code
  if (body.state === record.state && body.version === record.version) return '+'
  return body.turnOf ? `${body.state}@${body.turnOf.code}` : body.state
}

type Button = { action: Verb; disabled: string | null }

describe.each(tables)('a record that %s', (_, set, table) => {
  const [, ...rows] = table.split('\n').map((line) => line.trim().split(/\s+/))
  const cells = rows.flatMap(([who, ...row]) => row.map((cell, at) => `${who} ${verbs[at]}: ${cell}`))

  it('answers each verb of each person as written', () =>
    stage.trial(async (tx) => {
      const play = playOn(stage.as)
      const record = await set(play)
      const found: string[] = []
      for (const [who] of rows) {
        for (const verb of verbs) {
          found.push(`${who} ${verb}: ${await peek(tx, () => tryVerb(play, who!, verb, record))}`)
        }
      }
      expect(found).toEqual(cells)
    }))

  it('shows exactly the buttons that would work', () =>
    stage.trial(async () => {
      const record = await set(playOn(stage.as))
      for (const [who, ...row] of rows) {
        const { status, body } = await stage
          .as(who!)
          .get<{ actions: Button[] }>(`/api/records/training/${record.id}`)
        const working = verbs.filter((_, at) => !/^\d/.test(row[at]!))
        const shown =
          status === 200 ? body.actions.filter((b) => b.disabled === null).map((b) => b.action) : []
        expect([who, verbs.filter((v) => shown.includes(v))]).toEqual([who, working])
      }
    }))
})
