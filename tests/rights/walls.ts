import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inTransaction, rows, type Context } from '#server/database.server.ts'
import type { Client } from '../support/client.ts'
import { aidAt, well } from '../support/hardship.ts'
import { childcareAt } from '../support/childcare.ts'
import { screeningAt } from '../support/screening.ts'
import { honourPlay } from '../support/honours.ts'
import type { Native } from '../support/native.ts'
import { today, type World } from '../support/world.ts'

type Standing = { native: Native; world: World; client: Client }
export type Made = { file: string; person: string; campaign: string; nomination: string; batch: string }

/** A woman of U4 in hardship, helped and paid, who is the world's worker; somebody of U1 nominated, listed and judged by D2. */
export async function makeSecrets({ native, world, client }: Standing): Promise<Made> {
  const aid = aidAt({ as: client.as, world })
  await aid.nameAll()
  const person = await aid.woman(1)
  const { id: file, batchId: batch } = await aid.at.helped(native.owner, person)
  world.deps.today = () => today
  const { accountId } = world.person('worker')
  await sql`UPDATE app.account SET person_id = ${person}::uuid WHERE id = ${accountId}::uuid`.execute(
    native.owner,
  )
  await screeningAt({ world, as: client.as }).followed(person)
  const childcare = childcareAt({ world, as: client.as })
  await childcare.safe(await childcare.approved())
  const honour = honourPlay({ world, as: client.as })
  const campaign = await honour.opened()
  const nomination = await honour.listed('U1', campaign)
  await honour.begin('U1', campaign)
  well(await honour.judge(campaign))
  well(await honour.onDay('2020-05-16', () => honour.score('D2', nomination)))
  await sql`INSERT INTO app.honour_story (district_id, id, org_id, record_id, honoree, title, body, written_by)
    SELECT n.district_id, gen_random_uuid(), ${world.org('D1')}, n.id, n.name, '她的一天', '带班二十年', n.submitted_by FROM app.honour_nomination n`.execute(
    native.owner,
  )
  return { file, person, campaign, nomination, batch }
}

