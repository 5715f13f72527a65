import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, startServer, type RunningServer } from '../support/server.ts'
import { signIn, type Person } from '../support/person.ts'

type Figures = { rows: { id: string; value: number | null }[] }

const files = async (person: Person): Promise<number> => {
  const told = JSON.stringify(await person.api<Figures>('/figures?year=2020'))
  return Number(/"hardship\.files","value":(\d+)/.exec(told)?.[1])
}

describe.skipIf(!hasBrowser)('hardship aid, in the browser', () => {
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test('a household is visited by its unit, another opened by the centre and counted, an aid approved and sent to the bank', async () => {
    const unit = await signIn(browser, server.base, '郝例娟')
    await unit.page.goto(`${server.base}/hardship?stage=checked`)
    await unit.page.locator('.ant-table-tbody a').first().click()
    await unit.page.getByRole('button', { name: '登记入户' }).click()
    await unit.page.getByLabel('入户人').fill('张示')
    await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await unit.page.getByText('入户至少两人').waitFor()
    await unit.page.getByLabel('入户人').fill('张示、李例')
    await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await unit.page.getByText('待核对收入').first().waitFor()

    const centre = await signIn(browser, server.base, '顾样静')
    const before = await files(centre)
    await centre.page.goto(`${server.base}/hardship?stage=noticed`)
    await centre.page
      .getByLabel(/^选择 /)
      .first()
      .check()
    await centre.page.getByRole('button', { name: '建档（1 户）' }).click()
    await centre.page.getByText('已建档 1 户').waitFor()
    expect(await files(centre)).toBe(before + 1)
    await centre.page.goto(`${server.base}/hardship/aids`)
    await centre.page.getByRole('button', { name: /^审批/ }).first().click()
    await centre.page.getByText('审批通过，待发放').waitFor()

    const pays = await signIn(browser, server.base, '温演莉')
    await pays.page.goto(`${server.base}/hardship/aids?aid=approved`)
    await pays.page
      .getByLabel(/^选择 /)
      .first()
      .check()
    await pays.page.getByRole('button', { name: /编一批发放（1 笔/ }).click()
    const [file] = await Promise.all([
      pays.page.waitForEvent('download'),
      pays.page.getByRole('button', { name: /下载代发名单/ }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^帮扶资金发放_.*\.xlsx$/)
    for (const { faults } of [unit, centre, pays]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })
})
