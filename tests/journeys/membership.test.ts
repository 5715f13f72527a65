import { describe, expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn } from '../support/person.ts'

type Movement = { came: { label: string; n: number }[] }

describe.skipIf(!hasBrowser)('joining, in the browser', () => {
  const on = journey()

  test('a woman at work asks on her own page, is refused with a reason, asks again, is taken in and counted', async () => {
    const her = await signIn(on.browser, on.server.base, '乔样雨')
    const unit = await signIn(on.browser, on.server.base, '郝例娟')
    // To the next day: the demo's own goes on at midnight.
    const joined = async () => {
      const { came } = await unit.api<Movement>('/persons/movement?from=2020-04-16&until=2020-04-17')
      return came.find(({ label }) => label === '入会')?.n ?? 0
    }
    const before = await joined()
    const ask = async (button: string) => {
      await her.page.goto(`${on.server.base}/my`)
      await her.page.getByRole('button', { name: button, exact: true }).click()
      await her.page.getByRole('button', { name: '提出申请' }).click()
      await her.page.getByText('核对后办理，结果写在这里').waitFor()
    }
    const answer = async (button: string, reason: string | null) => {
      await unit.page.goto(`${on.server.base}/members/requests`)
      const card = unit.page.locator('.member-request', { hasText: '乔样雨' }).first()
      await card.getByRole('button', { name: button }).click()
      if (reason !== null) await unit.page.getByLabel('理由', { exact: true }).fill(reason)
      await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
      await unit.told('已办理')
      await unit.page.locator('.ant-modal-footer').waitFor({ state: 'hidden' })
    }
    await ask('申请入会')
    await answer('不同意', '试用期满后再办理')
    await her.page.goto(`${on.server.base}/my`)
    await her.page.getByText('试用期满后再办理').waitFor()
    await ask('再次申请入会')
    await answer('同意入会', null)
    await her.page.goto(`${on.server.base}/my`)
    await her.page.getByText('申请入会：已入会').waitFor()
    expect(await joined()).toBe(before + 1)
    await unit.page.goto(`${on.server.base}/members/movement?since=2020-04-16&till=2020-04-17`)
    const row = unit.page.locator('.hardship-wide', { hasText: '增加方式' })
    await row.getByText(`入会 ${before + 1} 人`).waitFor()
    for (const { faults } of [her, unit]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })
})
