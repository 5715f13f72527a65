import { afterEach, expect, it, vi } from 'vitest'
import { browserHost } from './hostBrowser.dom.ts'
import { dingtalkHost, govDingtalkHost } from './hostDingtalk.dom.ts'
import { hostKindOf } from './hostKind.ts'
import { wechatHost, type Wechat } from './hostWechat.dom.ts'

afterEach(() => vi.unstubAllGlobals())

const place = { point: { lng: 121.6147, lat: 38.914 }, name: '爱心驿站', address: '人民路 1 号二楼' }
const card = { title: '插花体验班', text: '3月8日', url: 'https://example.test/m/events/1' }
const gcj02 = { longitude: 121.619643, latitude: 38.914777 }
const near = ({ longitude, latitude }: { longitude: number; latitude: number }) => ({
  longitude: expect.closeTo(longitude, 5),
  latitude: expect.closeTo(latitude, 5),
})

it('tells hosts by their own names, the narrower first', () => {
  const chrome = 'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/87.0 Mobile Safari/537.36'
  expect(
    [
      '',
      ' MicroMessenger/8.0.40',
      ' wxwork/4.1.0 MicroMessenger/7.0.1',
      ' AliApp(DingTalk/7.0.0)',
      ' AliApp(DingTalk/6.5) TaurusApp/3.3.0',
    ].map((name) => hostKindOf(chrome + name)),
  ).toEqual(['browser', 'wechat', 'wecom', 'dingtalk', 'govDingtalk'])
})

it('WeChat shows a place as its maps want it, scans, and tells her no from its own', async () => {
  const seen: object[] = []
  const wx: NonNullable<Wechat['wx']> = {
    openLocation: ({ success, ...options }) => {
      seen.push(options)
      success({})
    },
    scanQRCode: ({ success }) => success({ resultStr: 'https://example.test/my/came?code=1' }),
    getLocation: ({ fail }) => fail({ errMsg: 'getLocation:fail auth deny' }),
    updateAppMessageShareData: ({ success, ...options }) => {
      seen.push(options)
      success({})
    },
  }
  const closed: string[] = []
  const host = wechatHost({ wx, WeixinJSBridge: { call: (name) => void closed.push(name) } })
  expect(await host.openLocation(place)).toEqual({ kind: 'ok', value: null })
  expect(seen[0]).toMatchObject({ ...near(gcj02), name: place.name, address: place.address, scale: 16 })
  expect(await host.scan()).toEqual({ kind: 'ok', value: 'https://example.test/my/came?code=1' })
  expect(await host.getLocation()).toEqual({ kind: 'denied' })
  // The menu passes it on: the card is made, and the page tells her where the menu is.
  expect(await host.share(card)).toEqual({ kind: 'unsupported' })
  expect(seen[1]).toMatchObject({ title: card.title, desc: card.text, link: card.url, imgUrl: '' })
  expect(await host.close()).toEqual({ kind: 'ok', value: null })
  expect(closed).toEqual(['closeWindow'])
  for (const [errMsg, kind] of [
    ['openLocation:fail, the permission value is offline verifying', 'unsupported'],
    ['openLocation:permission denied', 'unsupported'],
    ['openLocation:cancel', 'denied'],
  ])
    expect(
      await wechatHost({ wx: { openLocation: ({ fail }) => fail({ errMsg: errMsg! }) } }).openLocation(place),
    ).toEqual({ kind })
})

it('钉钉 and 政务钉钉 do the same by callbacks and by promises', async () => {
  const viewed: object[] = []
  const ding = dingtalkHost({
    biz: {
      map: {
        view: ({ onSuccess, ...options }) => {
          viewed.push(options)
          onSuccess({})
        },
      },
      util: { scan: ({ onFail }) => onFail({ errorCode: '-1', errorMessage: '取消' }) },
    },
    device: { geolocation: { get: ({ onSuccess }) => onSuccess({ longitude: 121.6, latitude: 38.9 }) } },
  })
  expect(await ding.openLocation(place)).toEqual({ kind: 'ok', value: null })
  expect(viewed).toMatchObject([{ ...near(gcj02), title: place.name }])
  expect(await ding.scan()).toEqual({ kind: 'denied' })
  expect(await ding.getLocation()).toEqual({ kind: 'ok', value: { lng: 121.6, lat: 38.9 } })
  const taurus = govDingtalkHost({
    getAuthCode: () => Promise.resolve({ code: 'once' }),
    scan: () => Promise.resolve({ text: 'ticket' }),
    share: () => Promise.reject(new Error('no such method')),
  })
  expect(await taurus.identify()).toEqual({ kind: 'ok', value: 'once' })
  expect(await taurus.scan()).toEqual({ kind: 'ok', value: 'ticket' })
  expect(await taurus.share(card)).toEqual({ kind: 'unsupported' })
})

it('a host that offers nothing, fails or never answers leaves the plain way of the web', async () => {
  vi.stubGlobal('navigator', {})
  const bare = [wechatHost({}), dingtalkHost({}), govDingtalkHost({}), browserHost]
  const image = new Blob(['x'])
  for (const host of bare)
    expect(
      (
        await Promise.all([
          host.identify(),
          host.share(card),
          host.openLocation(place),
          host.getLocation(),
          host.scan(),
          host.subscribe('t'),
          host.close(),
          host.copy('地址'),
          ...(host === browserHost ? [] : [host.saveImage(image, 'a.png')]),
        ])
      ).map(({ kind }) => kind),
    ).toEqual(Array.from({ length: host === browserHost ? 8 : 9 }, () => 'unsupported'))
  vi.useFakeTimers()
  try {
    const silent = wechatHost({ wx: { scanQRCode: () => undefined } }).scan()
    vi.advanceTimersByTime(60_000)
    expect(await silent).toEqual({ kind: 'unsupported' })
  } finally {
    vi.useRealTimers()
  }
  const broken = wechatHost({
    wx: {
      scanQRCode: () => {
        throw new Error('not ready')
      },
    },
  })
  expect(await broken.scan()).toEqual({ kind: 'unsupported' })
})

it('a browser passes a page on by the sheet of the system, and her no is no fault', async () => {
  const shared: object[] = []
  vi.stubGlobal('navigator', { share: (data: object) => Promise.resolve(void shared.push(data)) })
  expect(await browserHost.share(card)).toEqual({ kind: 'ok', value: null })
  expect(shared).toEqual([card])
  vi.stubGlobal('navigator', { share: () => Promise.reject(new DOMException('no', 'AbortError')) })
  expect(await browserHost.share(card)).toEqual({ kind: 'denied' })
})
