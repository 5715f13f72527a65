import { describe, expect, test } from 'vitest'
import type { ChangeLine } from '#org/change/api.ts'
import type { Gaps } from '#org/gaps/api.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, type Person } from '../support/person.ts'

const name = '大连示例新办企业工会'

const due = async (person: Person): Promise<number> => (await person.api<Gaps>('/orgs/gaps')).formation.whole
const first = async (person: Person): Promise<ChangeLine> =>
  (await person.api<{ rows: ChangeLine[] }>('/org-changes')).rows[0]!

describe.skipIf(!hasBrowser)('a unit is founded, in the browser', () => {
  const on = journey()

  test('asked by a district, done by the city, counted as due from then on', async () => {
    const district = await signIn(on.browser, on.server.base, '顾样静')
    const { page } = district
    await page.goto(`${on.server.base}/orgs/changes`)
    await page.getByRole('button', { name: '提出变更' }).click()
    await page.locator('#change-first').fill('沙河口')
    await page.locator('.ant-select-item-option').first().click()
    await page.getByRole('button', { name: '下一步：预览' }).click()
    await page.getByText('请填写批复文号').waitFor()
    expect(await page.getByText('请选择单位').count()).toBe(0)
    await page.locator('#change-name').fill(name)
    await page.locator('#change-code').fill('DL0399')
    await page.locator('#change-docNo').fill('示例〔2020〕3号')
    for (const [key, n] of [
      ['workers', 60],
      ['womenWorkers', 30],
      ['members', 50],
      ['womenMembers', 25],
    ] as const)
      await page.locator(`#change-${key}`).fill(String(n))
    await page.getByRole('button', { name: '下一步：预览' }).click()
    await page.getByText(`下面增加${name}`).waitFor()
    await page.getByRole('button', { name: '提出申请' }).click()
    await page.getByText(`成立${name}`).first().waitFor()

    const city = await signIn(on.browser, on.server.base, '白示宁')
    const before = await due(city)
    await city.page.goto(`${on.server.base}/orgs/changes`)
    await city.page.getByRole('button', { name: '核对办理' }).click()
    await city.page.getByRole('button', { name: /确\s?认/ }).click()
    await city.page.getByText('已办结').first().waitFor()
    expect(await due(city)).toBe(before + 1)
    expect((await first(city)).acts).toEqual([])
    for (const { faults } of [district, city])
      expect([faults.console, faults.csp, faults.offOrigin]).toEqual([[], [], []])
  })
})
