import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'

/** What a page must never do: collected while a person works. */
export type Faults = { console: string[]; csp: string[]; offOrigin: string[] }

export type Person = {
  page: Page
  context: BrowserContext
  faults: Faults
  api<T>(path: string): Promise<T>
  /** Sends what a page would send. @throws Error with the answer where it was not taken */
  send<T>(path: string, data: object, method?: 'POST' | 'PUT'): Promise<T>
  /** Waits until the page asks for nothing more and shows no sign of loading. */
  settled(): Promise<void>
  /** Waits until the page has said this in passing; a line gone again by then has still been said. */
  told(text: string): Promise<void>
}

type Size = { width: number; height: number }

/** A browser of its own at the first page, signed in by nobody. */
export async function visitor(
  browser: Browser,
  base: string,
  size: Size = { width: 1366, height: 768 },
  path = '',
): Promise<Person> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    hasTouch: size.width < 600,
    // A dialog still growing moves its lists between the press and the release of a choice.
    reducedMotion: 'reduce',
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
    const passing = '.ant-message-notice'
    const said = ((window as unknown as { said: string[] }).said = [] as string[])
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((c) => [...c.addedNodes]))
        if (node instanceof Element && (node.matches(passing) || node.querySelector(passing)))
          said.push(node.textContent)
    }).observe(document, { childList: true, subtree: true })
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
  const asked = new Set<Request>()
  let quietSince = Date.now()
  page.on('request', (r) => void asked.add(r))
  const answered = (r: Request) => {
    asked.delete(r)
    quietSince = Date.now()
  }
  page.on('requestfinished', answered)
  page.on('requestfailed', answered)
  await page.goto(base + path)
  return {
    page,
    context,
    faults,
    settled: async () => {
      // What an answer or a new size sets off has been asked for by the next frame and a little.
      const frames = () =>
        page.evaluate(() => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 50))))
      do await frames()
      while (asked.size > 0 || Date.now() - quietSince < 100)
      await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' })
    },
    told: async (text) => {
      await page.waitForFunction(
        (part) => (window as unknown as { said: string[] }).said.some((line) => line.includes(part)),
        text,
      )
    },
    api: async <T>(path: string) => (await (await context.request.get(`${base}/api${path}`)).json()) as T,
    send: async <T>(path: string, data: object, method = 'POST') => {
      const headers = { 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() }
      const answer = await context.request.fetch(`${base}/api${path}`, { method, data, headers })
      if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
      return (await answer.json()) as T
    },
  }
}

/** Signs a demo person in by the picker, as a visitor does. */
export async function signIn(browser: Browser, base: string, name: string, size?: Size): Promise<Person> {
  const person = await visitor(browser, base, size)
  await person.page.getByText(name, { exact: true }).first().click()
  await person.page.getByText('您好').first().waitFor()
  return person
}

/** The same without its first page, which asks for much: for whoever goes straight to hers. */
export async function signedIn(browser: Browser, base: string, name: string): Promise<Person> {
  const person = await visitor(browser, base, undefined, '/favicon.svg')
  const people = await person.api<{ accountId: string; name: string }[]>('/demo/people')
  await person.send('/session', { accountId: people.find((one) => one.name === name)!.accountId })
  return person
}
