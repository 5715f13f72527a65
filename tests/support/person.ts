import type { Browser, BrowserContext, Page } from 'playwright-core'

/** What a page must never do: collected while a person works. */
export type Faults = { console: string[]; csp: string[]; offOrigin: string[] }

export type Person = { page: Page; context: BrowserContext; faults: Faults; api<T>(path: string): Promise<T> }

type Size = { width: number; height: number }

/** A browser of its own at the first page, signed in by nobody. */
export async function visitor(
  browser: Browser,
  base: string,
  size: Size = { width: 1366, height: 768 },
): Promise<Person> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    hasTouch: size.width < 600,
  })
  const faults: Faults = { console: [], csp: [], offOrigin: [] }
  const page = await context.newPage()
  // The browser tells the page itself what its policy refused.
  await page.exposeFunction('tellViolation', (text: string) => void faults.csp.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => {
      const { tellViolation } = window as unknown as { tellViolation(text: string): void }
      tellViolation(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`)
    })
  })
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
  return {
    page,
    context,
    faults,
    api: async <T>(path: string) => (await (await context.request.get(`${base}/api${path}`)).json()) as T,
  }
}

/** Signs a demo person in by the picker, as a visitor does. */
export async function signIn(browser: Browser, base: string, name: string, size?: Size): Promise<Person> {
  const person = await visitor(browser, base, size)
  await person.page.getByText(name, { exact: true }).first().click()
  await person.page.getByText('您好').first().waitFor()
  return person
}
