import { describe, expect, test } from 'vitest'
import type { FigureSet } from '#figures/api.ts'
import { addDays, longDay } from '#kit/day.ts'
import { careRoom } from '#programmes/careRoom/definition.ts'
import type { Ratings } from '#programmes/careRoom/ratingApi.ts'
import { bodyOf } from '../support/bodies.ts'
import { signedIn, visitor, type Person } from '../support/person.ts'
import type { Written } from '../support/play.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'

/** A figure of 2020 as it stands for a person. */
const figureOf = async (person: Person, indicator: string): Promise<number> =>
  (await person.api<FigureSet>('/figures?year=2020')).figures.find((f) => f.indicator === indicator)?.value ??
  0

const press = (person: Person, name: string | RegExp) =>
  person.page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
/** Confirms the dialog that stands open. */
const confirm = (person: Person) => person.page.locator('.ant-modal-footer .ant-btn-primary').click()
const clean = (...list: Person[]) => {
  for (const { faults } of list) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
}

describe.skipIf(!hasBrowser)('a lifecycle from its first form to figure and sentence, in the browser', () => {
  const on = journey()

  const persons = (...names: string[]): Promise<Person[]> =>
    Promise.all(names.map((name) => signedIn(on.browser, on.server.base, name)))
  const open = (person: Person, path: string) => person.page.goto(`${on.server.base}${path}`)
  /** The sentence of the annual summary that tells of a figure. */
  const sentence = async (person: Person, words: string) => {
    await open(person, '/summary?year=2020')
    await person.page.locator('.paper-text').getByText(words).first().waitFor()
  }
  test('a care room: built and counted, applied for, scored by three hands, shown, given its plaque, looked at again', async () => {
    const [unit, street, district, city] = (await persons('郝例娟', '史示燕', '顾样静', '白示宁')) as [
      Person,
      Person,
      Person,
      Person,
    ]
    const before = await figureOf(city, 'careRoom.built')
    const body = bodyOf(careRoom, {
      title: '示例女职工关爱室',
      builtOn: '2020-04-10',
      area: 8,
      verifiedOn: '2020-04-10',
      intervals: [{ attribute: '对外开放', fromOn: '2020-04-10' }],
    })
    const made = await unit.send<Written>('/records/careRoom', { body, warningNote: '已核对' })
    const act = (person: Person, action: string, version: number) =>
      person.send<Written>(`/records/careRoom/${made.id}/actions`, { action, version })
    const passed = await act(street, 'pass', made.version)
    await act(district, 'accept', passed.version)
    const after = await figureOf(city, 'careRoom.built')
    expect(after).toBe(before + 1)

    const page = `/rooms/${made.id}?tab=rank`
    const rating = async (person: Person) =>
      (await person.api<Ratings>(`/care-rooms/${made.id}/ratings`)).ratings[0]!
    /** The column that stands open to a person, full. */
    const score = async (person: Person) => {
      const { id, version, lines } = await rating(person)
      const scores = lines.map(({ key, points }) => ({ key, points }))
      await person.send(`/care-room-ratings/${id}/scores`, { version, scores }, 'PUT')
    }
    await open(unit, page)
    await press(unit, '申报级别')
    await unit.page.getByText('市级：').click()
    await confirm(unit)
    await unit.page
      .getByLabel(/^自评：/)
      .first()
      .waitFor()
    for (const input of await unit.page.getByLabel(/^自评：/).all()) await input.fill('5')
    await press(unit, '保存自评分数')
    await unit.told('分数已保存')
    await unit.settled()
    await press(unit, '报区县推荐')
    await confirm(unit)
    await unit.told('已办理：报区县推荐')
    await open(district, page)
    await press(district, '推荐到市')
    await confirm(district)
    await district.page.getByText('区县推荐还有 8 项没有打分').first().waitFor()
    await score(district)
    await open(district, page)
    await press(district, '推荐到市')
    await confirm(district)
    await district.told('已办理：推荐到市')
    await score(city)
    await open(city, page)
    await press(city, '走访通过，公示')
    await confirm(city)
    await city.told('已办理：走访通过，公示')
    const { notice } = await rating(city)
    const guest = await visitor(on.browser, on.server.base)
    await open(guest, `/public-notices/${notice!.id}`)
    await guest.page.getByText('示例女职工关爱室').first().waitFor()
    await press(city, /^挂\s?牌$/)
    await city.page.getByLabel('牌匾编号').fill('示例女室2020-01')
    await confirm(city)
    await city.page.getByText(notice!.closesOn).nth(1).waitFor()

    await on.server.restartOn(addDays(notice!.closesOn, 1))
    await open(city, page)
    await press(city, /^挂\s?牌$/)
    await city.page.getByLabel('牌匾编号').fill('示例女室2020-01')
    await confirm(city)
    await city.told('已办理：挂牌')
    await city.page.getByText('年度复查').first().waitFor()
    await press(city, '登记检查结果')
    await city.page.getByText('限期整改').click()
    await confirm(city)
    await city.page.locator('.ant-modal .ant-form-item-explain-error').first().waitFor()
    await sentence(city, `${after}个`)
    clean(unit, district, city, guest)
  }, 180_000)

  test('a rule table: proposed with what it would change, looked at by a second person, in force from its day on', async () => {
    const [city, deputy] = (await persons('白示宁', '孟慧例')) as [Person, Person]
    const { today } = await city.api<{ today: string }>('/me')
    const fromOn = addDays(today, 1)
    const page = '/rules?table=contractTerm'
    await open(city, page)
    await press(city, '提出新版本')
    await city.page.locator('#rule-from').fill(fromOn)
    await city.page.locator('#rule-from').press('Tab')
    await city.page.getByLabel('最短（年）').fill('2')
    await press(city, '预览影响')
    await city.page.getByText('对现有数据的影响').waitFor()
    await press(city, '提出新版本')
    await city.page.locator('.rules-editor .ant-form-item-explain-error').first().waitFor()
    await city.page.locator('#rule-basis').fill('示例工发〔2020〕1号 第二条')
    await press(city, '提出新版本')
    await city.page.getByText('由您提出，须由本级另一位同志核定').waitFor()
    await open(deputy, page)
    await press(deputy, /^核\s?定$/)
    await deputy.told(`已核定，自 ${fromOn} 起执行`)
    await deputy.page.getByText('未到期').waitFor()
    await on.server.restartOn(fromOn)
    await open(deputy, page)
    await deputy.page.getByText(`自 ${longDay(fromOn)} 起`).waitFor()
    expect(await deputy.page.getByText('未到期').count()).toBe(0)
    clean(city, deputy)
  }, 180_000)
})
