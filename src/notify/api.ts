import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'
import { channelKinds } from './channel.ts'

/** What a message is about; its word stands before the line. */
export const messageKinds = {
  review: '审核',
  turn: '转办',
  task: '任务',
  chase: '催办',
  remind: '提醒',
  member: '会员',
  post: '岗位',
  copy: '抄送',
  notice: '公告',
  paper: '总结',
  away: '委托',
  trust: '安全',
} as const
export type MessageKind = keyof typeof messageKinds

export const message = z.strictObject({
  id: z.string(),
  kind: z.enum(Object.keys(messageKinds) as MessageKind[]),
  subject: z.string(),
  /** Address within the workbench. */
  link: z.string(),
  at: z.string(),
  isRead: z.boolean(),
})
export type Message = z.infer<typeof message>

/** GET /api/messages */
export const messageList = z.strictObject({
  unread: z.number(),
  rows: z.array(message),
  next: z.nullable(z.string()),
})
export type MessageList = z.infer<typeof messageList>

/** GET /api/messages/unread */
export const unreadCount = z.strictObject({ unread: z.number() })

/** POST /api/messages/read: these, or all where none is named. */
export const readThese = z.strictObject({ ids: z.optional(z.array(uuid).check(z.maxLength(200))) })

const channelState = z.strictObject({
  kind: z.enum(channelKinds),
  isOn: z.boolean(),
  /** Masked; null where she gave none. */
  address: z.nullable(z.string()),
})

/** GET /api/account/reach: the channels that the operator set up, and how she uses them. */
export const reach = z.strictObject({
  hour: z.number(),
  channels: z.array(channelState),
  log: z.array(
    z.strictObject({
      channel: z.enum(channelKinds),
      onDay: z.string(),
      state: z.enum(['waiting', 'sent', 'failed']),
      fault: z.string(),
    }),
  ),
})
export type Reach = z.infer<typeof reach>

const deliveryChannel = z.enum([...channelKinds, 'robot'])
/** GET /api/deliveries: sums by day and way, and each that has not arrived. */
export const deliveryLog = z.strictObject({
  days: z.array(
    z.strictObject({
      onDay: z.string(),
      channel: deliveryChannel,
      sent: z.number(),
      waiting: z.number(),
      failed: z.number(),
    }),
  ),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      onDay: z.string(),
      channel: deliveryChannel,
      state: z.enum(['waiting', 'failed']),
      tries: z.number(),
      fault: z.string(),
      endedAt: z.nullable(z.string()),
    }),
  ),
  /** There are older ones. */
  more: z.boolean(),
})
export type DeliveryLog = z.infer<typeof deliveryLog>

/** PUT /api/account/reach: an address that is not given stays, an empty one is taken away. */
export const reachChange = z.strictObject({
  hour: z.int32().check(z.minimum(8), z.maximum(19)),
  channels: z
    .array(
      z.strictObject({
        kind: z.enum(channelKinds),
        isOn: z.boolean(),
        address: z.optional(z.string().check(z.maxLength(200))),
      }),
    )
    .check(z.maxLength(10)),
})
export type ReachChange = z.infer<typeof reachChange>
