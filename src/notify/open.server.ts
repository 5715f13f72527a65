import { openOut, placeOf } from '#server/fetchOut.server.ts'
import type { Channels } from './sending.server.ts'
import {
  openDingtalk,
  openDingtalkRobot,
  openWecom,
  openWecomRobot,
  type Robot,
} from './channels/chat.server.ts'
import { openMail } from './channels/mail.server.ts'
import { openAliyun, openGateway } from './channels/sms.server.ts'
import type { Outside } from './settings.ts'

/** The ways out that the operator set up: to single persons, and to work groups. */
export type WaysOut = { channels: Channels; robots: readonly Robot[] }

/** None: what happens is told inside alone. */
export const noWayOut: WaysOut = { channels: {}, robots: [] }

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
              sms.kind === 'aliyun'
                ? openAliyun(fetchOut, new URL(placeOf('sms', sms.url).base).host, sms)
                : openGateway(fetchOut, sms),
          }
        : {}),
      ...(wecom ? { wecom: openWecom(fetchOut, wecom) } : {}),
      ...(dingtalk ? { dingtalk: openDingtalk(fetchOut, dingtalk) } : {}),
    },
    robots: robots.map((robot) =>
      robot.kind === 'wecom'
        ? openWecomRobot(fetchOut, robot.key)
        : openDingtalkRobot(fetchOut, robot.token, robot.secret),
    ),
  }
}
