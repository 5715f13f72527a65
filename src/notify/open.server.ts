import { openOut, placeOf } from '#server/fetchOut.server.ts'
import { maskOf } from './words.ts'
import type { Channels, CodeWay } from './sending.server.ts'
import {
  openDingtalk,
  openDingtalkRobot,
  openWecom,
  openWecomRobot,
  type Robot,
} from './channels/chat.server.ts'
import { openMail } from './channels/mail.server.ts'
import { openAliyun, openAliyunCodes, openGateway, openGatewayCodes } from './channels/sms.server.ts'
import type { Outside } from './settings.ts'

/** The ways out that the operator set up: to single persons, to work groups, and to telephones that want to sign in. */
export type WaysOut = { channels: Channels; robots: readonly Robot[]; codes: CodeWay | null }

/** None: what happens is told inside alone. */
export const noWayOut: WaysOut = { channels: {}, robots: [], codes: null }

/** The demo sends nothing: where no way is set up, whoever runs it reads the codes where the server speaks, and the page shows them. */
export const withStandIn = (ways: WaysOut, say: (line: string) => void): WaysOut => ({
  ...ways,
  codes: ways.codes ?? {
    isShown: true,
    send: ({ to, code }) => {
      say(`演示短信（没有发出）：${maskOf('sms', to)} 的登录验证码是 ${code}\n`)
      return Promise.resolve()
    },
  },
})

const hostOf = (address: string): string => new URL(placeOf('sms', address).base).host

/** Opens the ways out. @throws Error in Chinese for an address that is none */
export function openWaysOut({ mail, sms, wecom, dingtalk, robots }: Outside): WaysOut {
  const fetchOut = openOut([
    ...(sms ? [placeOf('sms', sms.url)] : []),
    ...(wecom ? [placeOf('wecom', wecom.url)] : []),
    ...(dingtalk ? [placeOf('dingtalk', dingtalk.url)] : []),
    ...robots.map((robot) => placeOf(`${robot.kind}Robot`, robot.url)),
  ])
  return {
    channels: {
      ...(mail ? { mail: openMail(mail) } : {}),
      ...(sms
        ? {
            sms:
              sms.kind === 'aliyun' ? openAliyun(fetchOut, hostOf(sms.url), sms) : openGateway(fetchOut, sms),
          }
        : {}),
      ...(wecom ? { wecom: openWecom(fetchOut, wecom) } : {}),
      ...(dingtalk ? { dingtalk: openDingtalk(fetchOut, dingtalk) } : {}),
    },
    codes:
      sms &&
      (sms.kind === 'aliyun'
        ? openAliyunCodes(fetchOut, hostOf(sms.url), sms)
        : openGatewayCodes(fetchOut, sms)),
    robots: robots.map((robot) =>
      robot.kind === 'wecom'
        ? openWecomRobot(fetchOut, robot.key)
        : openDingtalkRobot(fetchOut, robot.token, robot.secret),
    ),
  }
}
