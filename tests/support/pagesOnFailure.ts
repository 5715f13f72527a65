import { afterEach } from 'vitest'
import { watchedBrowsers } from './watchedBrowsers.ts'

const longest = 4_000

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const page of [...watchedBrowsers].flatMap((b) => b.contexts()).flatMap((c) => c.pages())) {
    const words = await page.locator('body').innerText({ timeout: 5_000 }).catch(String)
    process.stderr.write(`\n${task.name}: ${page.url()} showed\n${words.slice(0, longest)}\n`)
  }
})
