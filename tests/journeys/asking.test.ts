import { describe, expect, test } from 'vitest'
import type { Inbox } from '#record/api.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, type Person } from '../support/person.ts'

const clean = (...all: Person[]) => {
  for (const { faults } of all) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
}

/** A line of a sheet; the seventh and the nineteenth are empty. */
const row = (n: number) =>
  n === 7 || n === 19
    ? '\t'.repeat(9)
    : `夜校第${n}课\t2020-03-${String(n).padStart(2, '0')}\t2020-03-${String(n).padStart(2, '0')}\t线下\t1\t${20 + n}\t${10 + n}\t周末学校\t第${n}课插花\t台账`

describe.skipIf(!hasBrowser)('what is asked of a cadre, and what she asks, in the browser', () => {
  const on = journey()

  test('a form without its legal head is not sent; with it, its burden stands there first', async () => {
    const chief = await signIn(on.browser, on.server.base, '顾样静')
    const { page } = chief
    await page.goto(`${on.server.base}/tasks/new`)
    await page.getByLabel('标题').fill('女职工夜校场地摸底')
    await page.getByText('问卷：系统里没有的几个问题').click()
    await page.getByLabel('第 1 问', { exact: true }).fill('能借用的场地')
    const burden = page.locator('.task-burden')
    await burden.getByText('每家约').waitFor()
    expect(await burden.innerText()).toMatch(
      /要填 [\d,]+ 个单位；必填 1 项.*需填\s*1\s*项，每家约 \d+ 分钟，合计约/s,
    )
    const send = page.getByRole('button', { name: /^下\s?达$/ })
    await page.getByLabel('制定机关').fill('')
    await send.click()
    for (const missing of ['请填写表号', '请填写制定机关', '请填写批准或备案文号'])
      await page.getByText(missing, { exact: true }).waitFor()
    expect(page.url()).toMatch(/\/tasks\/new$/)
    await page.getByLabel('表号').fill('演示女工调05表')
    await page.getByLabel('制定机关').fill('沙河口区总工会')
    await page.getByLabel('批准或备案文号').fill('演示统备〔2020〕12号')
    await send.click()
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/)
    await page.getByText('演示女工调05表').first().waitFor()
    clean(chief)
  }, 120_000)

  test('what she says to the city is answered there, and she reads the answer', async () => {
    const [clerk, city] = await Promise.all(
      ['郝例娟', '白示宁'].map((name) => signIn(on.browser, on.server.base, name)),
    )
    const asked = '导入时希望认得街道的简称'
    await clerk!.page.goto(`${on.server.base}/help?tab=voice`)
    await clerk!.page.getByLabel('内容').fill(asked)
    await clerk!.page.getByRole('button', { name: /^送\s?出$/ }).click()
    await clerk!.told('已送到市总工会，答复会显示在下面')

    const { page } = city!
    const open = async () =>
      (await city!.api<Inbox>('/inbox?box=review')).cards.filter(({ label }) => label === '投诉建议').length
    const waiting = await open()
    await page.goto(`${on.server.base}/inbox?box=review`)
    const card = page.locator('.inbox-cards li', { hasText: '投诉建议' })
    await card.first().waitFor()
    // The card says neither who nor what.
    expect(await card.first().innerText()).not.toMatch(/郝例娟|简称/)
    await card.first().getByRole('link').click()
    await page.getByRole('button', { name: '打开内容：郝例娟' }).click()
    await page.getByText(asked).waitFor()
    await page.getByLabel('答复郝例娟').fill('已列入下月更新')
    await page.getByRole('button', { name: /^答\s?复$/ }).click()
    await city!.told('已答复')
    expect(await open()).toBe(waiting - 1)

    await clerk!.page.reload()
    await clerk!.page.getByText('已列入下月更新').waitFor()
    clean(clerk!, city!)
  }, 120_000)

  test('thirty pasted lines, two of them empty: rows filled in one after the other stay, here and at another machine', async () => {
    const clerk = await signIn(on.browser, on.server.base, '郝例娟')
    const { page } = clerk
    await page.goto(`${on.server.base}/entry/training/rows`)
    const head = '名称\t开始日期\t结束日期\t方式\t期数\t参加总人次\t其中女职工\t载体\t培训内容\t证据等级'
    const lines = [head, ...Array.from({ length: 30 }, (_, n) => row(n + 1))]
    await page.getByLabel('把表格里的行').fill(lines.join('\n'))
    await page.getByText('28 条，都可以提交').waitFor()
    for (const n of [28, 29]) {
      await page.getByRole('button', { name: '加一行' }).click()
      await page.locator(`[id="records.${n}.title"]`).fill(`补课${n}`)
      await page.locator(`[id="records.${n}.women"]`).fill(String(n))
      await page.locator(`[id="records.${n}.all"]`).fill(String(n + 10))
    }
    const titles = () =>
      page
        .locator('[id^="records."][id$=".title"]')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
    expect((await titles()).slice(27)).toEqual(['夜校第30课', '补课28', '补课29'])
    expect(await page.locator('[id="records.28.women"]').inputValue()).toBe('28')
    await page.getByText('已保存，换一台设备登录也能接着填').waitFor()

    const elsewhere = await signIn(on.browser, on.server.base, '郝例娟')
    await elsewhere.page.goto(`${on.server.base}/entry/training/rows`)
    await elsewhere.page.getByText('还没有提交，已找回').waitFor()
    const there = await elsewhere.page
      .locator('[id^="records."][id$=".title"]')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
    expect(there).toEqual(await titles())
    clean(clerk, elsewhere)
  }, 180_000)
})
