import { createHash, createHmac } from 'node:crypto'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NotSent, type Channel } from '#notify/sending.server.ts'
import { openDingtalk, openDingtalkRobot, openWecom, openWecomRobot } from '#notify/channels/chat.server.ts'
import { openMail } from '#notify/channels/mail.server.ts'
import { openAliyun, openAliyunCodes, openGateway, openGatewayCodes } from '#notify/channels/sms.server.ts'
import { mayCall, openOut, placeOf, type FetchOut } from '#server/fetchOut.server.ts'
import { json, openStandIn, type Play, type Seen, type StandIn } from '../support/standIn.ts'

const names = ['sms', 'wecom', 'dingtalk', 'wecomRobot', 'dingtalkRobot']
const wait = 400
let there: StandIn
let fetchOut: FetchOut
beforeAll(async () => {
  there = await openStandIn(json({}))
  fetchOut = openOut(
    names.map((name) => placeOf(name, `inner+${there.address}`)),
    wait,
  )
})
afterAll(() => there.close())
beforeEach(() => {
  there.seen.length = 0
})

const id = '0192b3f0-0000-7000-8000-000000000001'
const out = { to: '13900000000', unread: 3, text: '您有 3 条新消息', id }
const never = new AbortController().signal
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest()
const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const bodyOf = (seen: Seen) => JSON.parse(seen.body) as Record<string, unknown>

const tokenThen =
  (say: (seen: Seen) => unknown): Play =>
  (seen, response) =>
    json(
      seen.url.pathname.endsWith('token') ? { errcode: 0, access_token: 't1', expires_in: 7200 } : say(seen),
    )(seen, response)

type Case = { name: string; open: () => Channel; good: Play; refusal: Play }
const gateway = { app: 'jinguo', secret: 'geheim' }
const aliyun = { keyId: 'AK', secret: 'SK', signName: '示例工会', template: 'SMS_1', codeTemplate: 'SMS_2' }
const wecom = { corp: 'corp', secret: 's', agent: '1000002' }
const dingtalk = { key: 'k', secret: 's', agent: '7' }
const cases: Case[] = [
  {
    name: 'a gateway',
    open: () => openGateway(fetchOut, gateway),
    good: (seen, response) => {
      const signed = hmac(gateway.secret, `${String(seen.headers['x-time'])}\n${seen.body}`).toString('hex')
      json({ code: seen.headers['x-signature'] === signed ? 0 : 1 })(seen, response)
    },
    refusal: json({ code: 4, final: true }),
  },
  {
    name: '阿里云',
    open: () => openAliyun(fetchOut, new URL(there.address).host, aliyun),
    good: (seen, response) => {
      const { headers, url } = seen
      const list = /SignedHeaders=([^,]+),Signature=(\w+)$/.exec(String(headers['authorization']))!
      const canonical = [
        'POST',
        '/',
        url.search.slice(1),
        ...list[1]!.split(';').map((key) => `${key}:${String(headers[key])}`),
        '',
        list[1],
        sha(''),
      ].join('\n')
      const isSigned = hmac(aliyun.secret, `ACS3-HMAC-SHA256\n${sha(canonical)}`).toString('hex') === list[2]
      const isRight = url.searchParams.get('TemplateParam') === '{"count":"3"}' && isSigned
      json(isRight ? { Code: 'OK', BizId: '1' } : { Code: 'SignatureDoesNotMatch' })(seen, response)
    },
    refusal: json({ Code: 'isv.MOBILE_NUMBER_ILLEGAL' }, 400),
  },
  {
    name: '企业微信',
    open: () => openWecom(fetchOut, wecom),
    good: tokenThen((seen) => ({
      errcode:
        seen.url.searchParams.get('access_token') === 't1' && bodyOf(seen)['touser'] === out.to ? 0 : 1,
    })),
    refusal: tokenThen(() => ({ errcode: 81013 })),
  },
  {
    name: '钉钉',
    open: () => openDingtalk(fetchOut, dingtalk),
    good: tokenThen((seen) => ({ errcode: bodyOf(seen)['userid_list'] === out.to ? 0 : 1 })),
    refusal: tokenThen(() => ({ errcode: 33012 })),
  },
]

