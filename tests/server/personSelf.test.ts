import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { recount } from '#figures/verify.server.ts'
import { foldAll } from '#figures/fold.server.ts'
import type { AccessList, MyData, PersonDetail, PersonList, PersonRequest } from '#person/api.ts'
import { textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { purgePersons } from '#person/purge.server.ts'
import { consentPurposes, purposes, readPurposes, sealedFields } from '#person/purposes.ts'
import { masksOf, reveal } from '#person/vault.server.ts'
import { rewrapAll } from '#person/vaultKeys.server.ts'
import { openProvider, openRing } from '#crypto/provider.server.ts'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'
import { playOn, type Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

const child = {
  name: '李示',
  relation: '子女',
  idNumber: madeUpNumber('2008-01-01', 12),
  health: '健康',
  income: 0,
  school: '示例路小学',
}
/** What was told of her household and nothing but her copy may tell. */
const told = [household.address, household.account, household.story, child.name, child.idNumber, child.school]

describe.each(['intl', 'gm'] as const)('what is hers, under %s', (suite) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(suite)
  })
  afterAll(() => stage.close())
  afterEach(() => {
    stage.world.deps.today = () => today
  })

  /** Enters a woman at U1 and makes the world's worker her account. */
  async function enterHer(tx: Tx, changes = {}): Promise<string> {
    const body = entryOf(1, changes)
    const id = (await stage.as('U1').post<{ id: string }>('/api/persons', { body })).body.id
    await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${stage.world.person('worker').accountId}::uuid`.execute(
      tx,
    )
    return id
  }
  /** She was recommended for an honour, told of, and complained to the city. */
  async function writeOfHer(tx: Tx, id: string): Promise<void> {
    const [org, by] = [stage.world.org('U1'), stage.world.person('U1').accountId]
    const [campaign, one] = [randomUUID(), randomUUID()]
    await sql`INSERT INTO app.honour_campaign (id, org_id, kind, year, title, opens_on, closes_on, types, created_by)
      VALUES (${campaign}::uuid, ${stage.world.org('C')}, 'honour', 2020, '示例评选', '2020-03-01', '2020-04-30', '[]', ${by}::uuid)`.execute(
      tx,
    )
    await sql`INSERT INTO app.honour_nomination (district_id, id, campaign_id, org_id, type_key, person_id, name, employer, birth_month, deeds, state, submitted_by, submitted_person)
      VALUES (1, ${one}::uuid, ${campaign}::uuid, ${org}, 'x', ${id}::uuid, '王示二', '示例U1工会', '1985-06', '带班二十年', 'upper', ${by}::uuid, ${by}::uuid)`.execute(
      tx,
    )
    await sql`INSERT INTO app.honour_story (district_id, id, org_id, record_id, person_id, honoree, title, body, state, published_on, written_by)
      VALUES (1, ${randomUUID()}::uuid, ${org}, ${one}::uuid, ${id}::uuid, '王示二', '她的一天', '带班二十年', 'published', '2020-04-01', ${by}::uuid)`.execute(
      tx,
    )
    const said = { kind: 'complaint', body: '哺乳时间没有落实' }
    expect((await stage.as('worker').post('/api/suggestions', said)).status).toBe(200)
  }
  /** Her household was found poor, and 3,000 yuan were paid to her. */
  async function helpHer(tx: Tx, id: string) {
    const play = aidAt(stage, 'U1')
    await play.nameAll()
    return { play, ...(await play.at.helped(tx, id, { ...household, family: [child] })) }
  }
  /** The decision of the one open request of a kind. */
  async function decide(who: string, kind: PersonRequest['kind'], verdict = 'accept') {
    const list = (await stage.as('U1').get<PersonRequest[] & object>('/api/person-requests')).body
    const { id } = list.find((r) => r.kind === kind && r.state === 'open')!
    return stage.as(who).post<Refusal>(`/api/person-requests/${id}/decision`, { verdict, answer: '' })
  }
  const look = (who: string, id: string, field: string, purpose: string, reason = '核对入会资料') =>
    stage.as(who).post<{ value: string } & Refusal>(`/api/persons/${id}/reveals`, { field, purpose, reason })
  const log = async () => (await stage.as('worker').get<AccessList>('/api/my/access')).body.rows
  const mine = async () => (await stage.as('worker').get<MyData>('/api/my')).body.person
  const agree = (purpose: keyof typeof consentTexts, yes: boolean, hash = textHash(purpose)) =>
    stage.as('worker').call<Refusal>('PUT', `/api/my/consents/${purpose}`, { agree: yes, textHash: hash })

  it('a value is opened for a purpose and a reason alone, and by her own unit where it is S3', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      const number = String(entryOf(1)['idNumber'])
      expect((await look('U1', id, 'idNumber', 'membership')).body).toEqual({ value: number })
      expect((await look('U1', id, 'idNumber', 'contact')).body.issues?.[0]?.field).toBe('purpose')
      expect((await look('U1', id, 'idNumber', 'self')).status).toBe(422)
      expect((await look('U1', id, 'phone', 'contact', '看看')).body.issues?.[0]?.field).toBe('reason')
      expect((await look('D1', id, 'phone', 'contact')).body).toEqual({ value: entryOf(1)['phone'] })
      expect((await look('D1', id, 'idNumber', 'membership')).status).toBe(403)
      for (const who of ['U2', 'U5', 'D2']) expect((await look(who, id, 'phone', 'contact')).status).toBe(404)
      for (const who of ['leader', 'worker', 'handler', 'auditAdmin'])
        expect((await look(who, id, 'phone', 'contact')).status).toBe(403)
      // What was refused left no entry; what was given did.
      expect((await log()).map((l) => [l.org, l.role, l.field, l.purpose, l.self])).toEqual([
        ['示例D1工会', 'cadre', 'phone', 'contact', false],
        ['示例U1工会', 'cadre', 'idNumber', 'membership', false],
      ])
    }))

  it('as many entries as values opened, whichever door they came through; lists and details open none', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      await agree('screening', true)
      let opened = 0
      for (const field of sealedFields) {
        for (const purpose of readPurposes) {
          for (const who of ['U1', 'U1b', 'S1', 'U5']) {
            const answer = await look(who, id, field, purpose)
            if (answer.status === 200) opened++
          }
        }
      }
      await stage.as('worker').post('/api/my/reveals', { field: 'phone' })
      const exported = await stage.as('worker').post<{ values: object }>('/api/my/export')
      opened += 1 + Object.keys(exported.body.values).length
      const before = (await rows(tx, sql`SELECT 1 FROM app.person_access`)).length
      expect([before > 10, before]).toEqual([true, opened])
      for (const url of [`/api/persons/${id}`, '/api/persons', '/api/person-requests'])
        await stage.as('U1').get(url)
      await mine()
      expect((await rows(tx, sql`SELECT 1 FROM app.person_access`)).length).toBe(before)
    }))

  it('an entry that cannot be written leaves the value closed', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      await sql`ALTER TABLE app.person_access ADD CONSTRAINT none CHECK (false) NOT VALID`.execute(tx)
      const refused = await look('U1', id, 'idNumber', 'membership')
      expect(refused.status).not.toBe(200)
      expect(refused.raw).not.toContain(String(entryOf(1)['idNumber']))
    }))

  it('consent binds: none, given, withdrawn, and void when the words change', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      const read = async () => (await look('U1', id, 'phone', 'screening')).status
      expect(await read()).toBe(403)
      expect((await agree('screening', true, 'other words')).status).toBe(409)
      expect((await agree('screening', true)).status).toBe(200)
      expect(await read()).toBe(200)
      // Agreeing to one purpose agrees to no other.
      expect((await look('U1', id, 'phone', 'hardship')).status).toBe(403)
      expect((await agree('screening', false)).status).toBe(200)
      expect(await read()).toBe(403)
      await agree('screening', true)
      await sql`UPDATE app.consent SET text_hash = 'of yesterday' WHERE withdrawn_at IS NULL`.execute(tx)
      expect(await read()).toBe(403)
      expect((await mine())!.consents.find((c) => c.purpose === 'screening')).toMatchObject({
        state: 'outdated',
        form: 'self',
      })
      const paper = { purpose: 'screening', givenOn: '2020-04-01' }
      expect((await stage.as('U2').put(`/api/persons/${id}/consents`, paper)).status).toBe(404)
      expect((await stage.as('U1').put(`/api/persons/${id}/consents`, paper)).status).toBe(200)
      expect(await read()).toBe(200)
    }))

  it('exports everything about her: the same rows as a crawl of the catalogue finds', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      await agree('screening', true)
      await look('U1', id, 'idNumber', 'membership')
      await stage.as('worker').post('/api/my/erasure', { reason: '不再需要' })
      const other = (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(2) })).body.id
      await look('U1', other, 'idNumber', 'membership')
      await writeOfHer(tx, id)
      // She had been entered a second time; that entry, with her hardship file, was merged into hers.
      const older = (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(3) })).body.id
      await helpHer(tx, older)
      const ask = { kind: 'merge', otherId: older, reason: '同一人登记了两次' }
      well(await stage.as('U1').post(`/api/persons/${id}/requests`, ask))
      well(await decide('U1b', 'merge'))
      // Every list and paper that left, with its reason.
      const [unit, centre] = ['示例U1工会', '示例D1工会']
      const entries = (await log()).filter((l) => l.purpose === 'hardship')
      expect(new Set(entries.map((l) => `${l.org} ${l.field} ${l.reason}`))).toEqual(
        new Set([
          `${unit} idNumber 登记困难帮扶申请，核对家庭成员`,
          `${centre} idNumber 送民政部门核对家庭经济状况`,
          `${unit} hardshipFile 查看档案的进展，未打开加密内容`,
          `${centre} hardshipFile 收入核对相符，认定困难类别`,
          `${centre} hardshipFile 公示前核对困难类别`,
          `${centre} hardshipFile 建档，核对是否单亲以便统计`,
          `${centre} hardshipFile 打印困难女职工帮扶审批表`,
          `${centre} idNumber 打印困难女职工帮扶审批表`,
          `${centre} hardshipFile 发放帮扶资金，提供收款账号给银行`,
        ]),
      )
      expect(entries.length).toBe(9)
      const answer = await stage.as('worker').post<{
        values: Record<string, string>
        tables: Record<string, { rows: Record<string, unknown>[] }>
      }>('/api/my/export')
      expect(answer.body.values).toEqual({
        idNumber: entryOf(1)['idNumber'],
        phone: entryOf(1)['phone'],
        birth: '1985-06-01',
        guardian: null,
      })
      // Every column that can hold an id of hers, in every table, as the owner of the schema sees it.
      const account = stage.world.person('worker').accountId
      const columns = await rows<{ table: string; columns: string[] }>(
        tx,
        sql`SELECT c.relname AS table, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = 'uuid'::regtype GROUP BY 1 ORDER BY 1`,
      )
      const found: Record<string, number> = {}
      for (const { table, columns: keys } of columns) {
        const where = keys.map(
          (key) => sql`t.${sql.raw(key)} IN (${id}::uuid, ${older}::uuid, ${account}::uuid)`,
        )
        const [n] = await rows<{ n: number }>(
          tx,
          sql`SELECT count(*) AS n FROM ${sql.raw(`app.${table}`)} t WHERE ${sql.join(where, sql` OR `)}`,
        )
        if (n!.n > 0) found[table] = n!.n
      }
      // And what hangs on a row of hers: every foreign key to a table of what is known of persons.
      const hangs = await rows<{ table: string; owner: string; on: string }>(
        tx,
        sql`SELECT f.conrelid::regclass::text AS table, f.confrelid::regclass::text AS owner,
            (SELECT string_agg(format('t.%I = o.%I', a.attname, b.attname), ' AND ') FROM unnest(f.conkey, f.confkey) k(mine, theirs)
              JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.mine
              JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.theirs) AS on
          FROM pg_constraint f WHERE f.contype = 'f' AND f.confrelid IN (SELECT c.attrelid FROM pg_attribute c
            WHERE c.attname = 'person_id' AND c.attrelid::regclass::text IN ('app.hardship_file', 'app.hardship_aid', 'app.honour_nomination', 'app.honour_story'))`,
      )
      for (const { table, owner, on } of hangs) {
        const name = table.replace('app.', '')
        if (found[name] !== undefined) continue
        const [n] = await rows<{ n: number }>(
          tx,
          sql`SELECT count(*) AS n FROM ${sql.raw(table)} t JOIN ${sql.raw(owner)} o ON ${sql.raw(on)} WHERE o.person_id IN (${id}::uuid, ${older}::uuid)`,
        )
        if (n!.n > 0) found[name] = n!.n
      }
      // Blind indexes of a household tell nobody anything.
      for (const table of ['hardship_kin', 'hardship_claim']) {
        expect([table, found[table]! > 0]).toEqual([table, true])
        delete found[table]
      }
      // Not hers to take: her wrapped key is no information about her; stored answers of the last week repeat what she did.
      const { person_key, idempotency, context, ...crawled } = found
      expect([person_key, idempotency! > 0, context ?? 0]).toEqual([2, true, 0])
      // The trace of the export itself is told by the next one.
      crawled['audit']!--
      const exported = Object.fromEntries(
        Object.entries(answer.body.tables).flatMap(([table, { rows: list }]) =>
          list.length > 0 ? [[table, list.length]] : [],
        ),
      )
      expect(exported).toEqual(crawled)
      expect(Object.keys(exported)).toEqual(
        expect.arrayContaining([
          'person',
          'consent',
          'person_access',
          'honour_nomination',
          'honour_story',
          'suggestion',
          'hardship_file',
          'hardship_result',
          'hardship_aid',
          'hardship_step',
          'hardship_inquiry',
          'hardship_line',
        ]),
      )
      const text = answer.raw
      for (const secret of told) expect(text).toContain(secret)
      const hers = answer.body.tables
      expect(JSON.parse(String(hers['hardship_file']!.rows[0]!['household']))).toMatchObject({
        marital: '离异',
        income: 27_200,
      })
      expect(JSON.parse(String(hers['hardship_result']!.rows[0]!['outcome']))).toMatchObject({
        category: '低保边缘户',
      })
      expect(hers['hardship_aid']!.rows).toMatchObject([
        { amount: 3000, state: 'paid', paid_on: '2020-04-24' },
      ])
      expect(hers['hardship_line']!.rows).toMatchObject([{ amount: 3000, state: 'paid' }])
      for (const foreign of [entryOf(2)['name'], other, entryOf(2)['idNumber']])
        expect(text).not.toContain(String(foreign))
    }))

  it('erasure destroys the key: name, phone and number are gone for ever, counts and figures stay', () =>
    stage.trial(async (tx) => {
      const play = playOn(stage.as)
      await play.submit('U1', { women: 30, all: 40 })
      const id = await enterHer(tx)
      await agree('screening', true)
      await writeOfHer(tx, id)
      const { play: aid, id: fileId, batchId } = await helpHer(tx, id)
      await stage.as('worker').post('/api/my/erasure', { reason: '不再需要这些服务' })
      const waits = async () => {
        const { body, raw } = await decide('U1', 'erase')
        return [body.code, /困难|帮扶/.test(raw)]
      }
      // It waits for a live file and for money on its way; whoever confirms is not told for what.
      expect(await waits()).toEqual(['409.55', false])
      well(await aid.step('D1', fileId, 'close', { on: '2020-04-24', closedFor: '脱困' }))
      await sql`UPDATE app.hardship_aid SET state = 'sent', paid_on = NULL`.execute(tx)
      expect(await waits()).toEqual(['409.55', false])
      await sql`UPDATE app.hardship_aid SET state = 'paid', paid_on = '2020-04-24'`.execute(tx)
      const paid = () => aid.records(tx)
      const sealed = await first<Record<string, Buffer>>(
        tx,
        sql`SELECT household, result FROM app.hardship_file`,
      )
      await foldAll(stage.world.deps.db, 1000)
      const figures = () => rows(tx, sql`SELECT * FROM app.rollup t ORDER BY t::text`)
      const members = () =>
        rows(
          tx,
          sql`SELECT m.org_id, m.kind, m.from_on, m.until_on, p.sex FROM app.membership m JOIN app.person p ON p.id = m.person_id`,
        )
      const [stored, counted, totals, sums] = [
        await first<Record<string, unknown>>(
          tx,
          sql`SELECT p.*, k.wrapped FROM app.person p JOIN app.person_key k ON k.person_id = p.id`,
        ),
        await members(),
        await figures(),
        await paid(),
      ]
      expect(sums.map((r) => r['matter'])).toEqual(['建档', '发放', '销档'])
      const [request] = (await stage.as('U1').get<PersonRequest[] & object>('/api/person-requests')).body
      expect(request).toMatchObject({ kind: 'erase', mayNot: null, person: { name: '王示二' } })
      expect((await decide('U2', 'erase')).status).toBe(404)
      expect((await decide('U1', 'erase')).status).toBe(200)
      const after = await first<Record<string, unknown>>(
        tx,
        sql`SELECT * FROM app.person WHERE id = ${id}::uuid`,
      )
      const kept = [
        'id',
        'org_id',
        'state',
        'name_sort',
        'id_kind',
        'sex',
        'version',
        'created_at',
        'updated_at',
      ]
      expect(Object.entries(after!).filter(([k, v]) => v !== null && !kept.includes(k))).toEqual([])
      expect(await rows(tx, sql`SELECT 1 FROM app.person_key`)).toEqual([])
      for (const table of ['honour_nomination', 'honour_story', 'suggestion']) {
        const left = JSON.stringify(await rows(tx, sql`SELECT * FROM ${sql.raw(`app.${table}`)} t`))
        expect([table, /王示二|1985|带班|她的一天|哺乳/.test(left)]).toEqual([table, false])
      }
      expect(await rows(tx, sql`SELECT state FROM app.honour_story`)).toEqual([{ state: 'withdrawn' }])
      const left = await rows<{ text: string }>(
        tx,
        sql.raw(
          ['file', 'result', 'step', 'kin', 'inquiry', 'aid', 'claim', 'line']
            .map((t) => `SELECT t::text FROM app.hardship_${t} t`)
            .join(' UNION ALL '),
        ),
      )
      expect(left.filter(({ text }) => /王示二|张示|\\x[0-9a-f]{40}/.test(text))).toEqual([])
      expect(
        await rows(tx, sql`SELECT 1 FROM app.hardship_kin UNION ALL SELECT 1 FROM app.hardship_claim`),
      ).toEqual([])
      expect(await rows(tx, sql`SELECT amount, state FROM app.hardship_aid`)).toEqual([
        { amount: 3000, state: 'paid' },
      ])
      expect([await members(), await figures(), await paid()]).toEqual([counted, totals, sums])
      expect((await recount(stage.world.deps, tx)).differences).toEqual([])
      // Her sealed bytes, put back from a copy, do not open without the key.
      const { id_number, phone, birth, version } = stored as Record<string, Buffer>
      await sql`UPDATE app.person SET id_number = ${id_number}, phone = ${phone}, birth = ${birth}, version = ${version} WHERE id = ${id}::uuid`.execute(
        tx,
      )
      expect((await masksOf(stage.world.deps.crypto, tx, [id])).get(id)).toMatchObject({
        idNumber: null,
        phone: null,
      })
      await expect(
        reveal(stage.world.deps, tx, actorOf('U1'), id, ['phone'], { purpose: 'contact', reason: '恢复' }),
      ).rejects.toMatchObject({ code: '404.1' })
      expect((await stage.as('U1').get(`/api/persons/${id}`)).status).toBe(404)
      // So do those of her household; lists and the file itself still open, without her.
      await sql`UPDATE app.hardship_file SET household = ${sealed!['household']}, result = ${sealed!['result']}`.execute(
        tx,
      )
      const opened = await stage
        .as('D1')
        .post(`/api/hardship/files/${fileId}/reveals`, { reason: '核对旧账' })
      expect(opened.status).toBe(404)
      for (const url of ['files', `files/${fileId}`, 'aids', 'batches']) {
        const shown = await stage.as('D1b').get(`/api/hardship/${url}`)
        expect([url, shown.status, shown.raw.includes('（已删除）')]).toEqual([url, 200, true])
      }
      expect((await stage.as('D1b').post(`/api/hardship/batches/${batchId}/file`)).status).toBe(404)
      expect((await stage.as('worker').get('/api/me')).status).toBe(401)
      expect(
        await first(
          tx,
          sql`SELECT name, disabled_at IS NOT NULL AS disabled FROM app.account WHERE login = 'worker'`,
        ),
      ).toEqual({ name: '（已删除）', disabled: true })
      // The number is free again: she may come back as somebody new.
      expect((await stage.as('U5').post('/api/persons', { body: entryOf(1) })).status).toBe(200)
    }))

  const actorOf = (who: string) => {
    const { accountId, personId, postId, name, role, org, token } = stage.world.person(who)
    const at = { id: stage.world.org(org), code: org, name: org, shortName: org, tier: 'grassroots' as const }
    return {
      accountId,
      personId,
      postId,
      name,
      role,
      aal: 2 as const,
      stepUp: true,
      isPasswordDue: false,
      org: { ...at, scopeCode: '', districtId: 1 },
      token,
      onBehalf: postId,
      requestId: 'test',
    }
  }

  it('a cadre who asks for an erasure does not confirm it herself', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      const ask = await stage
        .as('U1')
        .post(`/api/persons/${id}/requests`, { kind: 'erase', reason: '本人书面要求' })
      expect(ask.status).toBe(200)
      const [request] = (await stage.as('U1').get<PersonRequest[] & object>('/api/person-requests')).body
      const decide = (who: string, verdict: string, answer = '') =>
        stage.as(who).post<Refusal>(`/api/person-requests/${request!.id}/decision`, { verdict, answer })
      expect((await decide('U1', 'accept')).status).toBe(422)
      expect((await decide('U1b', 'refuse')).body.issues?.[0]?.field).toBe('reason')
      expect((await decide('U1b', 'refuse', '本人又撤回了')).status).toBe(200)
      expect((await stage.as('U1').get<PersonDetail>(`/api/persons/${id}`)).status).toBe(200)
    }))

  it('who left three years ago is erased by the purge, nobody else', () =>
    stage.trial(async (tx) => {
      const leave = (id: string, on: string) =>
        stage.as('U1').post(`/api/persons/${id}/leave`, { on, leftBy: '退休', reason: '' })
      const gone = await enterHer(tx, { fromOn: '2010-01-01' })
      const recent = (
        await stage
          .as('U1')
          .post<{ id: string }>('/api/persons', { body: entryOf(2, { fromOn: '2010-01-01' }) })
      ).body.id
      await stage.as('U1').post('/api/persons', { body: entryOf(3) })
      expect((await leave(gone, '2017-04-15')).status).toBe(200)
      expect((await leave(recent, '2017-04-16')).status).toBe(200)
      await look('U1', recent, 'phone', 'contact')
      const purge = async (today: string, now?: Date) =>
        (await purgePersons(stage.world.deps.db, today, now)).person
      expect(await purge('2020-04-15')).toBe(0)
      expect(await purge('2020-04-16')).toBe(1)
      expect(await purge('2020-04-16')).toBe(0)
      expect(await rows(tx, sql`SELECT id FROM app.person WHERE state = 'erased'`)).toEqual([{ id: gone }])
      expect((await stage.as('U1').get<PersonList>('/api/persons?standing=left')).body.rows).toHaveLength(1)
      const logged = () => first(tx, sql`SELECT count(*) AS n FROM app.person_access`)
      expect(await logged()).toEqual({ n: 1 })
      await purge('2020-04-16', new Date(Date.now() + 2 * 366 * 86_400_000))
      expect(await logged()).toEqual({ n: 1 })
      // Even a wrong clock takes nothing that is younger than two years.
      await purge('2999-01-01', new Date('2999-01-01'))
      expect(await logged()).toEqual({ n: 1 })
    }))

  it('a new key wraps every person anew while old values stay readable', () =>
    stage.trial(async (tx) => {
      const id = await enterHer(tx)
      const keys = [1, 2].map((n) => ({ id: n, suite, key: new Uint8Array(32).fill(n === 1 ? 7 : 9) }))
      const ring = openRing([keys[0]!, keys[1]!])
      const service = { scopeCode: await cityCode(tx), token: stage.world.person('service').token }
      const turned = () => inTransaction(stage.world.deps.db, service, (inner) => rewrapAll(ring, inner))
      expect([await turned(), await turned()]).toEqual([1, 0])
      expect((await masksOf(ring, tx, [id])).get(id)?.phone).toBe('138****0001')
      await expect(masksOf(openProvider(new Uint8Array(32).fill(7), suite), tx, [id])).rejects.toThrow(
        '密文校验不符',
      )
    }))
})

const cityCode = async (tx: Tx): Promise<string> =>
  (await first<{ code: string }>(tx, sql`SELECT scope_code AS code FROM app.org WHERE org_code = 'C'`))!.code

describe('by construction', () => {
  it('nobody imports what opens a sealed value but the vault with its rotation, workbooks that only who brought them or asked for them reads, and the silos', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f))
    const importers = files.filter(
      (f) =>
        !f.endsWith('.test.ts') &&
        /from '[^']*sealed\.server\.ts'/.test(readFileSync(join('src', f), 'utf8')),
    )
    expect(importers.sort()).toEqual([
      'export/seal.server.ts',
      'intake/seal.server.ts',
      'person/vault.server.ts',
      'person/vaultKeys.server.ts',
      'silo/seal.server.ts',
    ])
  })

  it('every purpose says on what it rests and opens no more than it names', () => {
    for (const purpose of readPurposes) {
      const { basis, consent, fields } = purposes[purpose]
      expect([purpose, basis === '同意', fields.length > 0]).toEqual([
        purpose,
        // To match-making she agreed with her card (match/text.ts).
        consent !== null || purpose === 'matchmaking',
        // They open what she wrote or applied for, which is stored elsewhere.
        !['reply', 'condolence', 'matchmaking', 'matchReport'].includes(purpose),
      ])
    }
    for (const purpose of consentPurposes) {
      expect(consentTexts[purpose].text).toMatch(/您可以不同意或随时撤回/)
      expect(textHash(purpose)).toMatch(/^[0-9a-f]{64}$/)
    }
  })
})
