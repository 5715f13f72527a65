import { describe, expect, test } from 'vitest'
import { addDays } from '#kit/day.ts'
import type { OrgDetail } from '#org/api.ts'
import { perPage, type Gaps } from '#org/gaps/api.ts'
import { journey } from '../support/journey.ts'
import { signedIn, type Person } from '../support/person.ts'
import { hasBrowser } from '../support/server.ts'
import { figureOf, sentenceOf } from '../support/told.ts'

const clean = (...list: Person[]) => {
  for (const { faults } of list) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
}

describe.skipIf(!hasBrowser)(
  'a term of office, from the day that it runs out to the next, in the browser',
  () => {
    const on = journey()
    const persons = (...names: string[]): Promise<Person[]> =>
      Promise.all(names.map((name) => signedIn(on.browser, on.server.base, name)))
    const open = (person: Person, path: string) => person.page.goto(`${on.server.base}${path}`)

    test('a term of office that ran out yesterday is on the list of its district, and off it once a re-election has passed', async () => {
      const [unit, district] = (await persons('郝例娟', '顾样静')) as [Person, Person]
      const { post } = await unit.api<{ post: { org: { id: number; name: string } } }>('/me')
      const { committeeDetail } = await unit.api<OrgDetail>(`/orgs/${post.org.id}`)
      const { termNo, termUntilOn, recordId } = committeeDetail!
      /** What the unit reads of its own term, and whether its district has it on the list. */
      const overdue = async (no: number) => {
        await open(unit, '/orgs')
        await unit.page.getByText(`第 ${no} 届`).waitFor()
        // The list goes by the end of the term: who ran out last stands last.
        const list = '/orgs/gaps?kind=overdue'
        const { total } = await district.api<Gaps>(list)
        const { rows } = await district.api<Gaps>(`${list}&page=${Math.max(1, Math.ceil(total / perPage))}`)
        return [
          (await unit.page.getByText(/已超期/).count()) > 0,
          rows.some(({ org }) => org?.id === post.org.id),
        ]
      }
      await on.server.moveTo(termUntilOn)
      expect(await overdue(termNo)).toEqual([false, false])
      await unit.page.getByText('届满，应着手换届').waitFor()
      const fromOn = addDays(termUntilOn, 1)
      await on.server.moveTo(fromOn)
      expect(await overdue(termNo)).toEqual([true, true])

      await unit.page.getByRole('button', { name: '看登记' }).click()
      await unit.page.getByRole('button', { name: /^更\s?正$/ }).click()
      await unit.page.getByRole('button', { name: '加一行' }).first().click()
      const cell = (name: string) => unit.page.locator(`[id="terms.1.${name}"]`)
      await cell('termNo').fill(String(termNo + 1))
      for (const [name, day] of [
        ['fromOn', fromOn],
        ['untilOn', '2025-09-19'],
      ] as const) {
        await cell(name).fill(day)
        await cell(name).press('Tab')
      }
      await cell('director').fill('丹顶鹤丁')
      await unit.page.getByLabel('更正理由').fill('换届')
      await unit.page.getByRole('button', { name: '提交更正' }).click()
      await unit.page.getByText('通过后原值留在变更记录里').waitFor()
      // What was accepted is corrected before whoever accepted it: the district.
      await open(district, `/records/committee?id=${recordId}`)
      await district.page.getByRole('button', { name: '同意更正' }).click()
      await district.told('已同意更正')
      await expect.poll(() => overdue(termNo + 1), { timeout: 30_000 }).toEqual([false, false])
      expect((await unit.api<OrgDetail>(`/orgs/${post.org.id}`)).committeeDetail).toMatchObject({
        recordId,
        termNo: termNo + 1,
      })
      await sentenceOf(
        district,
        on.server.base,
        `建有女职工委员会${await figureOf(district, 'committee.committees')}个`,
      )
      clean(unit, district)
    }, 180_000)
  },
)
