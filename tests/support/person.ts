import type { Browser, BrowserContext, Page } from 'playwright-core'

/** What a page must never do: collected while a person works. */
export type Faults = { console: string[]; offOrigin: string[] }

export type Person = { page: Page; context: BrowserContext; faults: Faults; api<T>(path: string): Promise<T> }

/** Signs a demo person in by the picker, as a visitor does. */
export async function signIn(
  browser: Browser,
  base: string,
  name: string,
  size = { width: 1366, height: 768 },
): Promise<Person> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    hasTouch: size.width < 600,
  })
  const faults: Faults = { console: [], offOrigin: [] }
  const page = await context.newPage()
  page.on('console', (m) => {
    // The sign-in page asks who is signed in; nobody is, and the browser notes the 401.
    if (m.type() === 'error' && !m.text().includes('401')) faults.console.push(m.text())
  })
  page.on('pageerror', (e) => faults.console.push(String(e)))
  page.on('request', (r) => {
    if (!r.url().startsWith(base) && !r.url().startsWith('data:') && !r.url().startsWith('blob:'))
      faults.offOrigin.push(r.url())
  })
  await page.goto(base)
  await page.getByText(name, { exact: true }).first().click()
  await page.getByText('您好').first().waitFor()
  return {
    page,
    context,
    faults,
    api: async <T>(path: string) => (await (await context.request.get(`${base}/api${path}`)).json()) as T,
  }
}