describe.each(cases)('$name', ({ open, good, refusal }) => {
  it('takes a message that is signed as its protocol asks', async () => {
    there.play = good
    await open().send(out, never)
    expect(there.seen.length).toBeGreaterThan(0)
    expect(there.seen.map((s) => s.body + s.url.search).join()).not.toContain('http')
  })

  it('refuses for good, and is believed', async () => {
    there.play = refusal
    await expect(open().send(out, never)).rejects.toBeInstanceOf(NotSent)
  })

  const bad: [string, Play][] = [
    ['answers 500', json({ code: 'x' }, 500)],
    ['answers garbage', (_, response) => void response.end('<html>busy</html>')],
    ['answers a list', json([])],
    ['answers nothing at all', () => undefined],
    ['leads elsewhere', (_, response) => void response.writeHead(302, { location: '/' }).end()],
    ['never ends', (_, response) => void response.end('x'.repeat(100_000))],
    ['hangs up', (_, response) => void response.destroy()],
  ]
  it.each(bad)('%s: it is tried again later', async (_, play) => {
    there.play = play
    const error = await open()
      .send(out, never)
      .then(
        () => null,
        (thrown: unknown) => thrown,
      )
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(NotSent)
  })

  it('is not there: it is tried again later', async () => {
    const closed = await openStandIn(json({}))
    await closed.close()
    const away = openOut(
      names.map((name) => placeOf(name, `inner+${closed.address}`)),
      wait,
    )
    await expect(openGateway(away, gateway).send(out, never)).rejects.toThrow('连不上')
  })

  it('is left when the server stops', async () => {
    there.play = () => undefined
    const stop = new AbortController()
    const sent = open().send(out, stop.signal)
    stop.abort()
    await expect(sent).rejects.toThrow(/连不上|abort/)
  })
})

