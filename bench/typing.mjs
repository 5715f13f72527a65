// `node bench/typing.mjs http://127.0.0.1:4105 [CHROMIUM]`: how long a key takes to be seen in the summary's editor, in a
// document of fifteen pages or more, at a running demo server. Writes nothing that stays: the text is put back at the end.
import { chromium } from 'playwright-core'

const [base, executablePath = '/usr/bin/chromium'] = process.argv.slice(2)
const PAGE = 28 * 22
const wanted = 15 * PAGE
const keys = 200

const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
await page.goto(base)
await page.getByText('白示宁', { exact: true }).first().click()
await page.getByText('您好').first().waitFor()

/** Saves the draft again, its paragraphs repeated until it is long enough; or as it was. */
const fill = (length, old) =>
  page.evaluate(
    async ([most, before]) => {
      const summary = await (await fetch('/api/summary?year=2019')).json()
      const { blocks } = summary.draft
      const each = blocks
        .flatMap((b) => b.pieces?.map((p) => p.text ?? '四个字的') ?? [b.text])
        .join('').length
      const rounds = before ? 1 : Math.ceil(most / each)
      const draft = before ?? structuredClone(summary.draft)
      for (let round = 1; round < rounds; round++)
        draft.blocks.push(...blocks.map((b) => ({ ...b, id: `${b.id}r${round}` })))
      const saved = await fetch('/api/summary/draft', {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ year: 2019, version: summary.version, draft }),
      })
      if (!saved.ok) throw new Error(await saved.text())
      return { old: summary.draft, chars: each * rounds, blocks: draft.blocks.length }
    },
    [length, old],
  )
const { old, chars, blocks } = await fill(wanted, null)
try {
  await page.goto(`${base}/summary?year=2019`)
  await page.locator('[contenteditable=true] p').nth(20).click()
  await page.evaluate(() => {
    globalThis.seen = []
    document.addEventListener(
      'keydown',
      (event) => {
        const from = event.timeStamp
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.addEventListener('message', () => globalThis.seen.push(performance.now() - from))
          channel.port1.start()
          channel.port2.postMessage(null)
        })
      },
      true,
    )
  })
  for (let n = 0; n < keys; n++) {
    await page.keyboard.press('a')
    await page.waitForTimeout(60)
  }
  const times = (await page.evaluate(() => globalThis.seen)).toSorted((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)
  process.stdout.write(
    `${(chars / PAGE).toFixed(1)} pages, ${blocks} blocks, ${times.length} keys: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms from key to paint\n`,
  )
} finally {
  await page.goto(`${base}/help`)
  await page.waitForTimeout(3000)
  await fill(0, old)
  await browser.close()
}
