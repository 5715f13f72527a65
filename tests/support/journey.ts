import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser, startLoaded, type RunningServer } from './server.ts'

/** A platform with the demo year and a browser, for the tests of one block; both are there once its first test begins. */
export function journey(): { server: RunningServer; browser: Browser } {
  const on = {} as { server: RunningServer; browser: Browser }
  beforeAll(async () => {
    on.server = await startLoaded()
    on.browser = await openBrowser()
  }, 300_000)
  afterAll(async () => {
    await on.browser.close()
    await on.server.stop()
  })
  return on
}
