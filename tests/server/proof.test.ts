import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#identity/actor.ts'
import type { ProofReply } from '#figures/prose/api.ts'
import { liveOf } from '#figures/prose/live.server.ts'
import { notesOf } from '#figures/prose/notes.ts'
import { readReport } from '#figures/prose/read.server.ts'
import { commented } from '#figures/prose/service.server.ts'
import { writeListing } from '#paper/docx/listing.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { executorOf, rows, type Tx } from '#server/database.server.ts'
import { summary } from '../paper/sample.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn } from '../support/play.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const docxOf = (...texts: string[]) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(
      `<w:document xmlns:w="${W}"><w:body>${texts.map((t) => `<w:p><w:r><w:t>${t}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
    ),
  })

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const canary = '绝不留存的一段话'
const proof = (who: string | null, text: string | Buffer, query = 'year=2019') =>
  stage
    .as(who)
    .post<ProofReply & { message: string }>(`/api/figures/proof?${query}`, Buffer.from(text as string), {
      key: null,
    })

/** Tables of ours with a row in which these words stand. */
async function holding(tx: Tx, words: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    tx,
    sql`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'app'`,
  )
  const held: string[] = []
  for (const { name } of tables) {
    const found = sql`SELECT 1 FROM ${sql.raw(name)} t WHERE t::text LIKE ${`%${words}%`} LIMIT 1`
    if ((await rows(tx, found)).length > 0) held.push(name)
  }
  return held
}

/** A cadre of an office as the server knows her. */
async function cadreOf(tx: Tx, code: string): Promise<Actor> {
  const { accountId, personId } = stage.world.person(code)
  const [org] = await rows<Actor['org']>(
    tx,
    sql`SELECT id, org_code AS code, name, short_name AS "shortName", tier, scope_code AS "scopeCode", district_id AS "districtId"
      FROM app.org WHERE id = ${stage.world.org(code)}`,
  )
  return { accountId, personId, postId: accountId, name: code, role: 'cadre', org: org!, aal: 2 } as Actor
}

/** What is answered, and in how many statements. */
async function counted<T>(tx: Tx, ask: (tx: Tx) => Promise<T>): Promise<{ value: T; statements: number }> {
  let statements = 0
  const executor = executorOf((asked) => {
    statements++
    return tx.getExecutor().executeQuery(asked) as Promise<{ rows: object[] }>
  })
  return { value: await ask({ ...tx, getExecutor: () => executor }), statements }
}

/** How a report of a year is judged that tells of thirty courses. */
const judgedOf = async (year: number) =>
  told((await proof('C', `${year}年工作总结\n${year}年举办女职工教育培训30期。`, `year=${year}`)).body)

/** How each figure was judged, by whose books. */
const told = ({ figures }: ProofReply) =>
  figures.map(({ verdict, reason, org, live }) => [verdict, reason, org?.id, live])

