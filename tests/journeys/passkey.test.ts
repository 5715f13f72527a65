import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, startLiveServer, type RunningServer } from '../support/server.ts'

const password = '木棉花开在五月的海边 2020'

/** An authenticator within Chromium: it holds passkeys and verifies the person, or does not. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verifies: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    count: async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.map((c) => c.signCount),
  }
}

describe.skipIf(!hasBrowser)('passkeys, in the browser', () => {
  let server: RunningServer & { link: string }
  let browser: Browser
  beforeAll(async () => {
    server = await startLiveServer()
    browser = await openBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test('one is added, signs in, stands for step-up, and opens nothing where its device verified nobody', async () => {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const device = await withAuthenticator(page)

    await page.goto(server.link)
    await page.getByLabel('新密码').fill(password)
    await page.getByLabel('再填一次').fill(password)
    await page.getByRole('button', { name: '设置密码' }).click()
    await page.getByText('手机验证器').waitFor()
    const secret = (await page.locator('.enrol-code .num').innerText()).replace(/\s/g, '')
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await page.getByLabel('动态验证码').fill(code)
    await page.getByRole('button', { name: /^绑\s?定$/ }).click()
    await page.getByText('请保存这十个恢复码').waitFor()
    expect(await page.getByText('手机验证器').count()).toBe(0)
    await page.getByText('我已把恢复码存放在安全的地方').click()
    await page.getByRole('button', { name: /^完\s?成$/ }).click()

    await page.goto(`${server.base}/account`)
    await page.getByRole('button', { name: '添加这台设备' }).click()
    await page.getByLabel('名称').fill('办公室电脑')
    await page.getByRole('button', { name: '下一步，按设备提示验证' }).click()
    await page.getByText('办公室电脑', { exact: true }).waitFor()
    expect(await device.count()).toEqual([1])

    await context.clearCookies()
    await page.goto(server.base)
    await device.verifies(false)
    await page.getByRole('button', { name: '用通行密钥登录' }).click()
    await page.getByText('没有完成验证').waitFor()
    expect((await context.cookies()).filter((c) => c.name === '__Host-sid')).toEqual([])
    await device.verifies(true)
    await page.getByRole('button', { name: '用通行密钥登录' }).click()
    await page.getByText('您好').first().waitFor()
    expect((await device.count())[0]).toBeGreaterThan(1)
    await page.getByText('添加了通行密钥：办公室电脑').waitFor()
    await page.getByRole('button', { name: '知道了' }).click()

    await page.goto(`${server.base}/account`)
    // Five minutes on: the next act of weight asks again, and goes on by itself.
    await page.route(
      '**/api/account/recovery-codes',
      (route) => route.fulfill({ status: 403, json: { code: '403.4', message: '这一步需要再次验证身份' } }),
      { times: 1 },
    )
    await page.getByRole('button', { name: '换一组恢复码' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '用通行密钥验证' }).click()
    await page.getByText('请保存这十个恢复码').waitFor()
    await context.close()
  }, 120_000)

  test('none is offered at another address, or in WeChat’s browser', async () => {
    for (const [base, userAgent] of [
      [server.base.replace('localhost', '127.0.0.1'), undefined],
      [server.base, 'Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile MicroMessenger/8.0.44'],
    ] as const) {
      const context = await browser.newContext({ locale: 'zh-CN', ...(userAgent ? { userAgent } : {}) })
      const page = await context.newPage()
      await page.goto(base)
      await page.getByLabel('登录名').waitFor()
      expect(await page.getByRole('button', { name: '用通行密钥登录' }).count()).toBe(0)
      await context.close()
    }
  }, 60_000)
})
