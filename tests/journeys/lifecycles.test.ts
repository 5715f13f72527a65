import { describe, expect, test } from 'vitest'
import type { Ledger } from '#certificate/api.ts'
import type { Campaign, Nomination } from '#honour/api.ts'
import { addDays, longDay } from '#kit/day.ts'
import { careRoom } from '#programmes/careRoom/definition.ts'
import type { Ratings } from '#programmes/careRoom/ratingApi.ts'
import { bodyOf } from '../support/bodies.ts'
import { signedIn, visitor, type Person } from '../support/person.ts'
import type { Written } from '../support/play.ts'
import { nomineeBody } from '../support/honours.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { figureOf, sentenceOf } from '../support/told.ts'

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

/** An act on a nomination as it stands now. */
const onNomination = async (person: Person, id: string, what: string, body: object) => {
  const { version } = await person.api<Nomination>(`/honour-nominations/${id}`)
  await person.send(`/honour-nominations/${id}/${what}`, { ...body, version })
}
/** Another one of the same unit, heard and shown there: she is to be objected to. */
const nominate = async (unit: Person, { id: campaignId, types }: Campaign, name: string): Promise<string> => {
  const body = { ...nomineeBody, campaignId, name, typeKey: types[0]!.key }
  const { id } = await unit.send<Written>('/honour-nominations', body)
  for (const step of ['party', 'union'])
    await onNomination(unit, id, 'opinions', { step, agrees: true, body: '同意推荐' })
  await onNomination(unit, id, 'state', { act: 'notice', reason: '' })
  return id
}

