import { fromWgs84 } from '#programmes/careRoom/point.ts'
import { denied, ok, unsupported, type Given, type Host } from './host.ts'
import { asked } from './hostAsked.dom.ts'
import { browserHost } from './hostBrowser.dom.ts'

type Answer = Record<string, unknown>
type Act = (
  options: Record<string, unknown> & { onSuccess(answer: Answer): void; onFail(error: Answer): void },
) => void
type Promised = (options: object) => Promise<Answer>

/** What 钉钉 offers a page whose embedding app has set it up. */
export type Dingtalk = {
  biz?: {
    map?: { view?: Act }
    util?: { scan?: Act; share?: Act }
    navigation?: { close?: Act }
  }
  device?: { geolocation?: { get?: Act } }
}
/** What 政务钉钉 offers: flat, by promises. */
export type GovDingtalk = Partial<
  Record<'getAuthCode' | 'getGeolocation' | 'scan' | 'share' | 'closePage', Promised>
>

/** Both tell a no of hers in words or by these numbers. */
const noOf = (error: unknown): Given<never> => {
  const { errorCode, errorMessage = '' } = Object(error) as { errorCode?: unknown; errorMessage?: string }
  return Number(errorCode) === -1 || /cancel|denied|取消|拒绝/.test(errorMessage) ? denied : unsupported
}

const pointOf = ({ longitude, latitude }: Answer) => ({ lng: Number(longitude), lat: Number(latitude) })
const nothing = (): null => null
/** As a place of the world, not of a map. */
const exact = { targetAccuracy: 200, coordinate: 0, withReGeocode: false }

function ask<T>(act: Act | undefined, options: object, read: (answer: Answer) => T): Promise<Given<T>> {
  if (!act) return Promise.resolve(unsupported)
  return asked((done) =>
    act({
      ...options,
      onSuccess: (answer) => done(ok(read(answer))),
      onFail: (error) => done(noOf(error)),
    }),
  )
}

async function promised<T>(
  act: Promised | undefined,
  options: object,
  read: (answer: Answer) => T,
): Promise<Given<T>> {
  if (!act) return unsupported
  return asked(
    (done) =>
      void act(options).then(
        (answer) => done(ok(read(answer))),
        (error: unknown) => done(noOf(error)),
      ),
  )
}

/** Where the host cannot tell a place, the browser under it may. */
const orBrowser = async (given: Promise<Given<{ lng: number; lat: number }>>) => {
  const found = await given
  return found.kind === 'unsupported' ? browserHost.getLocation() : found
}

export function dingtalkHost({ biz, device }: Dingtalk): Host {
  return {
    ...browserHost,
    share: ({ title, text, url }) =>
      ask(biz?.util?.share, { type: 0, url, title, content: text, image: '' }, nothing),
    openLocation: ({ point, name }) => {
      const { lng, lat } = fromWgs84(point, 'GCJ02')
      return ask(biz?.map?.view, { latitude: lat, longitude: lng, title: name }, nothing)
    },
    getLocation: () => orBrowser(ask(device?.geolocation?.get, exact, pointOf)),
    scan: () => ask(biz?.util?.scan, { type: 'qrCode' }, ({ text }) => String(text)),
    saveImage: () => Promise.resolve(unsupported),
    close: () => ask(biz?.navigation?.close, {}, nothing),
  }
}

export function govDingtalkHost(dd: GovDingtalk): Host {
  return {
    ...browserHost,
    identify: () => promised(dd.getAuthCode, {}, ({ code }) => String(code)),
    share: ({ title, text, url }) =>
      promised(dd.share, { type: 0, url, title, content: text, image: '' }, nothing),
    getLocation: () => orBrowser(promised(dd.getGeolocation, exact, pointOf)),
    scan: () => promised(dd.scan, { type: 'qrCode' }, ({ text }) => String(text)),
    saveImage: () => Promise.resolve(unsupported),
    close: () => promised(dd.closePage, {}, nothing),
  }
}
