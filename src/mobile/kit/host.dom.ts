import type { Host } from './host.ts'
import { browserHost } from './hostBrowser.dom.ts'
import { dingtalkHost, govDingtalkHost, type Dingtalk, type GovDingtalk } from './hostDingtalk.dom.ts'
import { hostKindOf, type HostKind } from './hostKind.ts'
import { wechatHost, type Wechat } from './hostWechat.dom.ts'

/** What a host or the page that embeds ours has put beside the page. */
export type Beside = Wechat & { dd?: Dingtalk & GovDingtalk }

/** What stands beside the page is looked for at each act: a host may put it there late. */
const late = (make: () => Host): Host =>
  Object.fromEntries(
    (Object.keys(browserHost) as (keyof Host)[]).map((name) => [
      name,
      (...given: unknown[]) => (make()[name] as (...given: unknown[]) => unknown)(...given),
    ]),
  ) as Host

export function hostOf(kind: HostKind, beside: Beside): Host {
  switch (kind) {
    case 'wechat':
    case 'wecom':
      return late(() => wechatHost(beside))
    case 'dingtalk':
      return late(() => dingtalkHost(beside.dd ?? {}))
    case 'govDingtalk':
      return late(() => govDingtalkHost(beside.dd ?? {}))
    case 'browser':
      return browserHost
  }
}

export const hostKind: HostKind = hostKindOf(navigator.userAgent)
export const host: Host = hostOf(hostKind, window as unknown as Beside)