describe.skipIf(!hasBrowser)('a lifecycle from its first form to figure and sentence, in the browser', () => {
  const on = journey()

  const persons = (...names: string[]): Promise<Person[]> =>
    Promise.all(names.map((name) => signedIn(on.browser, on.server.base, name)))
  const open = (person: Person, path: string) => person.page.goto(`${on.server.base}${path}`)
  const sentence = (person: Person, words: string) => sentenceOf(person, on.server.base, words)

  test('honours: called, nominated, heard, shown, judged, decided, shown again, granted on paper that anybody checks', async () => {
    const title = '2020年市巾帼建功标兵评选'
    const judges = ['邵演芳', '陶例颖', '黎样玲']
    const [city, deputy, unit, district] = (await persons('白示宁', '孟慧例', '郝例娟', '顾样静')) as [
      Person,
      Person,
      Person,
      Person,
    ]
    const before = await figureOf(city, 'honour.persons')
    await open(city, '/honours/new')
    await city.page.getByLabel('评选名称').fill(title)
    await city.page.getByLabel('称号', { exact: true }).fill('市巾帼建功标兵')
    await city.page.getByLabel('查重关键词').fill('巾帼建功标兵')
    await city.page.getByLabel('结束日期').fill('2020-04-24')
    await city.page.getByLabel('结束日期').press('Tab')
    await press(city, /^保\s?存$/)
    await city.page.getByRole('heading', { name: title }).waitFor()
    const campaign = city.page.url()
    const path = new URL(campaign).pathname
    const read = () => city.api<Campaign>(path.replace('honours', 'honour-campaigns'))
    const posts = await Promise.all(
      judges.map(
        async (name) =>
          (await city.api<{ postId: string }[]>(`/honour-juror-choices?q=${encodeURIComponent(name)}`))[0]!
            .postId,
      ),
    )
    const { id, version } = await read()
    await city.send(`/honour-campaigns/${id}/jurors`, { posts, version }, 'PUT')
    await city.page.reload()
    await press(city, /^发\s?布$/)
    await city.page.locator('.ant-modal-confirm-btns .ant-btn-primary').click()
    await city.told('已发布')

    await open(unit, path)
    await press(unit, /^推\s?荐$/)
    await unit.page.getByLabel('姓名').fill('关示秋')
    await unit.page.getByLabel('出生年月').fill('1985-03')
    await unit.page.getByLabel('政治面貌').fill('群众')
    await unit.page.getByLabel('职务或岗位').fill('装配班长')
    await unit.page.getByLabel('简要事迹').fill('十年如一日在装配一线带徒弟。')
    await unit.page.getByLabel('详细事迹').fill('十年如一日在装配一线带徒弟，改进工装夹具三项。')
    await press(unit, '保存草稿')
    await unit.page.getByRole('heading', { name: '关示秋' }).waitFor()
    for (const whose of ['单位党组织意见', '单位工会意见']) {
      await press(unit, '填写意见')
      await confirm(unit)
      await unit.page.locator('.act-list').getByText(whose).waitFor()
    }
    await press(unit, '单位公示')
    await unit.page.getByText('单位公示到 2020年4月23日，次日起可以上报').waitFor()
    const nomination = new URL(unit.page.url()).pathname

    const second = await nominate(unit, await read(), '邹例冬')

    await on.server.moveTo('2020-04-24')
    await unit.page.reload()
    await press(unit, /^上\s?报$/)
    await unit.told('已上报')
    await open(district, nomination)
    await press(district, '填写审核意见')
    await confirm(district)
    await district.told('意见已登记')
    await onNomination(unit, second, 'state', { act: 'send', reason: '' })
    await onNomination(district, second, 'opinions', { step: 'upper', agrees: true, body: '同意推荐' })

    await on.server.moveTo('2020-04-25')
    await city.page.reload()
    await press(city, '开始评审')
    await city.told('开始评审')
    const [first, ...others] = await persons(...judges)
    await open(first!, nomination)
    for (const [at, points] of [18, 36, 20, 12].entries())
      await first!.page.locator(`#points_${at}`).fill(`${points}`)
    await press(first!, '提交打分')
    await first!.told('已提交打分')
    for (const juror of [first!, ...others])
      for (const id of juror === first ? [second] : [nomination.split('/').pop()!, second])
        await juror.send(`/honour-nominations/${id}/score`, {
          recuse: false,
          points: [20, 40, 25, 15],
          note: '',
        })
    await city.page.reload()
    for (const name of ['关示秋', '邹例冬']) await city.page.getByLabel(`选择 ${name}`).check()
    await press(city, /提交审定/)
    await city.told('已提交审定')
    await open(deputy, path)
    await press(deputy, '登记党组意见')
    await confirm(deputy)
    await deputy.told('已开始公示')
    const { noticeId, noticeClosesOn } = await read()
    const guest = await visitor(on.browser, on.server.base)
    await open(guest, `/public-notices/${noticeId}`)
    await guest.page.getByText('关示秋').first().waitFor()
    await guest.page.getByLabel('对谁的异议').click()
    await guest.page.locator('.ant-select-item-option').filter({ hasText: '邹例冬' }).click()
    await guest.page.getByLabel('事实和理由').fill('她两年前已经调离一线岗位，材料与事实不符。')
    await press(guest, '提出异议')
    await guest.page.getByText('已收到您的异议').waitFor()

    // The first day after the notice, with an objection that nobody has answered.
    await on.server.moveTo(addDays(noticeClosesOn!, 1))
    await city.page.reload()
    expect(await city.page.getByRole('button', { name: '公示期满后表彰' }).isDisabled()).toBe(true)
    await open(city, '/notice-desk')
    await press(city, '核查答复')
    await city.page.getByText('异议成立，不再办理').click()
    await city.page.getByLabel('核查情况和理由').fill('经核查，异议属实。')
    await confirm(city)
    await city.told('已答复')
    await open(city, path)
    await press(city, /^表\s?彰$/)
    await city.page.getByLabel('表彰决定文号').fill('示例工发〔2020〕9号')
    await confirm(city)
    await city.told('已生成荣誉记录 1 条，异议成立 1 项未表彰')
    await press(city, /发证书（1 份）/)
    await city.told('已发证书 1 份')
    const { rows } = await city.api<Ledger>('/certificates?q=' + encodeURIComponent('关示秋'))
    await open(guest, `/check/${rows[0]!.code}`)
    await guest.page.getByText('市巾帼建功标兵').first().waitFor()
    const after = await figureOf(city, 'honour.persons')
    expect(after).toBe(before + 1)
    await sentence(city, `先进女职工个人${after}人`)
    clean(city, deputy, unit, district, first!, guest)
  }, 180_000)

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

    await on.server.moveTo(addDays(notice!.closesOn, 1))
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
    await on.server.moveTo(fromOn)
    await open(deputy, page)
    await deputy.page.getByText(`自 ${longDay(fromOn)} 起`).waitFor()
    expect(await deputy.page.getByText('未到期').count()).toBe(0)
    clean(city, deputy)
  }, 180_000)
})
