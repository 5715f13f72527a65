import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ContractDetail, DueList } from '#programmes/contract/api.ts'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, type Person } from '../support/person.ts'
import { bodyOf } from '../support/bodies.ts'
import type { Written } from '../support/play.ts'
import { figureOf, sentenceOf } from '../support/told.ts'
import { contract } from '#programmes/contract/definition.ts'

/** What a unit sent in goes up by each hand; the last accepts. */
const passUp = async (
  programme: string,
  { id, version }: Pick<Written, 'id' | 'version'>,
  ...hands: Person[]
) => {
  let now = version
  for (const hand of hands) {
    const action = hand === hands.at(-1) ? 'accept' : 'pass'
    const url = `/records/${programme}/${id}/actions`
    now = (await hand.send<Written>(url, { action, version: now })).version
  }
}

describe.skipIf(!hasBrowser)('a contract is kept, a task answered, a studio named, in the browser', () => {
  const on = journey()

  test('asked of a day, looked at where it ends soon, inspected and to be mended', async () => {
    const city = await signIn(on.browser, on.server.base, '白示宁')
    const { page } = city
    await page.goto(`${on.server.base}/contracts?on=2019-12-31`)
    await page.getByText('覆盖女职工').first().waitFor()
    await page.getByText('到期事项').click()
    await page.getByText(/待续签 \d+/).click()
    const { rows } = await city.api<DueList>('/contract-due?kind=renewal')
    const { id, title } = rows[0]!
    await page.getByRole('link', { name: title }).first().click()
    await page.getByRole('tab', { name: '进程和条款' }).click()
    await page.getByText('双方首席代表签字').waitFor()
    await page.getByRole('button', { name: '安排检查' }).click()
    await page.getByRole('button', { name: /安\s?排$/ }).click()
    await page.getByRole('button', { name: '登记检查结果' }).click()
    await page.getByText('限期整改').click()
    await page.getByRole('button', { name: /登\s?记$/ }).click()
    await page.getByText('请写明哪一条没有履行').waitFor()
    const { inspections } = await city.api<ContractDetail>(`/contracts/${id}`)
    expect(inspections.map((one) => one.checkedOn)).toEqual([null])
    // The browser notes the refusal that was played.
    const console = city.faults.console.filter((text) => !text.includes('422'))
    expect([console, city.faults.csp, city.faults.offOrigin]).toEqual([[], [], []])
  })

  test('a task goes down, comes back, and is done; a colleague acts for who is away and is named as such', async () => {
    const title = '女职工夜校意向摸底'
    const [clerk, chief, colleague] = await Promise.all(
      ['郝例娟', '顾样静', '侯琳示'].map((name) => signIn(on.browser, on.server.base, name)),
    )
    const { id } = await chief!.send<{ id: string }>('/tasks', {
      title,
      note: '',
      formNo: '演示女工调02表',
      issuer: '沙河口区总工会',
      approvalNo: '演示统备〔2020〕9号',
      validFrom: '2020-01-01',
      validUntil: '2020-12-31',
      programme: null,
      questions: [
        { kind: 'text', label: '希望开设的课程', required: true },
        { kind: 'count', label: '预计报名人数', required: true },
      ],
      tiers: ['grassroots'],
      fromOn: '2020-04-01',
      untilOn: '2020-04-30',
      dueOn: '2020-04-24',
      reason: '',
    })

    const { page } = clerk!
    const box = async (name: RegExp) => {
      await page.goto(`${on.server.base}/inbox`)
      await page.getByRole('tab', { name }).click()
      return page.locator('.inbox-cards li', { hasText: title })
    }
    await (await box(/待我填报/)).getByRole('link', { name: '去填报' }).click()
    await page.getByRole('button', { name: '先接收，稍后再报' }).click()
    await page.getByText('已接收').first().waitFor()
    await page.locator('#q1').fill('插花')
    await page.locator('#q2').fill('20')
    await page.locator('#q2').press('Tab')
    await page
      .getByText(/已存在本机|已保存，换一台设备/)
      .first()
      .waitFor()
    // What was typed and not reported is there again after a reload.
    await page.reload()
    await page.getByText('上次没有提交的内容已找回').waitFor()
    expect(await page.locator('#q1').inputValue()).toBe('插花')
    expect(await page.locator('#q2').inputValue()).toBe('20')
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByText('已上报').first().waitFor()

    await chief!.page.goto(`${on.server.base}/account`)
    await chief!.page.getByRole('button', { name: '委托同事' }).click()
    const chosen = chief!.page.locator('.ant-modal .ant-select')
    await chosen.click()
    await chief!.page.locator('.ant-select-item-option', { hasText: '侯琳示' }).click()
    await chosen.getByText('侯琳示').waitFor()
    await chief!.page.getByRole('button', { name: /^委\s?托$/ }).click()
    await chief!.told('已委托')

    const work = colleague!.page
    await work.goto(`${on.server.base}/tasks/${id}?show=reported`)
    await work.locator('.user-name').click()
    await work.getByText(/^代 顾样静/).click()
    await work.getByText('您正在代').waitFor()
    const decide = async (name: RegExp) => {
      await work.locator('.task-units tbody .ant-checkbox-input').first().check()
      await work.getByRole('button', { name }).first().click()
    }
    await decide(/^退\s?回$/)
    await work.getByLabel('退回的理由').fill('请按能到场的人数填')
    await work
      .locator('.ant-modal')
      .getByRole('button', { name: /^退\s?回$/ })
      .click()
    await colleague!.told('已退回 1 个单位')

    await (await box(/退回给我/)).getByRole('link', { name: '去修改' }).click()
    await page.getByText('退回意见：请按能到场的人数填').waitFor()
    await page.locator('#q2').fill('12')
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByText('已上报').first().waitFor()

    await work.reload()
    await work.getByText('您正在代').waitFor()
    await decide(/^完\s?结$/)
    await colleague!.told('已完结 1 个单位')
    await (await box(/已办/)).getByText('已完结').waitFor()

    const auditor = await signIn(on.browser, on.server.base, '石示林')
    await auditor.page.goto(`${on.server.base}/audit`)
    await auditor.page
      .getByText(/侯琳示 代 顾样静/)
      .first()
      .waitFor()
    for (const { faults } of [clerk!, chief!, colleague!, auditor])
      expect([faults.console, faults.csp, faults.offOrigin]).toEqual([[], [], []])
  }, 180_000)

  test('a contract a day too short is refused, one of a whole year counted and told; a studio from its form to figure, sentence and review', async () => {
    const [unit, street, district, city] = (await Promise.all(
      ['郝例娟', '史示燕', '顾样静', '白示宁'].map((name) => signIn(on.browser, on.server.base, name)),
    )) as [Person, Person, Person, Person]
    const { page } = unit
    const submit = () => page.getByRole('button', { name: /^提\s?交$/ }).click()
    const inReview = async (title: string) =>
      (
        await street.api<{ cards: { id: string; version: number; title: string }[] }>('/inbox?box=review')
      ).cards.find((card) => card.title === title)!
    const signed = await figureOf(city, 'contract.signed')
    // Typed at another machine: the form opens as it was left there.
    const draft = randomUUID()
    const body = bodyOf(contract, {
      title: '示例制衣女职工专项集体合同',
      offeredOn: '2020-02-20',
      repliedOn: '2020-03-02',
      draftedOn: '2020-03-10',
      heldOn: '2020-03-16',
      signedOn: '2020-03-20',
      filedOn: '2020-03-25',
      unionFiledOn: '2020-03-26',
      effectiveOn: '2020-04-10',
      publishedOn: '2020-04-13',
      termFromOn: '2020-04-10',
      termUntilOn: '2021-04-08',
    })
    await unit.send(
      `/drafts/${draft}`,
      { programme: 'contract', kind: 'draft', recordId: null, baseVersion: null, body, sequence: 1 },
      'PUT',
    )
    await page.goto(`${on.server.base}/entry/contract?draft=${draft}`)
    await submit()
    await page.getByText('合同期限不足 1 年').first().waitFor()
    await page.locator('#termUntilOn').fill('2021-04-09')
    await page.locator('#termUntilOn').press('Tab')
    await submit()
    await page.getByText('马栏街道').first().waitFor()
    await passUp('contract', await inReview('示例制衣女职工专项集体合同'), street, district)
    expect(await figureOf(city, 'contract.signed')).toBe(signed + 1)
    await sentenceOf(city, on.server.base, `专项集体合同${signed + 1}份`)

    const named = await figureOf(city, 'studio.named')
    await page.goto(`${on.server.base}/entry/studio`)
    await page.locator('#title').fill('示例缝制女职工创新工作室')
    await page.getByLabel('命名级别').click()
    await page.locator('.ant-select-item-option', { hasText: '单位级' }).click()
    await page.locator('#namedOn').fill('2020-04-16')
    await page.locator('#namedOn').press('Tab')
    for (const [name, value] of [
      ['leader', '关示秋'],
      ['trade', '缝制工艺'],
      ['members', '8'],
      ['women', '9'],
    ] as const)
      await page.locator(`#${name}`).fill(value)
    await page.getByText('台账', { exact: true }).click()
    await submit()
    await page.getByText('其中女职工 9 多于成员人数 8').first().waitFor()
    await page.locator('#women').fill('7')
    await submit()
    await page.getByText('马栏街道').first().waitFor()
    await passUp('studio', await inReview('示例缝制女职工创新工作室'), street, district, city)
    expect(await figureOf(city, 'studio.named')).toBe(named + 1)
    await sentenceOf(city, on.server.base, `命名女职工创新工作室${named + 1}个`)

    await on.server.moveTo('2021-03-17')
    const asked = async () => {
      await page.goto(`${on.server.base}/inbox`)
      return page.locator('.inbox-cards li', { hasText: '示例缝制女职工创新工作室' })
    }
    await (await asked()).getByText('请复核后更正登记').waitFor()
    for (const { faults } of [unit, street, district, city])
      expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  }, 180_000)
})