/** The second wall before hardship and honours: what a statement without WHERE sees, and what a forged one may write. */
export function walls(standing: () => Standing): void {
  const native = {
    get owner() {
      return standing().native.owner
    },
    get app() {
      return standing().native.app
    },
  }
  const world = {
    person: (who: string) => standing().world.person(who),
    org: (code: string) => standing().world.org(code),
  }

  /** The honest context of a person's request, or a part of it. */
  async function contextOf(who: string, changes: Partial<Context> = {}): Promise<Context> {
    const { org, token } = world.person(who)
    const [own] = await rows<{ code: string }>(
      native.owner,
      sql`SELECT scope_code AS code FROM app.org WHERE id = ${world.org(org)}`,
    )
    return { scopeCode: own!.code, unit: world.org(org), token, ...changes }
  }
  const asks = [
    'U1',
    'U1b',
    'U2',
    'U4',
    'U4b',
    'U8',
    'S1',
    'D1',
    'D1b',
    'D1x',
    'D2',
    'I1',
    'I2',
    'C',
    'Cb',
    'leaderD1',
    'leader',
    'worker',
    'handler',
    'systemAdmin',
    'securityAdmin',
    'auditAdmin',
    'service',
  ] as const
  const seen = async (context: Context, table: string): Promise<number> => {
    const [found] = await inTransaction(native.app, context, (tx) =>
      rows<{ n: number }>(tx, sql.raw(`SELECT count(*)::int AS n FROM app.${table}`)),
    )
    return found!.n
  }
  /** Who of all sees anything of a table, told by hand from what each is for. */
  const seers = async (table: string): Promise<string> => {
    const found: string[] = []
    for (const who of asks) if ((await seen(await contextOf(who), table)) > 0) found.push(who)
    return found.join(' ')
  }

  const hands = 'U4 U4b D1 D1b worker'
  it.each([
    ['hardship_file', hands],
    ['hardship_result', hands],
    ['hardship_step', hands],
    ['hardship_kin', hands],
    ['hardship_inquiry', hands],
    ['hardship_aid', hands],
    ['hardship_claim', hands],
    ['hardship_line', 'D1 D1b worker'],
    ['hardship_batch', 'D1 D1b'],
    // Who is named is no secret to cadres above.
    ['hardship_handler', 'U4 U4b D1 D1b D1x C Cb'],
    // A round by cadres below and above its owner; who came by her own union and the named; who is to call by the named and herself.
    ['screening_round', 'U1 U1b U2 U4 U4b S1 D1 D1b D1x C Cb'],
    ['screening_day', 'U1 U1b U2 U4 U4b S1 D1 D1b D1x C Cb'],
    ['screening_allotment', 'U4 U4b D1 D1b D1x C Cb'],
    ['screening_handler', 'D1 D1b D1x'],
    ['screening_entry', 'U4 U4b D1b worker'],
    ['screening_follow', 'D1b worker'],
    // Who works in a class is known to its unit; whoever stands above counts.
    ['childcare_staff', 'U1 U1b'],
    // What was sent up once by cadres of its scope; the walls of what hangs on it are those of the class.
    ['childcare_class', 'U1 U1b S1 D1 D1b D1x C Cb'],
    ['childcare_paper', 'U1 U1b S1 D1 D1b D1x C Cb'],
    ['childcare_step', 'U1 U1b S1 D1 D1b D1x C Cb'],
    // Cadres and leaders of her scope, and the jury, wherever its units stand.
    ['honour_nomination', 'U1 U1b S1 D1 D1b D1x D2 I1 I2 C Cb leaderD1 leader'],
    ['honour_opinion', 'U1 U1b S1 D1 D1b D1x D2 I1 I2 C Cb leaderD1 leader'],
    // Her own alone, as long as it is judged.
    ['honour_score', 'D2'],
    ['honour_story', 'D1 D1b D1x'],
  ])('without WHERE %s is seen by %s alone', async (table, who) => {
    const [there] = await rows<{ n: number }>(
      native.owner,
      sql.raw(`SELECT count(*)::int AS n FROM app.${table}`),
    )
    expect(there!.n).toBeGreaterThan(0)
    expect(await seers(table)).toBe(who)
  })

  it('what a unit is still writing no juror sees', async () => {
    const found = await Promise.all(
      ['U1', 'D1', 'D2', 'I1'].map(async (who) => seen(await contextOf(who), 'honour_nomination')),
    )
    expect(found).toEqual([2, 2, 1, 1])
  })

  const sealed = ['file', 'result', 'step', 'kin', 'inquiry', 'aid', 'claim', 'batch', 'line', 'handler'].map(
    (t) => `hardship_${t}`,
  )
  const personal = [
    ...['class', 'paper', 'staff', 'step'].map((t) => `childcare_${t}`),
    'honour_nomination',
    'honour_opinion',
    'honour_score',
    'honour_story',
    ...['entry', 'follow', 'handler'].map((t) => `screening_${t}`),
  ]
  it.each([
    ['no token', { token: null }, 'D1'],
    ['a wrong token', { token: 'not-a-token' }, 'D1'],
    ["another unit's scope", { scopeCode: '0001' }, 'D1'],
    ["another person's scope and unit", null, 'U2'],
  ])('a context with %s opens none of them', async (_, changes, who) => {
    const forged = changes ?? { scopeCode: (await contextOf('D1')).scopeCode, unit: world.org('D1') }
    for (const table of [...sealed, ...personal])
      expect([table, await seen(await contextOf(who, forged), table)]).toEqual([table, 0])
  })

  it('a unit that a statement has set for itself opens no file where she is not named', async () => {
    for (const [who, unit] of [
      ['U1', 'U4'],
      ['S1', 'U4'],
      ['C', 'D1'],
      ['D1x', 'U4'],
      ['U4', 'D1'],
      ['D2', 'D1'],
    ] as const) {
      // U4's cadre is named in U4, and acts there in whichever post: what she handles she may see.
      const own = who === 'D1x' ? 1 : 0
      expect([who, await seen(await contextOf(who, { unit: world.org(unit) }), 'hardship_file')]).toEqual([
        who,
        own,
      ])
    }
  })

  /** `done` or the SQLSTATE; nothing stays. */
  async function outcome(
    who: string,
    statement: string,
    changes: Partial<Context> = {},
  ): Promise<string | number> {
    const undone = new Error('undone')
    let count = 0
    return inTransaction(native.app, await contextOf(who, changes), async (tx) => {
      count = (await rows(tx, sql.raw(statement))).length
      throw undone
    }).then(
      () => count,
      (error: { code?: string; cause?: { code?: string } }) =>
        error === (undone as unknown) ? count : (error.cause?.code ?? error.code ?? 'no code'),
    )
  }
  /** A statement that writes a row of a table again, changed, as its owner may. */
  async function copied(table: string, changes: Record<string, unknown>): Promise<string> {
    const [row] = await rows<{ row: object }>(
      native.owner,
      sql.raw(`SELECT to_jsonb(t) || '${JSON.stringify(changes)}'::jsonb AS row FROM app.${table} t LIMIT 1`),
    )
    return `INSERT INTO app.${table} SELECT * FROM jsonb_populate_record(NULL::app.${table}, '${JSON.stringify(row!.row)}'::jsonb) RETURNING 1`
  }

  /** What a forger would write, and who may write the very same. */
  // prettier-ignore
  const forgeries: [what: string, table: string, changes: () => Record<string, unknown>, forger: string, may: string][] = [
    ['an application of another unit', 'hardship_file', () => ({ id: randomUUID(), no: null, state: 'withdrawn', opened_on: null, opened_person: null, checked_person: null }), 'D1b', 'U4'],
    ['an application of hers by who is not named', 'hardship_file', () => ({ id: randomUUID(), no: null, state: 'withdrawn', opened_on: null, opened_person: null, checked_person: null, applied_person: world.person('C').personId }), 'C', ''],
    ['a finding', 'hardship_result', () => ({ id: randomUUID() }), 'D2', 'D1'],
    ['a step', 'hardship_step', () => ({ seq: 99 }), 'C', 'D1'],
    ['a member of the household', 'hardship_kin', () => ({ id_index: '\\x00', is_live: false }), 'U1', 'U4'],
    ['an inquiry', 'hardship_inquiry', () => ({ code: 'X' }), 'C', 'D1b'],
    ['aid in the name of another', 'hardship_aid', () => ({ id: randomUUID() }), 'D1', 'U4'],
    ['a claim', 'hardship_claim', () => ({ id_index: '\\x00' }), 'D2', 'U4'],
    ['a batch in the name of another', 'hardship_batch', () => ({ id: randomUUID(), no: 'X' }), 'D1', 'D1b'],
    ['a payment', 'hardship_line', () => ({ code: 'X', state: 'failed' }), 'U4', 'D1b'],
    ['a handler in the name of another', 'hardship_handler', () => ({ id: randomUUID(), ended_at: '2020-04-16', ended_by: randomUUID(), named_by: world.person('D1').personId }), 'C', 'D1'],
    ['a handler of a round in the name of another', 'screening_handler', () => ({ id: randomUUID(), ended_at: '2020-04-16', ended_by: randomUUID(), named_by: world.person('D1').personId }), 'C', 'D1'],
    ['places handed on by another', 'screening_allotment', () => ({ org_id: world.org('U3') }), 'C', 'D1'],
    ['a nomination by another unit', 'honour_nomination', () => ({ id: randomUUID() }), 'C', 'U1'],
    ['an opinion', 'honour_opinion', () => ({ step: 'outside' }), 'U2', 'U1'],
    ['a score in the name of another', 'honour_score', () => ({ post_id: world.person('I1').postId }), 'D2', 'I1'],
    ['a juror', 'honour_juror', () => ({ post_id: world.person('U2').postId }), 'D1', 'C'],
    ['a campaign of the city', 'honour_campaign', () => ({ id: randomUUID() }), 'D1', 'C'],
    ['a story of another unit', 'honour_story', () => ({ id: randomUUID() }), 'C', 'D1'],
    ['a step of a class by who stands above', 'childcare_step', () => ({ id: randomUUID(), act: 'release', by_org: world.org('D1') }), 'U1', 'D1'],
    ['a member of staff of another unit', 'childcare_staff', () => ({ id: randomUUID(), name: '某某' }), 'D1', 'U1'],
    ['a paper of another unit', 'childcare_paper', () => ({}), 'D1', ''],
    ['a person of another unit', 'person', () => ({ id: randomUUID(), id_index: null }), 'U1', 'U4'],
  ]
  it.each(forgeries)('nobody forges %s in %s', async (_, table, changes, forger, may) => {
    const statement = await copied(table, changes())
    expect([forger, await outcome(forger, statement)]).toEqual([forger, '42501'])
    // The same with the scope and unit of who may, set by the statement itself; and with no token at all.
    if (may === '') return
    const { scopeCode, unit } = await contextOf(may)
    for (const forged of [
      { unit: unit! },
      { scopeCode, unit: unit! },
      { scopeCode, unit: unit!, token: null },
    ])
      expect([forger, forged, await outcome(forger, statement, forged)]).toEqual([forger, forged, '42501'])
    expect([may, await outcome(may, statement)]).toEqual([may, 1])
  })

  it.each([
    ['hardship_file SET household = NULL', 'U4'],
    ['hardship_aid SET amount = 1', 'D1'],
    ['hardship_line SET state = state', 'D1b'],
    ['hardship_inquiry SET state = state', 'D1b'],
    ['hardship_kin SET is_live = false', 'U4'],
    ['hardship_handler SET ended_at = ended_at', 'D1'],
    ["honour_nomination SET state = 'granted'", 'D1'],
    ['honour_campaign SET title = title', 'C'],
    ["honour_story SET state = 'withdrawn', published_on = current_date", 'D1'],
  ])('nobody from elsewhere gets %s', async (change, may) => {
    const statement = `UPDATE app.${change} RETURNING 1`
    for (const who of ['U2', 'U8', 'D3', 'I2', 'auditAdmin'])
      expect([who, await outcome(who, statement)]).toEqual([who, 0])
    const { scopeCode, unit } = await contextOf(may)
    expect(await outcome('U2', statement, { scopeCode, unit: unit! })).toBe(0)
    expect(await outcome(may, statement)).toBeGreaterThan(0)
  })

  it('a class is shown by its own unit alone, and by no statement while a check or a paper lacks', async () => {
    const publish =
      "UPDATE app.childcare_class SET state = 'published', published_on = '2020-04-16' RETURNING 1"
    const { scopeCode, unit } = await contextOf('U1')
    // Above, the class is in sight; writing it as shown is refused. From elsewhere, nothing is in sight whatever scope is set.
    for (const who of ['D1', 'C']) expect([who, await outcome(who, publish)]).toEqual([who, '42501'])
    for (const forged of [
      { scopeCode, unit: unit! },
      { scopeCode, unit: unit!, token: null },
      { scopeCode: '' },
    ])
      expect([forged, await outcome('U2', publish, forged)]).toEqual([forged, 0])
    expect(await outcome('U1', "UPDATE app.childcare_class SET state = 'published' RETURNING 1")).toBe(
      '42501',
    )
    expect(await outcome('U1', publish)).toBe(1)
    const after = async (lacking: string): Promise<string | number> => {
      const undone = new Error('undone')
      return inTransaction(native.app, await contextOf('U1'), async (tx) => {
        await sql.raw(lacking).execute(tx)
        await rows(tx, sql.raw(publish))
        throw undone
      }).catch((error: { code?: string; cause?: { code?: string } }) =>
        error === (undone as unknown) ? 'shown' : (error.cause?.code ?? error.code ?? 'no code'),
      )
    }
    expect([
      await after("UPDATE app.childcare_staff SET duty = '教师'"),
      await after("UPDATE app.childcare_staff SET result = 'unfit'"),
      await after("UPDATE app.childcare_staff SET checked_on = '2019-04-15'"),
      await after("UPDATE app.childcare_staff SET left_on = '2020-04-16'"),
      await after("UPDATE app.childcare_paper SET valid_until = '2020-04-15' WHERE kind = 'fire'"),
    ]).toEqual(['shown', '42501', '42501', '42501', '42501'])
    for (const column of ['org_id', 'made_by', 'made_on'])
      expect([
        column,
        await outcome('U1', `UPDATE app.childcare_class SET ${column} = ${column} RETURNING 1`),
      ]).toEqual([column, '42501'])
  })

  it('nobody learns of staff through a function: not the public, not who stands above, not a forged scope', async () => {
    const of = async (who: string, statement: string, changes: Partial<Context> = {}) =>
      inTransaction(native.app, await contextOf(who, changes), (tx) => rows(tx, sql.raw(statement)))
    const [one] = await rows<{ id: string }>(native.owner, sql`SELECT id FROM app.childcare_class`)
    const { scopeCode, unit } = await contextOf('U1')
    const forged = { scopeCode, unit: unit! }
    const counts = `SELECT staff FROM app.childcare_staffing('${one!.id}', '2019-04-16', '2020-04-16')`
    expect(await of('U1', counts)).toEqual([{ staff: 1 }])
    for (const context of [
      await of('D1', counts),
      await of('U2', counts, forged),
      await of('U1', counts, { token: null }),
    ])
      expect(context.filter((row) => (row as { staff: number }).staff > 0)).toEqual([])
    const whole = `SELECT app.childcare_staffed('${one!.id}', '2019-04-16', '2020-04-16') AS whole`
    expect([await of('D1', whole), await of('U2', whole, forged)]).toEqual([
      [{ whole: true }],
      [{ whole: false }],
    ])
    expect(await of('C', "SELECT * FROM app.childcare_ends('2020-04-16')")).toEqual([])
    expect(await of('C', "SELECT app.purge_childcare_staff('2030-01-01', 1) AS gone")).toEqual([{ gone: 0 }])
    const undone = new Error('undone')
    const played = inTransaction(native.app, await contextOf('U1'), async (tx) => {
      await sql`UPDATE app.childcare_class SET state = 'published', published_on = '2020-04-16'`.execute(tx)
      const shown = async (oldest: string) =>
        rows<object>(tx, sql.raw(`SELECT * FROM app.open_childcare('2020-04-16', '${oldest}')`))
      const [found] = await shown('2019-04-16')
      expect(Object.keys(found!).filter((key) => /staff|check|stale|fit|papers/.test(key))).toEqual([])
      await sql`UPDATE app.childcare_staff SET checked_on = '2019-04-15'`.execute(tx)
      expect([await shown('-infinity'), await shown('infinity')]).toEqual([[], []])
      throw undone
    })
    await expect(played).rejects.toBe(undone)
  })

  it('she changes nothing of her own file, and nobody takes away a row that the accounts rest on', async () => {
    for (const change of ["hardship_file SET state = 'withdrawn'", 'hardship_aid SET amount = 1'])
      expect([change, await outcome('worker', `UPDATE app.${change} RETURNING 1`)]).toEqual([change, 0])
    for (const table of ['file', 'result', 'step', 'inquiry', 'aid', 'batch', 'line', 'handler'])
      expect([table, await outcome('D1', `DELETE FROM app.hardship_${table} RETURNING 1`)]).toEqual([
        table,
        '42501',
      ])
    for (const table of ['campaign', 'nomination', 'opinion', 'score', 'story'])
      expect([table, await outcome('C', `DELETE FROM app.honour_${table} RETURNING 1`)]).toEqual([
        table,
        '42501',
      ])
    for (const [table, column] of [
      ['hardship_result', 'outcome'],
      ['hardship_step', 'note'],
      ['honour_score', 'points'],
    ] as const)
      expect([table, await outcome('D1', `UPDATE app.${table} SET ${column} = NULL RETURNING 1`)]).toEqual([
        table,
        '42501',
      ])
  })
}
