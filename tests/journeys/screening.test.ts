import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EntryList, RoundList } from '#screening/api.ts'
import { signIn, type Person } from '../support/person.ts'
import { hasBrowser, openBrowser, startLoaded, type RunningServer } from '../support/server.ts'
import { figureOf, sentenceOf } from '../support/told.ts'

const persons = (person: Person) => figureOf(person, 'screening.persons')
const children = (person: Person) => figureOf(person, 'childcare.children')

const act = async (who: Person, name: string) => {
  // A button that was pressed before may still turn.
  await who.page.getByRole('button', { name: new RegExp(`${name}$`) }).click()
  const sure = who.page.locator('.ant-modal-confirm-btns .ant-btn-primary')
  await sure.click()
  // A dialog that comes in on a busy machine may not have heard the click; one that heard it hears no second.
  await expect
    .poll(
      async () => {
        if ((await sure.count()) > 0) await sure.click({ timeout: 1_000 }).catch(() => undefined)
        return sure.count()
      },
      { timeout: 15_000 },
    )
    .toBe(0)
}
const shown = (who: Person, state: string) => who.page.locator('h1 .ant-tag', { hasText: state }).waitFor()

describe.skipIf(!hasBrowser)('a screening round and a childcare class, in the browser', () => {
  let server: RunningServer
  let browser: Browser
  const signedIn = new Map<string, Person>()
  /** Whoever was here before is still signed in. */
  async function by(name: string): Promise<Person> {
    const person = signedIn.get(name) ?? (await signIn(browser, server.base, name))
    signedIn.set(name, person)
    return person
  }
  beforeAll(async () => {
    server = await startLoaded()
    browser = await openBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test('from the form over places, members, a day and the hospital’s answer to the figure', async () => {
    const leads = await by('顾样静')
    const { page } = leads
    const before = await persons(leads)
    await page.goto(`${server.base}/screening/new`)
    await page.getByLabel('名称').fill('2020年第二批')
    await page.getByPlaceholder('开始日期').fill('2020-04-16')
    await page.getByPlaceholder('结束日期').fill('2020-05-31')
    await page.getByPlaceholder('结束日期').press('Enter')
    for (const [label, value] of [
      ['每人费用', '500'],
      ['经费预算', '900'],
      ['定向名额', '2'],
    ] as const)
      await page.getByLabel(label).fill(value)
    await page.getByRole('button', { name: '加一天' }).click()
    await page.getByLabel('第 1 行的定点医院').fill('示例区妇幼保健院')
    await page.getByLabel('第 1 行的日期').fill('2020-04-16')
    await page.getByLabel('第 1 行的日期').press('Enter')
    await page.getByLabel('第 1 行的当天容量（人）').fill('2')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('2 个名额每人 500 元要 1000 元').waitFor()
    await page.getByLabel('经费预算').fill('1000')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '开始', exact: true }).click()
    await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click()
    await leads.told('轮次已开始')
    const { rows } = await leads.api<RoundList>('/screening/rounds')
    const { id } = rows.find((row) => row.title === '2020年第二批')!
    await page.getByLabel('女工干部').click()
    await page.locator('.ant-select-item-option', { hasText: '侯琳示' }).click()
    await page.getByRole('button', { name: '指定', exact: true }).click()
    await page.getByRole('button', { name: /^不再指定 侯琳示 名单和到检/ }).waitFor()

    const unit = await by('郝例娟')
    const { post } = await unit.api<{ post: { org: { name: string } } }>('/me')
    await page.getByLabel('分给哪个单位').fill(post.org.name)
    await page.locator('.org-option', { hasText: post.org.name }).first().click()
    await page.getByLabel('名额', { exact: true }).fill('3')
    await page.getByRole('button', { name: '分配' }).click()
    await page.getByText('还剩 2 个定向名额可分').waitFor()
    await page.getByLabel('名额', { exact: true }).fill('2')
    await page.getByRole('button', { name: '分配' }).click()
    await leads.told('已分配给')

    await unit.page.goto(`${server.base}/screening/${id}`)
    for (const at of [0, 1])
      await unit.page
        .getByLabel(/^选择 /)
        .nth(at)
        .check()
    await unit.page.getByRole('button', { name: '列入名单（2 人）' }).click()
    await unit.page.getByLabel(/签署同意书的日期/).fill('2020-04-16')
    // Enter takes the day and sends the form.
    await unit.page.getByLabel(/签署同意书的日期/).press('Enter')
    await unit.told('已列入 2 人')
    const list = unit.page.locator('#entries')
    await list.getByText('已列入，待预约').nth(1).waitFor()
    for (const at of [0, 1])
      await list
        .getByLabel(/^选择 /)
        .nth(at)
        .check()
    await list.getByLabel('医院和日期').click()
    await unit.page.locator('.ant-select-item-option', { hasText: '示例区妇幼保健院' }).click()
    await list.getByRole('button', { name: '预约（2 人）' }).click()
    await unit.told('已预约 2 人')

    const books = await by('侯琳示')
    await books.page.goto(`${server.base}/screening/${id}`)
    const [file] = await Promise.all([
      books.page.waitForEvent('download'),
      books.page.getByRole('button', { name: /^下载预约名单/ }).click(),
    ])
    expect(file.suggestedFilename()).toBe('2020年第二批_示例区妇幼保健院_预约名单.xlsx')
    const entries = (await books.api<EntryList>(`/screening/rounds/${id}/entries`)).rows
    const came = join(tmpdir(), `came-${id}.csv`)
    const upload = async (head: string, end: string) => {
      await writeFile(came, `${head}\n${entries.map(({ code }) => `${code},到检${end}\n`).join('')}`)
      await books.page.locator('input[type=file]').setInputFiles(came)
    }
    await upload('预约编码,到检,诊断', ',略')
    await books.page.getByText('表里多了“诊断”一栏').waitFor()
    await upload('预约编码,到检', '')
    await books.page.getByText('到检 2 人，未到 0 人').waitFor()
    await books.page.locator('.ant-modal-confirm-btns .ant-btn-primary').click()
    expect(await persons(leads)).toBe(before + 2)
    // The figure opens its list.
    await books.page.getByRole('link', { name: '2 人' }).click()
    await books.page.locator('#entries').getByText('到检', { exact: true }).nth(1).waitFor()
    for (const { faults } of [leads, unit, books]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  }, 180_000)

  test('a class from the application over safety, staff, publication, a day and the review to the figure and its sentence', async () => {
    const unit = await by('郝例娟')
    const { page } = unit
    const before = await children(unit)
    await page.goto(`${server.base}/childcare/new`)
    await page.getByLabel('班级名称').fill('四月托管班')
    await page.getByPlaceholder('开始日期').fill('2020-04-16')
    await page.getByPlaceholder('结束日期').fill('2020-04-16')
    await page.getByPlaceholder('结束日期').press('Enter')
    for (const [label, value] of [
      ['每日时间', '8:00 至 17:00'],
      ['办班地点', '职工之家'],
      ['托位', '9'],
      ['金额', '800'],
    ] as const)
      await page.getByLabel(label).fill(value)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('每班托位须在 10 至 35 个之间').waitFor()
    await page.getByLabel('托位').fill('12')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '登记 应急预案' }).click()
    await page.getByLabel('名称或编号').fill('合格证明1号')
    await page.getByLabel('出具单位').fill('示例检查机构')
    await page.getByLabel('有效期至').fill('2020-12-31')
    await page.getByLabel('有效期至').press('Enter')
    await page.locator('.ant-modal-footer .ant-btn-primary').click()
    await page.getByRole('button', { name: '更新 应急预案' }).waitFor()
    const address = page.url()
    // The other four like it.
    for (const kind of ['fire', 'building', 'food', 'insurance'])
      expect(
        await page.evaluate(
          async ([at, body]) =>
            (
              await fetch(`/api/childcare/classes/${at}/papers`, {
                method: 'PUT',
                headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
                body,
              })
            ).status,
          [
            address.split('/').at(-1)!,
            JSON.stringify({ kind, number: '合格证明', issuer: '示例检查机构', validUntil: '2020-12-31' }),
          ] as const,
        ),
      ).toBe(200)
    await page.getByRole('button', { name: '登记工作人员' }).click()
    await page.getByLabel('姓名').fill('甘示芝')
    await page.locator('.ant-modal-footer .ant-btn-primary').click()
    await page.getByText('1 名工作人员没有入职查询').waitFor()
    await act(unit, '提交申请')
    await shown(unit, '待区县审核')
    const [district, city, second] = [await by('顾样静'), await by('白示宁'), await by('孟慧例')]
    await district.page.goto(address)
    await act(district, '同意，报市')
    await shown(district, '待市级评审')
    expect(await district.page.getByText('甘示芝').count()).toBe(0)
    await city.page.goto(address)
    await act(city, '同意开班')
    await shown(city, '已同意，待公布')
    await page.reload()
    await act(unit, '公布')
    await page.locator('.ant-message').getByText('1 名工作人员没有入职查询').waitFor()
    await page.getByRole('button', { name: '登记查询 甘示芝' }).click()
    await page.getByText('可以录用', { exact: true }).click()
    await page.getByLabel('查询日期').fill('2020-04-16')
    // The only text of its form: Enter sends it.
    await page.getByLabel('查询日期').press('Enter')
    await page.locator('.childcare-staff').getByText('可以录用').waitFor()
    await act(unit, '公布')
    await unit.told('1 名工作人员没有健康证')
    await page.getByRole('button', { name: '登记健康证 甘示芝' }).click()
    await page.getByLabel('有效期至').last().fill('2020-12-31')
    await page.getByLabel('有效期至').last().press('Enter')
    await page.locator('.childcare-staff').getByText('2020-12-31').waitFor()
    await act(unit, '公布')
    await shown(unit, '已公布')
    const open = await fetch(`${server.base}/api/childcare/open`)
    expect(await open.text()).toContain('四月托管班')
    await page.getByLabel('在托子女').fill('11')
    await page.getByRole('button', { name: '保存人数' }).click()
    await page.getByLabel('签到日期').fill('2020-04-16')
    await page.getByLabel('签到日期').press('Enter')
    await page.getByLabel('到班').fill('10')
    await page.getByRole('button', { name: '登记签到' }).click()
    await page.getByRole('button', { name: '删去 2020-04-16' }).waitFor()
    await act(unit, '结班，报验收')
    await shown(unit, '已结班，待验收')
    await city.page.reload()
    await city.page.getByRole('button', { name: '登记评估' }).click()
    await city.page.getByLabel('评估机构').fill('示例评估中心')
    await city.page.getByLabel('评估日期').fill('2020-04-16')
    await city.page.getByLabel('评估日期').press('Enter')
    await city.page.getByText('合格', { exact: true }).click()
    await city.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await city.page.locator('.act-list').getByText('示例评估中心').waitFor()
    await second.page.goto(address)
    await act(second, '验收通过')
    await shown(second, '已验收')
    expect(await children(unit)).toBe(before + 11)
    await sentenceOf(city, server.base, `照护职工子女${await children(city)}人`)
    for (const { faults } of [unit, district, city, second])
      expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  }, 180_000)
})
