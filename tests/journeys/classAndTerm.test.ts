import { describe, expect, test } from 'vitest'
import type { ClassDetail } from '#childcare/api.ts'
import type { FigureSet } from '#figures/api.ts'
import { paperKinds } from '#childcare/states.ts'
import { addDays } from '#kit/day.ts'
import type { OrgDetail } from '#org/api.ts'
import { perPage, type Gaps } from '#org/gaps/api.ts'
import { journey } from '../support/journey.ts'
import { signedIn, visitor, type Person } from '../support/person.ts'
import { hasBrowser } from '../support/server.ts'

const figureOf = async (person: Person, indicator: string): Promise<number> =>
  (await person.api<FigureSet>('/figures?year=2020')).figures.find((f) => f.indicator === indicator)?.value ??
  0
const confirm = (person: Person) =>
  person.page.locator('.ant-modal-confirm-btns .ant-btn-primary, .ant-modal-footer .ant-btn-primary').click()
const clean = (...list: Person[]) => {
  for (const { faults } of list) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
}

/** All papers, and one person whose record was asked for and who is well. */
const makeSafe = async (unit: Person, id: string) => {
  const at = `/childcare/classes/${id}`
  for (const kind of paperKinds)
    await unit.send(
      `${at}/papers`,
      { kind, number: '示例〔2020〕1号', issuer: '示例区', validUntil: '2020-12-31' },
      'PUT',
    )
  await unit.send(`${at}/staff`, { name: '丹顶鹤丙', duty: '看护' })
  const one = async () => (await unit.api<ClassDetail>(at)).staff![0]!
  const { id: staff, version } = await one()
  await unit.send(`${at}/staff/${staff}`, { result: 'fit', checkedOn: '2020-04-20', version }, 'PUT')
  const checked = await one()
  await unit.send(`${at}/staff/${staff}`, { healthUntil: '2021-03-31', version: checked.version }, 'PUT')
}

describe.skipIf(!hasBrowser)(
  'a class and a term of office, from first form to figure, in the browser',
  () => {
    const on = journey()
    const persons = (...names: string[]): Promise<Person[]> =>
      Promise.all(names.map((name) => signedIn(on.browser, on.server.base, name)))
    const open = (person: Person, path: string) => person.page.goto(`${on.server.base}${path}`)

    test('a childcare class: applied for, shown, judged, published only when safe, held, looked at, counted', async () => {
      const [unit, district, city, deputy] = (await persons('郝例娟', '顾样静', '白示宁', '孟慧例')) as [
        Person,
        Person,
        Person,
        Person,
      ]
      const children = await figureOf(city, 'childcare.children')
      const { page } = unit
      await open(unit, '/childcare/new')
      await page.getByLabel('班级名称').fill('示例春季托管班')
      await page.getByPlaceholder('开始日期').fill('2020-04-24')
      await page.getByPlaceholder('开始日期').press('Tab')
      await page.getByPlaceholder('结束日期').fill('2020-05-08')
      await page.getByPlaceholder('结束日期').press('Tab')
      await page.getByLabel('每日时间').fill('8:00 至 17:00')
      await page.getByLabel('托位（个）').fill('25')
      await page.getByLabel('办班地点').fill('示例大厦二层')
      await page.getByLabel('金额（元）').fill('3000')
      await page.getByRole('button', { name: /^保\s?存$/ }).click()
      await page.waitForURL(/\/childcare\/[0-9a-f-]{36}/)
      const id = page.url().split('/').at(-1)!
      const at = `/childcare/${id}`
      const read = () => city.api<ClassDetail>(`/childcare/classes/${id}`)
      const step = async (person: Person, name: RegExp) => {
        await open(person, at)
        await person.page.getByRole('button', { name }).click()
        await confirm(person)
        await person.told('已办理，现在是')
      }
      await step(unit, /^提交申请$/)
      await step(district, /^同意，报市$/)
      await step(city, /^公\s?示$/)
      const { notice } = await read()
      const guest = await visitor(on.browser, on.server.base)
      await open(guest, `/public-notices/${notice!.id}`)
      await guest.page.getByText('示例春季托管班').first().waitFor()
      // While objections are taken there is nothing to agree to.
      await open(city, at)
      await city.page.getByText('看公示页').waitFor()
      expect(await city.page.getByRole('button', { name: '同意开班' }).count()).toBe(0)

      await on.server.moveTo(addDays(notice!.closesOn, 1))
      await step(city, /^同意开班$/)
      await open(unit, at)
      await page.getByText('办好以下各项才能公布').waitFor()
      await page.getByRole('button', { name: /^公\s?布$/ }).click()
      await confirm(unit)
      await page.locator('.ant-message-error, .ant-notification, .ant-modal').first().waitFor()
      expect((await read()).state).toBe('approved')
      await makeSafe(unit, id)
      await step(unit, /^公\s?布$/)
      await open(guest, '/open-childcare')
      await guest.page.getByText('示例春季托管班').waitFor()
      await open(unit, at)
      await page.getByLabel('在托子女（人）').fill('20')
      await page.getByRole('button', { name: '保存人数' }).click()
      await unit.told('在托子女 20 人')
      const today = (await read()).fromOn
      await unit.send(`/childcare/classes/${id}/sessions`, { onDay: today, came: 18 }, 'PUT')

      await on.server.moveTo('2020-05-08')
      await step(unit, /^结班，报验收$/)
      await deputy.send(`/childcare/classes/${id}/reviews`, {
        institution: '示例评估中心',
        onDay: '2020-05-08',
        verdict: 'passed',
      })
      await step(city, /^验收通过$/)
      expect(await figureOf(city, 'childcare.children')).toBe(children + 20)
      await open(city, '/summary?year=2020')
      await city.page
        .locator('.paper-text')
        .getByText(`${(children + 20).toString()}人`)
        .first()
        .waitFor()
      clean(unit, district, city, deputy, guest)
    }, 180_000)

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
      clean(unit, district)
    }, 180_000)
  },
)
