import { afterEach } from 'vitest'
import { watchedBrowsers } from './watchedBrowsers.ts'

const longest = 1_500

/** What every open page showed joins the error itself: a log that is cut keeps its errors. */
afterEach(async ({ task }) => {
  const error = task.result?.errors?.[0]
  if (task.result?.state !== 'fail' || !error) return
  for (const page of [...watchedBrowsers].flatMap((b) => b.contexts()).flatMap((c) => c.pages())) {
    const words = await page
      .locator('.ant-modal, main, body')
      .last()
      .innerText({ timeout: 5_000 })
      .catch(String)
    const typed = await page
      .evaluate(() => [...document.querySelectorAll('input')].map((field) => field.value).join(' · '))
      .catch(String)
    error.message += `\n${page.url()} showed\n${words.slice(0, longest)}\nwith the fields ${typed}\n`
  }
})
