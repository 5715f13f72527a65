import { describe, expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { hasBrowser } from '../support/server.ts'
import { signIn, visitor } from '../support/person.ts'
import { figureOf } from '../support/told.ts'

describe.skipIf(!hasBrowser)('hardship aid, in the browser', () => {
  const on = journey()

  test('a household is visited by its unit, another opened by the centre and counted, an aid approved and sent to the bank', async () => {
    const unit = await signIn(on.browser, on.server.base, '郝例娟')
    await unit.page.goto(`${on.server.base}/hardship?stage=checked`)
    await unit.page.locator('.ant-table-tbody a').first().click()
    await unit.page.getByRole('button', { name: '登记入户' }).click()
    await unit.page.getByLabel('入户人').fill('张示')
    await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await unit.page.getByText('入户至少两人').waitFor()
    await unit.page.getByLabel('入户人').fill('张示、李例')
    await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await unit.page.getByText('待核对收入').first().waitFor()

    const centre = await signIn(on.browser, on.server.base, '顾样静')
    const before = await figureOf(centre, 'hardship.files')
    await centre.page.goto(`${on.server.base}/hardship?stage=noticed`)
    await centre.page
      .getByLabel(/^选择 /)
      .first()
      .check()
    await centre.page.getByRole('button', { name: '建档（1 户）' }).click()
    await centre.told('已建档 1 户')
    expect(await figureOf(centre, 'hardship.files')).toBe(before + 1)
    await centre.page.goto(`${on.server.base}/hardship/aids`)
    await centre.page.getByRole('button', { name: /^审批/ }).first().click()
    await centre.page.getByText('审批通过，待发放').waitFor()

    const pays = await signIn(on.browser, on.server.base, '温演莉')
    await pays.page.goto(`${on.server.base}/hardship/aids?aid=approved`)
    await pays.page
      .getByLabel(/^选择 /)
      .first()
      .check()
    await pays.page.getByRole('button', { name: /编一批发放（1 笔/ }).click()
    const [file] = await Promise.all([
      pays.page.waitForEvent('download'),
      pays.page.getByRole('button', { name: /下载代发名单/ }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^帮扶资金发放_.*\.xlsx$/)
    for (const { faults } of [unit, centre, pays]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })

  test('condolence money is entered with its papers looked at, opened and checked by a second, approved by the centre and waits for the bank', async () => {
    const unit = await signIn(on.browser, on.server.base, '郝例娟')
    await unit.page.goto(`${on.server.base}/hardship/aids`)
    await unit.page.getByRole('button', { name: '登记慰问金' }).click()
    await unit.page.getByLabel('申请人').click()
    await unit.page.locator('.ant-select-item-option', { hasText: '蔡林样' }).click()
    await unit.page.getByLabel('材料已当面核对').check()
    await unit.page.getByLabel('本人自付医疗费').fill('5000')
    await unit.page.getByLabel('互助保障已补助').fill('1000')
    await unit.page.getByLabel('大病保险等已补助').fill('500.5')
    await unit.page.getByText('按现行标准应发 5,499.50 元').waitFor()
    await unit.page.getByLabel('开户银行').fill('示例银行')
    await unit.page.getByLabel('银行账号').fill('6222020200019998888')
    await unit.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await unit.told('已登记，请另一位经办人核对')

    const second = await signIn(on.browser, on.server.base, '侯琳示')
    await second.page.goto(`${on.server.base}/hardship/aids?aid=asked`)
    await second.page.getByRole('button', { name: '查看申请 蔡林样' }).click()
    await second.page.getByLabel('查看理由').fill('核对申请金额')
    await second.page.getByRole('button', { name: '查看', exact: true }).click()
    await second.page.locator('.ant-modal').getByText('6222020200019998888').waitFor()
    await second.page.locator('.ant-modal').getByText('关闭', { exact: true }).click()
    await second.page.getByRole('button', { name: '核对 蔡林样 两癌慰问金' }).click()
    await second.told('核对通过，待帮扶中心审批')

    const centre = await signIn(on.browser, on.server.base, '顾样静')
    await centre.page.goto(`${on.server.base}/hardship/aids?aid=checked`)
    await centre.page.getByRole('button', { name: '审批 蔡林样 两癌慰问金' }).click()
    await centre.told('审批通过，待发放')
    const pays = await signIn(on.browser, on.server.base, '温演莉')
    await pays.page.goto(`${on.server.base}/hardship/aids?aid=approved`)
    await pays.page.getByLabel('选择 蔡林样 两癌慰问金').waitFor()
    for (const { faults } of [unit, second, centre, pays])
      expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })

  test('what a guest tells without a name is taken in, given and answered in writing, read with her receipt alone, and told as a count by topic only', async () => {
    const guest = await visitor(on.browser, on.server.base)
    await guest.page.goto(`${on.server.base}/tell`)
    await guest.page.getByText('性骚扰等侵害投诉').click()
    await guest.page.getByLabel('事项类别').click()
    await guest.page.locator('.ant-select-item-option').getByText('性骚扰', { exact: true }).click()
    await guest.page.getByLabel('事情经过').fill('主管下班后跟踪我回家，已经三次')
    await guest.page.getByText('您写的内容提到了危险').waitFor()
    await guest.page.getByRole('button', { name: '提交', exact: true }).click()
    const code = (await guest.page.locator('.public-receipt').innerText()).trim()
    expect(await guest.context.cookies()).toEqual([])

    const lead = await signIn(on.browser, on.server.base, '邱样宜')
    await lead.page.goto(`${on.server.base}/silos`)
    const row = lead.page.locator('.silo-row', { hasText: '侵害投诉 · 性骚扰' }).filter({ hasText: '待受理' })
    await row.click()
    await lead.page.getByText('跟踪我回家').waitFor()
    await lead.page.locator('.ant-drawer').getByRole('button', { name: '受理', exact: true }).first().click()
    await lead.page.getByRole('button', { name: '指派', exact: true }).click()
    await lead.page.getByLabel('交给').click()
    await lead.page.locator('.ant-select-item-option', { hasText: '倪示兰' }).click()
    await lead.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await lead.told('指派：已办理')

    const hand = await signIn(on.browser, on.server.base, '倪示兰')
    await hand.page.goto(`${on.server.base}/silos`)
    await hand.page.locator('.silo-row', { hasText: '2020年4月16日' }).first().click()
    await hand.page.getByText('跟踪我回家').waitFor()
    await hand.page.getByRole('button', { name: '办结', exact: true }).click()
    await hand.page.getByLabel('处理结果').fill('已陪同报警，单位已将其停职，另派同事接送')
    await hand.page.locator('.ant-modal-footer .ant-btn-primary').click()
    await hand.told('办结：已办理')

    await guest.page.goto(`${on.server.base}/tell/follow`)
    await guest.page.getByLabel('回执').fill(code)
    await guest.page.getByRole('button', { name: '查看', exact: true }).click()
    await guest.page.getByText('单位已将其停职').waitFor()
    await guest.page.getByText('看过内容的').waitFor()
    expect(guest.page.url()).not.toContain(code.slice(0, 4))

    const city = await signIn(on.browser, on.server.base, '白示宁')
    await city.page.goto(`${on.server.base}/silo-counts`)
    await city.page.getByText('办结的还不足 11 件，不公布。').first().waitFor()
    for (const { faults } of [guest, lead, hand]) expect([faults.csp, faults.offOrigin]).toEqual([[], []])
  })
})
