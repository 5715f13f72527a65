/** The app whose WebView shows the page. */
export type HostKind = 'browser' | 'wechat' | 'wecom' | 'dingtalk' | 'govDingtalk'

/** By the name that it gives itself. 企业微信 calls itself WeChat besides, and 政务钉钉 DingTalk: the narrower name first. */
export function hostKindOf(userAgent: string): HostKind {
  if (/wxwork\//i.test(userAgent)) return 'wecom'
  if (/MicroMessenger\//i.test(userAgent)) return 'wechat'
  if (/TaurusApp/i.test(userAgent)) return 'govDingtalk'
  if (/DingTalk/i.test(userAgent)) return 'dingtalk'
  return 'browser'
}
