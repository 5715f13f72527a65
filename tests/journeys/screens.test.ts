import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, startServer, type RunningServer } from '../support/server.ts'
import { signIn } from '../support/person.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; impact: string; nodes: { html: string }[] }

/** Serious and critical findings of axe on the page as it stands. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)`,
  )
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes[0]!.html.slice(0, 160)}`)
}

const pages: Record<string, string[]> = {
  郝例娟: ['/', '/inbox', '/entry', '/entry/training', '/records/training', '/figures?year=2019'],
  顾样静: ['/', '/review', '/records/lawTalk', '/orgs'],
  白示宁: [
    '/',
    '/figures?year=2019',
    '/summary?year=2019',
    '/orgs',
    '/records/honour',
    '/trace/training.sessions?year=2019',
  ],
}

describe.skipIf(!hasBrowser)('every screen', () => {
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

  for (const size of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ]) {
    for (const [name, addresses] of Object.entries(pages)) {
      test(`${name} at ${size.width}×${size.height}: fits, speaks to nobody else, breaks no rule`, async () => {
        const person = await signIn(browser, server.base, name, size)
        for (const address of addresses) {
          await person.page.goto(server.base + address, { waitUntil: 'networkidle' })
          await person.page
            .locator('.ant-skeleton, .ant-spin-spinning')
            .first()
            .waitFor({ state: 'detached' })
          const width = await person.page.evaluate(() => document.documentElement.scrollWidth)
          expect.soft(width, `${address} scrolls sideways`).toBeLessThanOrEqual(size.width)
          expect.soft(await findings(person.page), address).toEqual([])
        }
        expect(person.faults).toEqual({ console: [], offOrigin: [] })
        await person.context.close()
      }, 180_000)
    }
  }

  test('what was typed survives a lost connection and a closed page', async () => {
    const { page, context } = await signIn(browser, server.base, '钱演霞')
    await page.goto(`${server.base}/entry/lawTalk`, { waitUntil: 'networkidle' })
    await page.locator('#title').fill('劳动保护知识讲座')
    await page.getByText('已自动保存').first().waitFor()
    await context.setOffline(true)
    await page.locator('#women').fill('37')
    await page.getByText('已存在本机').first().waitFor()
    const address = page.url()
    await context.setOffline(false)
    await page.close()
    const again = await context.newPage()
    await again.goto(address, { waitUntil: 'networkidle' })
    await expect.poll(() => again.locator('#title').inputValue()).toBe('劳动保护知识讲座')
    await expect.poll(() => again.locator('#women').inputValue()).toBe('37')
    await context.close()
  }, 120_000)
})
