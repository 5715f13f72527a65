import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demoPhone } from '#demo/phone.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { visitor, type Person } from '../support/person.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const phone = { width: 390, height: 844 }

type Violation = { id: string; impact: string; nodes: { html: string }[] }

async function faultsOf(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)`,
  )
  const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect
    .soft(
      grave.map((v) => `${v.id}: ${v.nodes[0]!.html.slice(0, 160)}`),
      where,
    )
    .toEqual([])
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect.soft(width, `${where} scrolls sideways`).toBeLessThanOrEqual(page.viewportSize()!.width)
}

type Chunk = { file: string; isEntry?: boolean; imports?: string[]; css?: string[] }
/** What a phone fetches before it shows the first page: the entry, what it imports at once, their styles. */
function firstLoad(): Set<string> {
  const chunks = JSON.parse(readFileSync(join('dist', 'mobile', '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const files = new Set<string>()
  const take = ({ file, imports = [], css = [] }: Chunk) => {
    if (files.has(file)) return
    for (const one of [file, ...css]) files.add(one)
    for (const name of imports) take(chunks[name]!)
  }
  for (const chunk of Object.values(chunks)) if (chunk.isEntry) take(chunk)
  expect(files.size).toBeGreaterThan(1)
  return files
}

describe.skipIf(!hasBrowser)('the H5', () => {
  const on = journey()

  const open = async (person: Person, path: string) => {
    await person.page.goto(`${on.server.base}/m${path}`, { waitUntil: 'load' })
    await person.settled()
    // A page behind a tab is fetched when it is opened.
    await person.page.getByRole('heading', { level: 1 }).waitFor()
    await person.page.getByText('正在读取…').waitFor({ state: 'detached' })
  }

  it('its first load weighs at most 200 kB, and holds nothing that a WebView of Chrome 87 does not know', () => {
    const built = join('dist', 'mobile', 'assets')
    const files = readdirSync(built).map((name) => [name, readFileSync(join(built, name))] as const)
    const first = firstLoad()
    const weight = files
      .filter(([name]) => first.has(`assets/${name}`))
      .reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0)
    console.log(`H5: ${Math.round(weight / 1024)} kB gzip in ${first.size} files, of ${files.length}`)
    expect(weight).toBeLessThanOrEqual(200 * 1024)
    const later = {
      // What came to Chrome after 87: calls that no build step takes away, and features of style sheets.
      js: /\.at\(-?\d|Object\.hasOwn\(|structuredClone\(|\.findLast|\.toSorted\(|\.toReversed\(|static\{|withResolvers|\.groupBy\(/g,
      css: /:has\(|:is\(|:where\(|aspect-ratio|\d[dsl]v[hw]|@container|@layer|color-mix\(|accent-color|@property|:focus-within\s*&/g,
    }
    for (const [name, bytes] of files)
      expect([name, bytes.toString().match(name.endsWith('.css') ? later.css : later.js)]).toEqual([
        name,
        null,
      ])
  })

  it('a guest finds a room by place and district, gets there, says when it is shut, and at its door that she used it', async () => {
    const guest = await visitor(on.browser, on.server.base, phone)
    const { page } = guest
    await open(guest, '/')
    await faultsOf(page, 'home')
    await guest.context.grantPermissions(['geolocation'])
    await guest.context.setGeolocation({ longitude: 121.6147, latitude: 38.914 })
    await page.getByRole('button', { name: '按离我的距离找' }).click()
    await page
      .getByText(/\d (米|公里) · /)
      .first()
      .waitFor()
    await page.getByRole('link', { name: '全部' }).first().click()
    await page.getByRole('img', { name: /上方为北/ }).waitFor()
    await faultsOf(page, 'rooms')
    const count = async () =>
      Number(/共 (\d+) 间/.exec(await page.getByRole('status').first().innerText())![1])
    const all = await count()
    await page.locator('.chips').getByRole('button').nth(3).click()
    await expect.poll(count).toBeLessThan(all)
    await page.locator('.cards .card').first().click()
    await page.getByRole('button', { name: '怎么去' }).click()
    const amap = await page.getByRole('link', { name: '高德地图' }).getAttribute('href')
    expect(amap).toMatch(/^https:\/\/uri\.amap\.com\/marker\?position=12\d\.\d{6}%2C3\d\.\d{6}&/)
    await faultsOf(page, 'how to get there')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.getByRole('button', { name: '反映问题' }).click()
    await page.getByRole('button', { name: '打不开' }).click()
    await page.getByLabel('补充说明').fill('周二下午门锁着')
    await faultsOf(page, 'report')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已经告诉管理单位').waitFor()
    await page.getByRole('button', { name: '关闭' }).click()
    await open(guest, `${new URL(page.url()).pathname.slice('/m'.length)}/door`)
    await page.getByRole('button', { name: '记一次使用' }).click()
    await page.getByText('已记一次').waitFor()
    await faultsOf(page, 'at the door')
    expect(guest.faults).toEqual({ console: [], csp: [], offOrigin: [] })
    await guest.context.close()
  }, 180_000)

  it('without a place the rooms are found by district, and that is said', async () => {
    const guest = await visitor(on.browser, on.server.base, phone)
    await open(guest, '/rooms')
    await guest.page.getByRole('button', { name: '按距离找' }).click()
    await guest.page.getByText('可以按区县查找').waitFor()
    await guest.page.getByRole('button', { name: '现在开放' }).click()
    await guest.page.getByText(/现在开放的共 \d+ 间/).waitFor()
    expect(guest.faults).toEqual({ console: [], csp: [], offOrigin: [] })
    await guest.context.close()
  }, 120_000)

  it('she signs in where she found the event, leaves a line and joins it again, and every page holds in large type and on a wide screen', async () => {
    const her = await visitor(on.browser, on.server.base, phone)
    const { page } = her
    await open(her, '/events')
    await faultsOf(page, 'events of a guest')
    await page.locator('.cards .card').first().click()
    const signIn = page.getByRole('link', { name: '登录后报名' })
    await signIn.waitFor()
    const title = await page.getByRole('heading', { level: 1 }).innerText()
    await signIn.click()
    await faultsOf(page, 'sign in')
    await page.getByRole('button', { name: '常例晴' }).click()
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
    await page.locator('dd').getByText('开始报名').waitFor()
    // She waits for the flower class: she leaves the line, and stands at its end when she asks again.
    await open(her, '/events')
    await page.getByRole('link', { name: /女职工插花体验班/ }).click()
    await page.getByText(/您前面还有 \d+ 人/).waitFor()
    await faultsOf(page, 'her event')
    await page.getByRole('button', { name: '取消报名' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取消报名' }).click()
    await page.getByText('已取消，名额给下一位').waitFor()
    await page.getByRole('button', { name: '报名候补' }).click()
    await page.getByText('您排在候补里').waitFor()
    await page.getByText(/您前面还有 \d+ 人/).waitFor()
    // She answers a quiz: each answer goes out as she chooses it, and what she left open is told before she hands in.
    await open(her, '/quizzes')
    await page.getByRole('link', { name: /平安家庭/ }).click()
    await page.getByRole('button', { name: '开始答题' }).click()
    await page.locator('.quiz-option').first().click()
    await page.getByText('答案已保存').waitFor()
    await faultsOf(page, 'a question')
    // She leaves and comes back: what she chose stands, and what she chooses now counts.
    await page.getByRole('link', { name: '返回' }).click()
    await page.getByRole('button', { name: '接着上次的答' }).click()
    await page.getByRole('button', { name: '上一题' }).click()
    expect(await page.locator('.quiz-option input').first().isChecked()).toBe(true)
    const other = page.locator('.quiz-option').nth(1)
    const chosen = await other.innerText()
    await other.click()
    await page.getByText('答案已保存').waitFor()
    for (let n = 0; n < 4; n++) await page.getByRole('button', { name: '下一题' }).click()
    await page.getByRole('button', { name: '交卷' }).click()
    await page.getByText('还有 4 道题没有答').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '交卷' }).click()
    await page.getByText('4 道没有作答').waitFor()
    expect(await page.locator('.quiz-told li').first().innerText()).toContain(chosen)
    await faultsOf(page, 'her result')
    await open(her, '/courses')
    await page.getByRole('link', { name: /劳动保护三讲/ }).click()
    await page.getByRole('button', { name: '学完了' }).click()
    await page.getByText(/学完$/).waitFor()
    await faultsOf(page, 'a course')
    // She joins match-making under a name of her choice, answers a card, and leaves: nothing of it stays.
    await open(her, '/match')
    await page.getByLabel('昵称').fill('晴天小例')
    await page.getByLabel('所在区市').selectOption({ index: 1 })
    await page.getByLabel('几句介绍').fill('喜欢看海和烘焙')
    await page.getByLabel('联系方式', { exact: false }).last().fill('演示号码 13900000099')
    await page.getByRole('checkbox').check()
    await faultsOf(page, 'joining match-making')
    await page.getByRole('button', { name: '参加' }).click()
    const cards = page.locator('.cards .card')
    await expect.poll(() => cards.count()).toBe(6)
    await page.getByRole('button', { name: '不想认识' }).first().click()
    await expect.poll(() => cards.count()).toBe(5)
    await faultsOf(page, 'cards')
    await open(her, '/match/answers')
    await page.getByRole('button', { name: '改为愿意认识' }).waitFor()
    await open(her, '/match/pairs')
    await page.getByText('双方都愿意的会出现在这里').waitFor()
    await open(her, '/match/card')
    await page.getByRole('button', { name: '退出并删除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '退出并删除' }).click()
    await page.getByRole('button', { name: '参加' }).waitFor()
    await open(her, '/mine')
    await page.getByRole('switch', { name: '大字版' }).click()
    for (const path of [
      '/',
      '/services',
      '/events',
      '/quizzes',
      '/courses',
      '/match',
      '/childcare',
      '/hardship',
      '/honours',
      '/policy',
      '/suggest',
      '/joining',
      '/mine',
      '/rooms',
      '/nowhere',
    ]) {
      await open(her, path)
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('20px')
      await faultsOf(page, `${path} in large type`)
    }
    await page.setViewportSize({ width: 1366, height: 768 })
    for (const path of ['/', '/events', '/mine']) {
      await open(her, path)
      await faultsOf(page, `${path} on a wide screen`)
    }
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByText('登录以后，这里有').waitFor()
    // She comes in again by her phone: her name is asked the first time.
    await page.setViewportSize(phone)
    await open(her, '/sign-in')
    const [number, code] = [page.getByLabel('手机号'), page.getByLabel('验证码', { exact: true })]
    await number.fill(demoPhone)
    await page.getByRole('button', { name: '获取验证码' }).click()
    await code.fill(/\d{6}/.exec(await page.getByText('演示不发短信').innerText())![0])
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByLabel('姓名').fill('常例晴')
    await faultsOf(page, 'sign in by phone')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('我报名的活动').waitFor()
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('常例晴')
    expect(her.faults).toEqual({ console: [], csp: [], offOrigin: [] })
    // By her phone alone her own papers do not open: each page shows the way on, and a question without a name goes out.
    for (const path of ['/hardship', '/honours', '/suggest', '/policy']) {
      await open(her, path)
      await page.getByRole('link', { name: '去完成第二步验证' }).waitFor()
    }
    await page.getByRole('button', { name: '没有找到，我要提问' }).click()
    await page.getByText('不留姓名提问，凭回执号看答复').waitFor()
    await page.getByRole('link', { name: '去完成第二步验证' }).click()
    await page.getByText('第二步验证').first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/my')
    expect([her.faults.csp, her.faults.offOrigin]).toEqual([[], []])
    await her.context.close()
  }, 240_000)
})
