import { describe, expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, type Person } from '../support/person.ts'

type Sheets = { id: string; state: string }[]
type Total = { org: { id: number; shortName: string }; isVetoed: boolean }

const task = '继续组织“两癌”筛查'
const choose = async ({ page }: Person, act: string) => {
  await page.getByRole('button', { name: new RegExp(`^办理：${task}`) }).click()
  await page.getByRole('menuitem', { name: act }).click()
}
const primary = ({ page }: Person) => page.locator('.ant-modal-footer .ant-btn-primary')

describe.skipIf(!hasBrowser)('plan and assessment, in the browser', () => {
  const on = journey()

  test('a target is broken down by head count, its sum told, and changed in mid-year with what stood before', async () => {
    const city = await signIn(on.browser, on.server.base, '白示宁')
    await city.page.goto(`${on.server.base}/plan?year=2020`)
    await choose(city, '分解到下级')
    await city.page.getByText('按女会员人数').click()
    await city.page.getByText('分解合计与目标一致').waitFor()
    const share = city.page.getByLabel('沙河口区的目标')
    const given = Number(await share.inputValue())
    await share.fill(String(given + 50))
    await city.page.getByText('分解合计高于目标').waitFor()
    await share.fill(String(given))
    await city.page.getByRole('button', { name: /^分给 \d+ 个单位/ }).click()
    await city.told('已写入下级单位的计划')

    const district = await signIn(on.browser, on.server.base, '顾样静')
    await district.page.goto(`${on.server.base}/plan?year=2020`)
    await district.page.getByText('市总工会分解（其总目标 14,000）').waitFor()

    await choose(city, '修改')
    await city.page.getByLabel('目标值').fill('15000')
    await primary(city).click()
    await city.page.getByText('请写明为什么调整').waitFor()
    await city.page.getByLabel('调整原因').fill('年中追加经费，经常委会同意')
    await primary(city).click()
    await city.told('已修改')
    await city.page.getByText('分解合计低于目标').waitFor()
    await city.page.getByText('年中追加经费，经常委会同意').click()
    const change = await city.page.locator('.plan-change').innerText()
    expect(change).toMatch(/14,000[^]*15,000/)
    for (const { faults } of [city, district]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })

  test('a unit objects, is answered and closes it; the city finds what vetoes, and the unit sees it', async () => {
    const unit = await signIn(on.browser, on.server.base, '顾样静')
    const sheets = await unit.api<Sheets>('/assessments')
    const { id } = sheets.find(({ state }) => state === 'open')!
    const rowsOf = async (person: Person) =>
      (await person.api<{ rows: Total[] }>(`/assessments/${id}/units`)).rows
    const own = (await rowsOf(unit)).find(({ org }) => org.shortName === '沙河口区')!
    expect(own.isVetoed).toBe(false)
    const page = `${on.server.base}/assessments/${id}/${own.org.id}`
    await unit.page.goto(page)
    await unit.page.getByRole('button', { name: '提异议' }).click()
    await unit.page.getByLabel('哪一项').click()
    await unit.page.locator('.ant-select-item-option').first().click()
    await unit.page.getByLabel('异议和理由').fill('联办的三期培训没有计入，请核对')
    await primary(unit).click()
    await unit.told('已提出')

    const city = await signIn(on.browser, on.server.base, '白示宁')
    await city.page.goto(page)
    await city.page.getByRole('button', { name: '答复', exact: true }).click()
    await city.page.getByRole('dialog').getByLabel('答复').fill('联办计入主办单位，不重复计')
    await primary(city).click()
    await city.told('已答复')
    await city.page
      .getByRole('row', { name: /一票否决/ })
      .getByRole('button', { name: /^填写：/ })
      .first()
      .click()
    await city.page.getByRole('dialog').getByText('有', { exact: true }).click()
    await city.page.getByLabel('理由').fill('查实一起迟报，已通报')
    await primary(city).click()
    await city.told('已保存')

    await unit.page.reload()
    await unit.page.getByText('一票否决').first().waitFor()
    await unit.page.getByRole('button', { name: '办结', exact: true }).click()
    await unit.told('已办结')
    expect((await rowsOf(unit)).find(({ org }) => org.id === own.org.id)).toMatchObject({
      isVetoed: true,
      objections: 0,
    })
    for (const { faults } of [unit, city]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })
})
