import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { herTables, withheld } from '#person/hers.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { all, opened, tree, type Node } from '../paper/opened.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, household } from '../support/hardship.ts'
import { today } from '../support/world.ts'
import { entryOf } from '../support/persons.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Enters a woman at U1, makes the world's worker her account, and has things happen to her. */
async function enterHer(tx: Tx): Promise<string> {
  const id = (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(1) })).body.id
  const worker = stage.world.person('worker')
  await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${worker.accountId}::uuid`.execute(tx)
  const look = { field: 'phone', purpose: 'contact', reason: '通知活动' }
  await stage.as('U1').post(`/api/persons/${id}/reveals`, look)
  await stage.as('worker').post('/api/my/erasure', { reason: '不再需要这些服务' })
  await sql`INSERT INTO app.notice (id, account_id, kind, detail) VALUES (gen_random_uuid(), ${worker.accountId}::uuid, 'device.new', '华为手机')`.execute(
    tx,
  )
  return id
}

async function docxOf(who: string): Promise<Buffer> {
  const answer = await stage.app.inject({
    method: 'POST',
    url: '/api/my/export?format=docx',
    headers: {
      cookie: `__Host-sid=${stage.world.person(who).token}`,
      'sec-fetch-site': 'same-origin',
    },
  })
  expect([answer.statusCode, String(answer.headers['content-type'])]).toEqual([
    200,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ])
  return answer.rawPayload
}

const textOf = (node: Node): string =>
  all(node, 'w:t')
    .map((t) => t.text)
    .join('')
const tableOf = (node: Node): string[][] =>
  node.children
    .filter((row) => row.name === 'w:tr')
    .map((row) => row.children.filter((cell) => cell.name === 'w:tc').map(textOf))

/** The chapters of a copy: each row as label → text, whether it stood in a grid or by itself. */
function chaptersOf(bytes: Buffer): Map<string, Record<string, string>[]> {
  const body = tree(opened(bytes)['word/document.xml']!).children[0]!
  const chapters = new Map<string, Record<string, string>[]>()
  let now: Record<string, string>[] = []
  for (const node of body.children) {
    const isHeading = all(node, 'w:pStyle').some((s) => s.attributes['w:val'] === 'GwH1')
    if (node.name === 'w:p' && isHeading) chapters.set(textOf(node).replace(/^[^、]+、/, ''), (now = []))
    if (node.name !== 'w:tbl') continue
    const [head, ...lines] = tableOf(node)
    const isGrid = all(node, 'w:tblHeader').length > 0
    if (isGrid) now.push(...lines.map((l) => Object.fromEntries(head!.map((label, at) => [label, l[at]!]))))
    else now.push(Object.fromEntries([head!, ...lines].map(([label, text]) => [label!, text!])))
  }
  return chapters
}

it('the printed copy holds every row that a crawl of the catalogue finds, as the data do', () =>
  stage.trial(async (tx) => {
    const id = await enterHer(tx)
    const account = stage.world.person('worker').accountId
    const chapters = chaptersOf(await docxOf('worker'))
    const columns = await rows<{ table: string; columns: string[] }>(
      tx,
      sql`SELECT c.relname AS table, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = 'uuid'::regtype
          AND c.relname NOT IN ('person_key', 'idempotency', 'context') GROUP BY 1`,
    )
    const crawled: Record<string, number> = {}
    for (const { table, columns: keys } of columns) {
      const where = keys.map((key) => sql`t.${sql.raw(key)} IN (${id}::uuid, ${account}::uuid)`)
      const [n] = await rows<{ n: number }>(
        tx,
        sql`SELECT count(*) AS n FROM ${sql.raw(`app.${table}`)} t WHERE ${sql.join(where, sql` OR `)}`,
      )
      // Only the export's own trace came after what it tells.
      const told = table === 'audit' ? n!.n - 1 : n!.n
      if (told > 0) crawled[table] = told
    }
    const printed = Object.entries(herTables).flatMap(([table, { title }]) => {
      const found = chapters.get(title)
      return found?.length ? [[table, found.length]] : []
    })
    expect(Object.fromEntries(printed)).toEqual(crawled)
    expect(chapters.size).toBe(Object.keys(herTables).length)
  }))

it('is told in words: values opened, units and lists by name, no mark of the program', () =>
  stage.trial(async (tx) => {
    const id = await enterHer(tx)
    const play = aidAt(stage, 'U1')
    await play.nameAll()
    await play.at.helped(tx, id)
    stage.world.deps.today = () => today
    const chapters = chaptersOf(await docxOf('worker'))
    expect(chapters.get('困难职工档案')).toMatchObject([
      { 状态: '在档', 家庭情况: expect.stringContaining(`银行账号：${household.account}`) },
    ])
    expect(chapters.get('困难类别认定')).toMatchObject([
      { 所用规则版本: '困难职工类别和收入线（2016-01-01 起）' },
    ])
    expect(chapters.get('困难帮扶')).toMatchObject([
      { 周期: '2020年上半年', 所用标准版本: '困难帮扶标准（2015-01-01 起）', 状态: '已到账' },
    ])
    expect(chapters.get('困难档案的办理过程')).toHaveLength(7)
    expect(chapters.get('送民政核对收入')).toMatchObject([{ 结果: '相符' }])
    expect(chapters.get('帮扶资金发放')).toMatchObject([{ '金额（元）': '3000', 结果: '成功' }])
    expect(chapters.get('会员登记')).toMatchObject([
      {
        姓名: '王示二',
        证件号码: entryOf(1)['idNumber'],
        手机号码: entryOf(1)['phone'],
        出生日期: '1985-06-01',
        监护人及联系方式: '没有登记',
        所属单位: '示例U1工会',
        登记状态: '在册',
      },
    ])
    expect(chapters.get('谁看过我的信息')).toContainEqual(
      expect.objectContaining({
        查看单位: '示例U1工会',
        查看人岗位: '工会女工干部',
        查看的栏目: '手机号码',
        理由: '通知活动',
      }),
    )
    expect(chapters.get('安全提醒')).toMatchObject([{ 事项: '在一台新设备上登录', 详情: '华为手机' }])
    expect(chapters.get('转接、合并、删除、入会申请和先进推荐')).toMatchObject([
      { 事项: '删除信息', 状态: '待确认' },
    ])
    expect(chapters.get('通行密钥')).toEqual([])
    const cells = [...chapters.values()].flat().flatMap((row) => Object.entries(row))
    const logins = new Set([stage.world.person('worker').name, 'worker'])
    const foreign = cells.filter(
      ([label, text]) =>
        label !== '告知书校验值' &&
        !logins.has(text) &&
        /[0-9a-f]{8}-[0-9a-f]{4}-|\dT\d\d:|^[a-z][A-Za-z.]*$|undefined|null|\[object|[a-z]@\d{4}-/.test(text),
    )
    expect(foreign).toEqual([])
  }))

it('leaves its trace, and is made for nobody who does not stand in the register', () =>
  stage.trial(async (tx) => {
    const id = await enterHer(tx)
    await docxOf('worker')
    await stage.as('worker').post('/api/my/export')
    const traces = await rows<{ action: string }>(
      tx,
      sql`SELECT action FROM app.audit WHERE object = ${`person:${id}`} AND action = 'person.export'`,
    )
    expect(traces).toHaveLength(2)
    for (const query of ['', '?format=docx'])
      expect((await stage.as('U2').post(`/api/my/export${query}`)).status).toBe(404)
    expect((await stage.as('worker').post('/api/my/export?format=pdf')).status).toBe(400)
  }))

it('every column of a table of hers is told, of the program itself, or withheld', async () => {
  for (const [table, { columns }] of Object.entries(herTables)) {
    const there = await rows<{ name: string }>(
      stage.world.deps.db,
      sql`SELECT attname AS name FROM pg_attribute WHERE attrelid = ${`app.${table}`}::regclass AND attnum > 0 AND NOT attisdropped`,
    )
    const expected = there.map((c) => c.name).filter((name) => !withheld.has(name))
    expect([table, Object.keys(columns).sort()]).toEqual([table, expected.sort()])
  }
})
