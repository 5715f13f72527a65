import type { Browser } from 'playwright-core'

/** Open browsers of this process: where a test fails, `pagesOnFailure.ts` says what their pages showed. */
export const watchedBrowsers = new Set<Browser>()

export function watch(browser: Browser): Browser {
  watchedBrowsers.add(browser)
  browser.on('disconnected', () => watchedBrowsers.delete(browser))
  return browser
}
