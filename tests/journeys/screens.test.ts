import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, visitor, type Person } from '../support/person.ts'
import { router } from '../../src/web/router.tsx'
import { outside, visits } from './pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; impact: string; nodes: { html: string }[] }

/** Serious and critical findings of axe on the page as it stands; colours are the same at both sizes and are looked at in one. */
async function findings(page: Page, colours: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const rules = { 'color-contrast': { enabled: colours } }
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { preload: false, resultTypes: ['violations'], rules: ${JSON.stringify(rules)} }).then((r) => r.violations)`,
  )
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes[0]!.html.slice(0, 160)}`)
}

/** The id of a frozen summary of 2019, made where none is. */
async function frozen({ page, api }: Person): Promise<string> {
  const known = await api<{ snapshots: { id: string }[] }>('/summary?year=2019')
  if (known.snapshots[0]) return known.snapshots[0].id
  return page.evaluate(async () => {
    const answer = await fetch('/api/summary/snapshots', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: '{"year":2019}',
    })
    return ((await answer.json()) as { id: string }).id
  })
}

/** An address with what stands in for a number of the demo's own. */
async function filled(person: Person, address: string): Promise<string> {
  if (address.includes('$snapshot')) return address.replace('$snapshot', await frozen(person))
  const sheet = /[$](open|published)Sheet/.exec(address)
  if (sheet) {
    const [sheets, me] = await Promise.all([
      person.api<{ id: string; state: string }[]>('/assessments'),
      person.api<{ post: { org: { id: number } } }>('/me'),
    ])
    const { id } = sheets.find(({ state }) => state === sheet[1])!
    return address.replace(sheet[0], id).replace('$own', String(me.post.org.id))
  }
  if (address.includes('$room')) {
    const { rows } = await person.api<{ rows: { id: string }[] }>('/care-rooms?show=open')
    return address.replace('$room', rows[0]!.id)
  }
  if (/[$](campaign|nomination)/.test(address)) {
    const { rows: campaigns } = await person.api<{ rows: { id: string; state: string }[] }>(
      '/honour-campaigns',
    )
    const open = campaigns.find((c) => c.state === 'open')!.id
    const { rows } = await person.api<{ rows: { id: string }[] }>(`/honour-campaigns/${open}`)
    return address.replace('$campaign', open).replace('$nomination', rows[0]?.id ?? open)
  }
  const file = /[$](open|returned)File/.exec(address)
  if (file) {
    const { rows } = await person.api<{ rows: { id: string }[] }>(`/hardship/files?state=${file[1]}`)
    return address.replace(file[0], rows[0]!.id)
  }
  if (address.includes('$class')) {
    const { rows } = await person.api<{ rows: { id: string }[] }>('/childcare/classes')
    return address.replace('$class', rows[0]!.id)
  }
  if (/[$](event|drawn)/.test(address)) {
    const { rows } = await person.api<{ rows: { id: string; mode: string }[] }>('/events')
    const one = (isDrawn: boolean) => rows.find(({ mode }) => (mode === 'draw') === isDrawn)!.id
    return address.replace('$event', one(false)).replace('$drawn', one(true))
  }
  if (address.includes('$course')) {
    const { rows } = await person.api<{ rows: { id: string }[] }>('/courses')
    return address.replace('$course', rows[0]!.id)
  }
  if (/[$](quiz|bank)/.test(address)) {
    const list = address.includes('$quiz') ? 'quiz' : 'bank'
    const { rows } = await person.api<{ rows: { id: string }[] }>(
      list === 'quiz' ? '/quizzes' : '/quiz-banks',
    )
    return address.replace(`$${list}`, rows[0]!.id)
  }
  if (address.includes('$round')) {
    const { rows } = await person.api<{ rows: { id: string }[] }>('/screening/rounds')
    return address.replace('$round', rows[0]!.id)
  }
  if (address.includes('$notice')) {
    const list = await person.api<{ id: string }[]>('/public-notices')
    return address.replace('$notice', list[0]?.id ?? '00000000-0000-4000-8000-000000000000')
  }
  if (!address.includes('$task')) return address
  const lists = await Promise.all(
    ['mine', 'sent'].map((box) => person.api<{ rows: { id: string }[] }>(`/tasks?box=${box}`)),
  )
  return address.replace('$task', lists.flatMap(({ rows }) => rows)[0]!.id)
}

/** One person: her looks at pages in one session. */
const rounds = new Map<string | null, [path: string, address: string][]>()
for (const [path, looks] of Object.entries(visits))
  for (const [who, address] of looks) rounds.set(who, [...(rounds.get(who) ?? []), [path, address]])

test('every route of the router has its look, and no look is without a route', () => {
  const routed = Object.values(router.routesByPath).map((route) => route.fullPath as string)
  expect([...new Set(routed), ...outside].sort()).toEqual(Object.keys(visits).sort())
})

describe.skipIf(!hasBrowser)('every screen', () => {
  const on = journey()

  const looked = { looks: 0, violations: 0 }
  const sizes = [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ]
  for (const [who, looks] of rounds)
    test(
      `${who}: every page fits, speaks to nobody else, breaks no rule`,
      async () => {
        const person =
          who === null
            ? await visitor(on.browser, on.server.base)
            : await signIn(on.browser, on.server.base, who)
        const { page } = person
        for (const [n, [, address]] of looks.entries()) {
          const at = await filled(person, address)
          // Loaded at one size and turned to the other, by turns, so that both are loaded and both are turned to.
          const [first, second] = n % 2 === 0 ? sizes : sizes.toReversed()
          await page.setViewportSize(first!)
          // As people come to pages: some by an address, most by a link within.
          if (who === null || n % 4 === 0) await page.goto(on.server.base + at, { waitUntil: 'load' })
          else await page.evaluate((to) => history.pushState({}, '', to), at)
          for (const size of [first!, second!]) {
            await page.setViewportSize(size)
            await person.settled()
            looked.looks++
            const where = `${address} at ${size.width}`
            const width = await page.evaluate(() => document.documentElement.scrollWidth)
            expect.soft(width, `${where} scrolls sideways`).toBeLessThanOrEqual(size.width)
            expect.soft(await page.getByText('页面不存在').count(), `${where} is there`).toBe(0)
            expect.soft(await findings(page, size === first), where).toEqual([])
          }
        }
        looked.violations += person.faults.csp.length
        // Links that serve no more are refused, and the browser notes that.
        if (who === null)
          person.faults.console = person.faults.console.filter((text) => !/status of 4(04|10)/.test(text))
        expect(person.faults).toEqual({ console: [], csp: [], offOrigin: [] })
        await person.context.close()
      },
      60_000 + looks.length * 20_000,
    )

  test('a page that broke the policy would be seen', async () => {
    const { page, faults, context } = await visitor(on.browser, on.server.base)
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.broken = true'
      document.body.append(script)
    })
    await expect.poll(() => faults.csp.length).toBe(1)
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
    await context.close()
    console.log(
      `pages: ${Object.keys(visits).length}, looks: ${looked.looks} in two sizes, CSP violations: ${looked.violations}`,
    )
    expect(looked).toEqual({ looks: 2 * Object.values(visits).flat().length, violations: 0 })
  })

  test('what was typed survives a lost connection and a closed page', async () => {
    const { page, context } = await signIn(on.browser, on.server.base, '钱演霞')
    await page.goto(`${on.server.base}/entry/lawTalk`, { waitUntil: 'networkidle' })
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
