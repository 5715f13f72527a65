import { fromWgs84, type Point } from '#programmes/careRoom/point.ts'
import { denied, ok, unsupported, type Given, type Host } from './host.ts'
import { asked } from './hostAsked.dom.ts'
import { browserHost } from './hostBrowser.dom.ts'

type Answer = Record<string, unknown> & { errMsg?: string }
type Act = (
  options: Record<string, unknown> & {
    success(answer: Answer): void
    fail(answer: Answer): void
    cancel(): void
  },
) => void
type Acts =
  | 'openLocation'
  | 'getLocation'
  | 'scanQRCode'
  | 'updateAppMessageShareData'
  | 'updateTimelineShareData'
  | 'closeWindow'

/** The signed interface, where the page or app that embeds ours has set it up; and what WeChat itself puts into every page. */
export type Wechat = {
  wx?: Partial<Record<Acts, Act>>
  WeixinJSBridge?: { call(name: 'closeWindow'): void }
}

/** Without a signature every act fails with 「permission denied」, which is no word of hers. */
const noOf = ({ errMsg = '' }: Answer): Given<never> =>
  /cancel|auth deny|user deny/.test(errMsg) ? denied : unsupported

function ask<T>(act: Act | undefined, options: object, read: (answer: Answer) => T): Promise<Given<T>> {
  if (!act) return Promise.resolve(unsupported)
  return asked((done) =>
    act({
      ...options,
      success: (answer) => done(ok(read(answer))),
      fail: (answer) => done(noOf(answer)),
      cancel: () => done(denied),
    }),
  )
}

const nothing = (): null => null

/** WeChat and 企业微信. Blob downloads hang there, so an image is shown for her to press on. */
export function wechatHost({ wx = {}, WeixinJSBridge }: Wechat): Host {
  return {
    ...browserHost,
    // Passed on by the menu of the host alone: here its card is made, and she is told where the menu is.
    share: async ({ title, text, url }) => {
      const card = { title, desc: text, link: url, imgUrl: '' }
      await Promise.all([
        ask(wx.updateAppMessageShareData, card, nothing),
        ask(wx.updateTimelineShareData, card, nothing),
      ])
      return unsupported
    },
    openLocation: ({ point, name, address }) => {
      const { lng, lat } = fromWgs84(point, 'GCJ02')
      return ask(wx.openLocation, { latitude: lat, longitude: lng, name, address, scale: 16 }, nothing)
    },
    getLocation: async () => {
      const given = await ask<Point>(wx.getLocation, { type: 'wgs84' }, ({ longitude, latitude }) => ({
        lng: Number(longitude),
        lat: Number(latitude),
      }))
      return given.kind === 'unsupported' ? browserHost.getLocation() : given
    },
    scan: () =>
      ask(wx.scanQRCode, { needResult: 1, scanType: ['qrCode'] }, ({ resultStr }) => String(resultStr)),
    saveImage: () => Promise.resolve(unsupported),
    close: () => {
      if (!WeixinJSBridge) return ask(wx.closeWindow, {}, nothing)
      WeixinJSBridge.call('closeWindow')
      return Promise.resolve(ok(null))
    },
  }
}
