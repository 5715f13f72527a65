import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformityRules } from '#conformity/rules.ts'
import { formFields } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { indicators, programmes } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const forbidden = /打卡|积分|排名|名次|在线时长|点赞|转发|使用率|活跃度|登录次数/u
/** The same in addresses and names of columns. */
const latin = /(^|[\W_])(check_?ins?|points|rank(ing)?s?|leaderboard|likes)([\W_]|$)/i

/** A machine without it can prove nothing. */
const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
)

const sources = (folder: string, ends: RegExp): { file: string; text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ends.test(file) && !file.includes('.test.'))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }))

/** What is said on screens, in messages, sheets and documents: literals and the text between tags, comments left out. */
const said = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

// Where the words stand for what is refused or told, never for something that is done.
const tellsOfIt = new Map([
  ['src/conformity/rules.ts', 'the page that says what is not built'],
  ['src/web/calendar/page.tsx', 'the list of who is missing, which says that it does not rank'],
  ['src/export/remarks.ts', 'the sheet that says whom a full export may not be passed on to'],
  ['src/figures/assessment/paper.server.ts', 'the result of an assessment, which says that it does not rank'],
  ['src/web/assessment/formPage.tsx', 'the form of a sheet, which says what may not be scored'],
  ['src/web/assessment/listPage.tsx', 'the page of assessments, which says that it does not rank'],
  ['src/web/assessment/sheetPage.tsx', 'the result on the screen, which says so too'],
  ['src/demo/loadTasks.server.ts', 'a task that promises not to rank'],
  ['src/figures/summary/highlights.ts', 'a newspaper that took an article over'],
  ['src/figures/prose/table/words.ts', 'heads of tables of other people’s reports that are no figures'],
])

describe('what the rules on digital burden forbid', () => {
  it('has no words for clocking in, points, ranks or time spent online', async () => {
    const found = sources('src', /\.tsx?$/)
      .filter(({ file, text }) => forbidden.test(said(text)) && !tellsOfIt.has(file))
      .map(({ file, text }) => `${file}: ${forbidden.exec(said(text))![0]}`)
    expect(found).toEqual([])
    const addresses = stage.routes.map((route) => `${route.method} ${route.url} ${route.summary}`)
    expect(addresses.length).toBeGreaterThan(80)
    expect(addresses.filter((line) => forbidden.test(line) || latin.test(line))).toEqual([])
    const { rows } = await sql<{ name: string }>`
      SELECT c.relname || '.' || a.attname || ' ' || coalesce(col_description(c.oid, a.attnum), '') AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = 'app' AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped`.execute(
      stage.world.deps.db,
    )
    expect(rows.length).toBeGreaterThan(300)
    // What units, rooms and those put forward for an honour are scored by are points of a sheet, no points for use.
    const sheets = /^(assessment(_score)?|honour_score|care_room_(rating|score))\./
    const others = rows.filter(({ name }) => !sheets.test(name))
    expect(others.filter(({ name }) => forbidden.test(name) || latin.test(name))).toEqual([])
  })

  it('finds such words where they stand', () => {
    expect(forbidden.test(said(`const label = '本月积分'`))).toBe(true)
    expect(forbidden.test(said('// 积分 is not built'))).toBe(false)
    for (const file of tellsOfIt.keys()) expect(forbidden.test(readFileSync(file, 'utf8')), file).toBe(true)
  })

  it('tells nobody when others signed in', async () => {
    const names =
      /^(last|recent)?_?(seen|signIn|signedIn|login|logged|online|active)_?(at|on|count|times|minutes|days)$/i
    const telling = stage.routes.filter((route) => {
      const schema = JSON.stringify(z.toJSONSchema(route.reply, { unrepresentable: 'any' }))
      return [...schema.matchAll(/"(\w+)":\{/g)].some(([, name]) => names.test(name!))
    })
    // One's own devices, in 账号安全, are all that says when somebody was here.
    expect(telling.map(({ policy }) => policy)).toEqual(telling.map(() => 'session.own'))
    expect(telling.length).toBeGreaterThan(0)
    for (const who of ['C', 'D1', 'S1']) {
      const { status, raw } = await stage.as(who).get('/api/accounts')
      expect([status, raw.includes('seenAt')], who).toEqual([403, false])
    }
  })

  it('counts records of programmes and nothing else', () => {
    for (const { indicator, programme } of indicators)
      expect(Object.values(programme.indicators), indicator.label).toContain(indicator)
    const reads = sources('src/figures', /\.server\.ts$/)
      .filter(({ text }) => /app\.(session|account_|record_opened|message|notice)/.test(text))
      .map(({ file }) => file)
    expect(reads).toEqual([])
  })

  it('asks for no file and no position', () => {
    for (const programme of programmes) {
      const { issues } = validate(programme, bodyOf(programme), '2020-04-16')
      expect(issues, programme.label).toEqual([])
      const labels = Object.values(formFields(programme)).map(({ label }) => label)
      expect(labels.filter((label) => /定位|轨迹|经纬度|围栏|照片|截图/u.test(label))).toEqual([])
    }
  })

  it('is pages alone: nothing to install', () => {
    const page = readFileSync('src/web/index.html', 'utf8')
    expect(page).not.toMatch(/rel="manifest"|apple-mobile-web-app/)
    expect(sources('src/web', /\.tsx?$/).filter(({ text }) => /serviceWorker/.test(text))).toEqual([])
  })

  it.skipIf(!hasIpv6)('answers over IPv6', async () => {
    const address = await stage.app.listen({ host: '::1', port: 0 })
    expect(address).toContain('[::1]')
    const answer = await fetch(`${address}/api/sign-in`)
    expect([answer.status, await answer.json()]).toMatchObject([200, { filing: null }])
  })

  it('shows its filing number where one is set', async () => {
    const { body } = await stage.as('U1').get<{ filing: string | null }>('/api/me')
    expect(body.filing).toBeNull()
    stage.world.deps.filing = '示例备 00000000 号'
    try {
      const shown = await stage.as('U1').get<{ filing: string | null }>('/api/me')
      const offered = await stage.as(null).get<{ filing: string | null }>('/api/sign-in')
      expect([shown.body.filing, offered.body.filing]).toEqual(['示例备 00000000 号', '示例备 00000000 号'])
    } finally {
      stage.world.deps.filing = null
    }
  })
})

it.each(conformityRules.filter(({ proof }) => proof !== null))('$rule: its proof is there', ({ proof }) => {
  const { file, title } = proof!
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain(`'${title}'`)
})

it('the page has a line for each rule, and what nothing proves is said to be open', () => {
  expect(conformityRules.map(({ key }) => key)).toEqual(
    'checkIn signIn evidence photos place twice order voice burden lost shutdown filing app ipv6 elder systems acceptance'.split(
      ' ',
    ),
  )
  for (const { key, how, proof } of conformityRules)
    expect([key, proof === null]).toEqual([key, how === '有待验收'])
})