describe('a report that is proof-read', () => {
  it('is held against the figures of the unit that asks, and of those in its scope alone', async () => {
    const { status, body } = await proof('C', `举办女职工教育培训9999999期。${canary}`)
    expect(status).toBe(200)
    expect(body.figures).toMatchObject([
      { written: '9999999期', indicator: 'training.sessions', verdict: 'differ', reason: null },
    ])
    expect(typeof body.figures[0]!.live).toBe('number')
    const elsewhere = await proof('U1', '举办培训3期', `year=2019&org=${stage.world.org('U2')}`)
    expect(elsewhere.status).toBe(404)
    expect((await proof(null, '举办培训3期')).status).toBe(401)
  })

  it('is held against the unit in scope that its title names, until another is asked for', async () => {
    const units = await rows<{ id: number; name: string }>(
      stage.world.deps.db,
      sql`SELECT id, name FROM app.org WHERE id IN (${stage.world.org('U1')}, ${stage.world.org('C')})`,
    )
    const nameOf = (id: number) => units.find((unit) => unit.id === id)!.name
    const [u1, city] = [stage.world.org('U1'), stage.world.org('C')]
    const text = `${nameOf(u1)}2019年工作总结\n举办女职工教育培训3期。`
    expect((await proof('C', text)).body.org?.id).toBe(u1)
    expect((await proof('C', text, `year=2019&org=${city}`)).body.org?.id).toBe(city)
    // Whoever may not see it is held against her own.
    expect((await proof('U2', text)).body.org?.id).toBe(stage.world.org('U2'))
  })

  it('judges what it tells of another unit by that one, where the reader may see it', () =>
    stage.trial(async (tx) => {
      const [u1, u2] = [stage.world.org('U1'), stage.world.org('U2')]
      await sql`UPDATE app.org SET name = '示例市西岸区总工会', short_name = '西岸区' WHERE id = ${u2}`.execute(
        tx,
      )
      const text = '西岸区总工会举办女职工教育培训9999999期。'
      expect(told((await proof('C', text)).body)).toEqual([['differ', null, u2, 0]])
      expect(told((await proof('C', text, `year=2019&org=${u1}`)).body)).toEqual([['differ', null, u2, 0]])
      // Her neighbour's books are none of hers.
      expect(told((await proof('U1', text)).body)).toEqual([[null, 'otherUnit', undefined, null]])
    }))

  it('judges by neither of two units of one name, though the reader may see a single one', () =>
    stage.trial(async (tx) => {
      const [u1, u2, u5] = [stage.world.org('U1'), stage.world.org('U2'), stage.world.org('U5')]
      const text = '西岸区总工会举办女职工教育培训9999999期。'
      const name = (id: number) => sql`UPDATE app.org SET short_name = '西岸区' WHERE id = ${id}`.execute(tx)
      const judged = async () => told((await proof('S1', text, `year=2019&org=${u1}`)).body)
      await name(u2)
      expect(await judged()).toEqual([['differ', null, u2, 0]])
      await name(u5)
      expect(await judged()).toEqual([[null, 'otherUnit', undefined, null]])
      // In the report of a unit the one below it is meant.
      expect(told((await proof('S1', text)).body)).toEqual([['differ', null, u2, 0]])
    }))

  it('asks for all the units that it names in as few statements as for one', () =>
    stage.trial(async (tx) => {
      const units = ['U1', 'U2', 'U3', 'U4', 'U5'].map((key) => stage.world.org(key))
      for (const [n, id] of units.entries())
        await sql`UPDATE app.org SET short_name = ${`样例${n}区`} WHERE id = ${id}`.execute(tx)
      const actor = await cadreOf(tx, 'C')
      const asked = (names: readonly number[]) =>
        counted(tx, (counting) =>
          liveOf(stage.world.deps, counting, actor, 2019, null, {
            periods: ['2019h1', '2018'],
            units: Object.fromEntries(names.map((n) => [`样例${n}区`, ['2019q1']])),
          }),
        )
      const [one, five] = [await asked([0]), await asked([0, 1, 2, 3, 4])]
      expect(Object.values(five.value.units).map(({ org }) => org.id)).toEqual(units)
      expect(five.value.units['样例0区']).toEqual(one.value.units['样例0区'])
      expect(five.statements).toBe(one.statements)
      expect(five.statements).toBeLessThanOrEqual(6)
    }))

  it('says of a time that the books do not hold that they hold nothing, and takes the totals entered for a year before them', () =>
    stage.trial(async (tx) => {
      const city = stage.world.org('C')
      const none = [null, 'noBooks', undefined, null]
      expect(await judgedOf(2031)).toEqual([none])
      await sql`INSERT INTO app.rollup (org_id, yr, indicator_id, state, line, district_id, m03)
        SELECT ${city}, 2019, i.id, 1, 0, ${city}, 5 FROM app.indicator i WHERE i.code = 'training.sessions'`.execute(
        tx,
      )
      expect(await judgedOf(2015)).toEqual([none])
      const { accountId } = stage.world.person('C')
      await sql`INSERT INTO app.earlier_total (district_id, id, org_id, indicator_id, year, val, source, state, entered_by, decided_by, decided_at)
        SELECT ${city}, gen_random_uuid(), ${city}, i.id, 2015, 30, '2015年年报', 'accepted', ${accountId}::uuid, ${accountId}::uuid, now()
          FROM app.indicator i WHERE i.code = 'training.sessions'`.execute(tx)
      expect(await judgedOf(2015)).toEqual([['agree', null, undefined, 30]])
    }))

  it('leaves nothing behind: no row of any table holds its text, as one would that is entered', () =>
    stage.trial(async (tx) => {
      await proof('C', `举办女职工教育培训3期。${canary}`)
      expect(await holding(tx, canary)).toEqual([])
      await playOn(stage.as).submit('U1', { title: canary })
      expect(await holding(tx, canary)).not.toEqual([])
    }))

  it('comes back as the same Word file with a comment at each figure', async () => {
    const file = Buffer.from(await writeDocx(summary, { mode: 'clean', mark: null }))
    const answer = await stage.as('C').post('/api/figures/proof?year=2019&as=docx', file, { key: null })
    expect(answer.status).toBe(200)
  })

  it('is read in the rows of its tables, and comes back with the comment in the cell', async () => {
    const rows = [['培训班', '期', '9999999']]
    const sections = [{ title: '一、数据', columns: ['项目', '单位', '2019年'], rows }]
    const file = await writeListing({ title: ['总结'], date: '', words: [], sections }, null)
    const { body } = await proof('C', Buffer.from(file))
    expect(body.figures).toMatchObject([
      { written: '9999999', unit: '期', indicator: 'training.sessions', verdict: 'differ' },
    ])
    expect(body.paragraphs[body.figures[0]!.paragraph]).toMatchObject({
      text: '培训班\t期\t9999999',
      inTable: true,
    })
    const report = { bytes: file, paragraphs: readReport(file) }
    const made = strFromU8(unzipSync(commented(report, body, 'http://x'))['word/document.xml']!)
    expect(made).toMatch(/<w:commentRangeStart w:id="0"\/><w:r>(?:(?!<\/w:p>).)*9999999.*?<w:commentRangeEnd/)
  })

  it('carries a remark on a paragraph as a comment as well', () => {
    const bytes = docxOf('一、总结', '三、附录')
    const paragraphs = readReport(bytes)
    const notes = notesOf([], paragraphs)
    const reply = {
      org: null,
      year: null,
      isDocx: true,
      snapshot: null,
      snapshots: [],
      figures: [],
      paragraphs: paragraphs.map(({ text }, n) => ({
        text,
        inTable: false,
        aside: null,
        notes: notes.filter((note) => note.paragraph === n).map((note) => note.text),
      })),
    }
    const made = unzipSync(commented({ bytes, paragraphs }, reply, 'http://x'))
    expect(strFromU8(made['word/comments.xml']!)).toContain('标题序号不连续：一之后是三')
    expect(strFromU8(made['word/document.xml']!)).toMatch(/<w:commentRangeStart [^>]*\/>.*三、附录/)
  })

  it('is refused with a sentence when it cannot be read', async () => {
    for (const bytes of [Buffer.from('PK\u0003\u0004'), Buffer.from('d0cf11e0', 'hex'), Buffer.alloc(0)]) {
      const { status, body } = await proof('C', bytes)
      expect(status).toBe(422)
      expect(body.message).toMatch(/[一-龥]{4}/)
    }
  })
})