it('codes go by the same gateways: in our words without a link, or in a template of their own', async () => {
  const code = { to: out.to, code: '204816', id: out.id }
  there.play = json({ code: 0 })
  await openGatewayCodes(fetchOut, gateway).send(code, never)
  const { text } = JSON.parse(there.seen.at(-1)!.body) as { text: string }
  expect(text).toContain('登录验证码 204816')
  expect(text).not.toMatch(/http|\/\//)
  there.play = json({ Code: 'OK' })
  await openAliyunCodes(fetchOut, new URL(there.address).host, aliyun)!.send(code, never)
  const asked = there.seen.at(-1)!.url.searchParams
  expect([asked.get('TemplateCode'), asked.get('TemplateParam')]).toEqual(['SMS_2', '{"code":"204816"}'])
  expect(openAliyunCodes(fetchOut, 'host', { ...aliyun, codeTemplate: null })).toBeNull()
})

describe('an office chat', () => {
  it('keeps its token, and asks for another when it is over', async () => {
    const channel = openWecom(fetchOut, wecom)
    let asked = 0
    there.play = tokenThen(() => ({ errcode: ++asked === 2 ? 42001 : 0 }))
    await channel.send(out, never)
    await channel.send(out, never)
    expect(there.seen.map((s) => s.url.pathname.split('/').at(-1))).toEqual([
      'gettoken',
      'send',
      'send',
      'gettoken',
      'send',
    ])
  })

  it('tells its group by a robot', async () => {
    there.play = json({ errcode: 0 })
    await openWecomRobot(fetchOut, 'key')('有新公告', never)
    await openDingtalkRobot(fetchOut, 'token', 'SEC')('有新公告', never)
    const [first, second] = there.seen
    expect(first!.url.searchParams.get('key')).toBe('key')
    const stamp = second!.url.searchParams.get('timestamp')!
    expect(second!.url.searchParams.get('sign')).toBe(hmac('SEC', `${stamp}\nSEC`).toString('base64'))
    there.play = json({ errcode: 310000 })
    await expect(openDingtalkRobot(fetchOut, 'token', 'SEC')('有新公告', never)).rejects.toThrow('310000')
  })
})

describe('mail', () => {
  type Mail = { from: string; to: string; text: string }
  let server: SMTPServer
  let url: string
  const mails: Mail[] = []
  let answer: { responseCode: number } | 'hang' | null = null
  beforeAll(async () => {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      onAuth: ({ username, password }, _, done) =>
        username === 'jinguo' && password === 'p@ss' ? done(null, { user: username }) : done(new Error('no')),
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (answer === 'hang') return
          if (answer) return done(Object.assign(new Error('refused'), answer))
          mails.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo[0]!.address,
            text: Buffer.concat(parts).toString('utf8'),
          })
          done()
        })
      },
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    url = `inner+smtp://jinguo:p%40ss@127.0.0.1:${(server.server.address() as { port: number }).port}`
  })
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
      }),
  )

  const mail = (address = url) => openMail({ url: address, from: '巾帼 <no-reply@union.example>' }, wait)
  const letter = { ...out, to: 'wang@union.example' }

  it('goes out over SMTP, signed in, under the same id each time, with no link', async () => {
    answer = null
    const channel = mail()
    await channel.send(letter, never)
    channel.close()
    const [got] = mails
    expect(got).toMatchObject({ from: 'no-reply@union.example', to: 'wang@union.example' })
    expect(got!.text).toContain(`Message-ID: <${id}@union.example>`)
    expect(got!.text).toContain('Auto-Submitted: auto-generated')
    expect(got!.text).not.toMatch(/https?:/)
  })

  it('is refused for good, or for a while', async () => {
    answer = { responseCode: 550 }
    await expect(mail().send(letter, never)).rejects.toBeInstanceOf(NotSent)
    answer = { responseCode: 451 }
    await expect(mail().send(letter, never)).rejects.not.toBeInstanceOf(NotSent)
    answer = 'hang'
    await expect(mail().send(letter, never)).rejects.toThrow('邮件没有发出')
  })

  it('never goes out in clear beyond one’s own network', async () => {
    answer = null
    const before = mails.length
    await expect(mail(url.replace('inner+', '')).send(letter, never)).rejects.toThrow('邮件没有发出')
    expect(mails.length).toBe(before)
  })

  it.each(['https://mail.example', 'mail.example'])('%s is no place for mail', (address) =>
    expect(() => mail(address)).toThrow('JINGUO_SMTP_URL'),
  )
})

describe('the way out', () => {
  it.each([
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['192.168.1.1', false, true],
    ['100.64.0.9', false, true],
    ['::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['fd00::1', false, true],
    ['169.254.169.254', false, false],
    ['fe80::1', false, false],
    ['224.0.0.1', false, false],
    ['47.1.2.3', true, true],
    ['2400:3200::1', true, true],
  ])('to %s: %s from outside, %s from inside', (address, outer, own) => {
    expect(mayCall(address, false)).toBe(outer)
    expect(mayCall(address, true)).toBe(own)
  })

  it('leads to named places only, over https, and never off them', async () => {
    expect(() => openOut([placeOf('sms', 'http://sms.example')])).toThrow('须用 https')
    expect(() => openOut([placeOf('sms', 'sms.example')])).toThrow('不是网址')
    await expect(fetchOut('elsewhere', { path: '/' })).rejects.toThrow('没有登记')
    await expect(fetchOut('sms', { path: 'https://evil.example/' })).rejects.toThrow('离开了登记的地址')
    const outer = openOut([{ name: 'sms', base: 'https://127.0.0.1:1', isInner: false }])
    await expect(outer('sms', { path: '/' })).rejects.toThrow('不允许访问')
    const named = openOut([{ name: 'sms', base: 'https://localhost:1', isInner: false }])
    await expect(named('sms', { path: '/' })).rejects.toThrow('连不上')
    expect(there.seen).toEqual([])
  })
})
