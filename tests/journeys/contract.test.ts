import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContractDetail, DueList } from '#programmes/contract/api.ts'
import { hasBrowser, openBrowser, startServer, type RunningServer } from '../support/server.ts'
import { signIn } from '../support/person.ts'

describe.skipIf(!hasBrowser)('a contract is kept, in the browser', () => {
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

  test('asked of a day, looked at where it ends soon, inspected and to be mended', async () => {
    const city = await signIn(browser, server.base, '白示宁')
    const { page } = city
    await page.goto(`${server.base}/contracts?on=2019-12-31`)
    await page.getByText('覆盖女职工').first().waitFor()
    await page.getByText('到期事项').click()
    await page.getByText(/待续签 \d+/).click()
    const { rows } = await city.api<DueList>('/contract-due?kind=renewal')
    const { id, title } = rows[0]!
    await page.getByRole('link', { name: title }).first().click()
    await page.getByRole('tab', { name: '进程和条款' }).click()
    await page.getByText('双方首席代表签字').waitFor()
    await page.getByRole('button', { name: '安排检查' }).click()
    await page.getByRole('button', { name: /安\s?排$/ }).click()
    await page.getByRole('button', { name: '登记检查结果' }).click()
    await page.getByText('限期整改').click()
    await page.getByRole('button', { name: /登\s?记$/ }).click()
    await page.getByText('请写明哪一条没有履行').waitFor()
    const { inspections } = await city.api<ContractDetail>(`/contracts/${id}`)
    expect(inspections.map((one) => one.checkedOn)).toEqual([null])
    // The browser notes the refusal that was played.
    const console = city.faults.console.filter((text) => !text.includes('422'))
    expect([console, city.faults.csp, city.faults.offOrigin]).toEqual([[], [], []])
  })
})
