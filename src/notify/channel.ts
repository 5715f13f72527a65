/** Ways to reach a person outside the workbench. */
export const channelKinds = ['mail', 'sms', 'wecom', 'dingtalk'] as const
export type ChannelKind = (typeof channelKinds)[number]

export const channelLabels: Readonly<Record<ChannelKind | 'robot', string>> = {
  mail: '电子邮件',
  sms: '短信',
  wecom: '企业微信',
  dingtalk: '钉钉',
  robot: '群机器人',
}
