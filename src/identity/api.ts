import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { running } from '#running/api.ts'
import { ownPasskey } from './passkeyApi.ts'

/** Roles of domain §1; a silo's worker is the one role handler + programme. */
export const roles = [
  'cadre',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'service',
] as const
export type Role = (typeof roles)[number]

export const post = z.strictObject({ id: z.string(), role: z.enum(roles), org: orgBrief })

/** GET /api/me: who acts, in which post, on which business date, under which promise of durability. */
export const me = z.strictObject({
  account: z.strictObject({
    id: z.string(),
    name: z.string(),
    title: z.string(),
    login: z.string(),
    isDemo: z.boolean(),
  }),
  post,
  posts: z.array(post),
  /** Name of the colleague for whom she acts just now, and those for whom she may. */
  behalf: z.nullable(z.string()),
  mayActFor: z.array(z.strictObject({ id: z.string(), name: z.string(), untilOn: z.string() })),
  mode: z.enum(['demo', 'live']),
  today: z.string(),
  /** Offers that she closed for good. */
  dismissed: z.array(z.string()),
  /** Days by which `today` stands behind the real clock; screens tell instants by it. */
  behind: z.number(),
  engine: z.strictObject({ name: z.string(), promise: z.string() }),
  /** 备案号, for the footer. */
  filing: z.nullable(z.string()),
  running,
})
export type Me = z.infer<typeof me>

/** PUT /api/account/dismissed/:what */
export const dismissedWhat = z.strictObject({ what: z.enum(roles.map((role) => `tour.${role}` as const)) })

/** GET /api/demo/people: the picker of the sign-in page, in demo mode only. */
export const demoPerson = z.strictObject({
  accountId: z.string(),
  name: z.string(),
  title: z.string(),
  pitch: z.string(),
  role: z.enum(roles),
  org: orgBrief,
})
export type DemoPerson = z.infer<typeof demoPerson>

/** POST /api/session, in demo mode only */
export const signIn = z.strictObject({ accountId: z.string().check(z.maxLength(40)) })
/** POST /api/session/post */
export const switchPost = z.strictObject({ postId: z.guid() })

const password = z.string().check(z.maxLength(1000))
const code = z.string().check(z.maxLength(40))

/** Pages on which passkeys work; null where this installation's address can have none (src/identity/relyingParty.server.ts). */
const passkeyOrigin = z.nullable(z.string())

/** GET /api/sign-in: what the sign-in page offers. */
export const signInOffer = z.strictObject({
  mode: z.enum(['demo', 'live']),
  /** Name of the unified sign-in of another authority, where one is set up. */
  oidc: z.nullable(z.string()),
  /** Whether a woman worker can come in by a code sent to her phone; in the demo, a phone to try it with. */
  phone: z.nullable(z.strictObject({ example: z.nullable(z.string()) })),
  passkeyOrigin,
  filing: z.nullable(z.string()),
  running,
})
/** POST /api/session/phone/code; `shown` in the demo alone, where nothing is sent. */
export const phoneAsked = z.strictObject({ phone: z.string().check(z.maxLength(30)) })
export const codeSent = z.strictObject({ mask: z.string(), shown: z.nullable(z.string()) })
/** POST /api/session/phone: `name` where the answer before asked for it. */
export const phoneSignIn = z.strictObject({
  phone: z.string().check(z.maxLength(30)),
  code: z.string().check(z.maxLength(20)),
  name: z.optional(z.string().check(z.maxLength(60))),
})
export const phoneEntered = z.strictObject({ stage: z.enum(['open', 'name']) })
/** POST /api/session/password */
export const passwordSignIn = z.strictObject({ login: z.string().check(z.maxLength(100)), password })
/** POST /api/session/factor: a code of the app, or a recovery code. */
export const factorCode = z.strictObject({ code })

/** GET /api/session: what still stands between a signed-in person and her work. */
export const sessionState = z.strictObject({
  stage: z.enum(['factor', 'enrol', 'password', 'open']),
  name: z.string(),
  login: z.string(),
  /** What she can give as second factor; recovery codes go with either. */
  hasCode: z.boolean(),
  hasPasskey: z.boolean(),
  passkeyOrigin,
  passwordRules: z.string(),
})
export type SessionState = z.infer<typeof sessionState>

/** POST /api/factor: a new secret, shown as QR code and as text. */
export const factorOffer = z.strictObject({ uri: z.string(), secret: z.string(), ticket: z.string() })
/** POST /api/factor/confirm */
export const factorConfirm = z.strictObject({ ticket: z.string().check(z.maxLength(1000)), code })
/** Shown once. */
export const recoveryCodes = z.strictObject({ codes: z.array(z.string()) })

/** POST /api/account/password */
export const passwordChange = z.strictObject({ current: password, password })

export const noticeKinds = [
  'password.set',
  'password.changed',
  'factor.set',
  'factor.dropped',
  'recovery.used',
  'recovery.renewed',
  'device.new',
  'passkey.added',
  'passkey.removed',
  'passkey.copied',
  'oidc.bound',
  'phone.bound',
  'reset.made',
] as const
export type NoticeKind = (typeof noticeKinds)[number]
export const notice = z.strictObject({
  id: z.string(),
  kind: z.enum(noticeKinds),
  detail: z.string(),
  at: z.string(),
  isSeen: z.boolean(),
})
export type Notice = z.infer<typeof notice>

/** GET /api/account: the safety of one's own account. */
export const ownAccount = z.strictObject({
  login: z.string(),
  hasPassword: z.boolean(),
  passwordDays: z.number(),
  passwordRules: z.string(),
  hasCode: z.boolean(),
  passkeyOrigin,
  passkeys: z.array(ownPasskey),
  recoveryLeft: z.number(),
  oidc: z.nullable(z.strictObject({ label: z.string(), isBound: z.boolean() })),
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      device: z.string(),
      org: z.string(),
      createdAt: z.string(),
      seenAt: z.string(),
      isCurrent: z.boolean(),
    }),
  ),
  notices: z.array(notice),
})
export type OwnAccount = z.infer<typeof ownAccount>

/** POST /api/invitations/look and /use: the token of a link; it travels in bodies only, never in an address that is logged. */
export const invitationToken = z.strictObject({ token: z.string().check(z.maxLength(60)) })
export const invitationUse = z.strictObject({ token: z.string().check(z.maxLength(60)), password })
export const invitationLook = z.strictObject({
  name: z.string(),
  login: z.string(),
  kind: z.enum(['invite', 'reset']),
  passwordRules: z.string(),
})
/** `isOpen` false: the password is set, a post is still awaited. */
export const invitationUsed = z.strictObject({ isOpen: z.boolean() })
/** A link to hand over, shown once. */
export const invitationMade = z.strictObject({
  link: z.string(),
  kind: z.enum(['invite', 'reset']),
  expiresAt: z.string(),
})
export type InvitationMade = z.infer<typeof invitationMade>

/** Roles that an administrator can give. */
export const givenRoles = [
  'cadre',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
] as const
export const roleLabels: Record<Role, string> = {
  cadre: '女工干部',
  leader: '领导',
  worker: '女职工',
  handler: '专办人员',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditAdmin: '审计管理员',
  service: '服务账号',
}

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const given = {
  orgId: z.number(),
  role: z.enum(givenRoles),
  fromOn: day,
  untilOn: z.nullable(day),
}
/** POST /api/accounts */
export const newAccount = z.strictObject({
  login: z.string().check(z.maxLength(60)),
  name: z.string().check(z.maxLength(30)),
  title: z.string().check(z.maxLength(60)),
  ...given,
})
export type NewAccount = z.infer<typeof newAccount>
/** POST /api/accounts/:id/posts */
export const newPost = z.strictObject(given)
export type NewPost = z.infer<typeof newPost>
/** Whether the post was given at once, or waits for the security administrator. */
export const postGiven = z.strictObject({ id: z.string(), isGiven: z.boolean() })
/** POST /api/posts/:id/end: the last day of the post. */
export const postEnd = z.strictObject({ untilOn: day })
/** POST /api/posts/:id/hand-over: the last day of the one who goes; the other begins on the next. */
export const handOver = z.strictObject({ toAccountId: z.guid(), untilOn: day })
/** POST /api/accounts/:id/disabled */
export const disabling = z.strictObject({ isDisabled: z.boolean() })
/** POST /api/grants/:id */
export const grantDecision = z.strictObject({ isGranted: z.boolean() })

export const heldPost = z.strictObject({
  id: z.string(),
  role: z.enum(roles),
  org: orgBrief,
  fromOn: z.string(),
  untilOn: z.nullable(z.string()),
  state: z.enum(['current', 'future', 'ended', 'pending', 'refused']),
})
export type HeldPost = z.infer<typeof heldPost>

export const accountStates = ['active', 'invited', 'new', 'disabled'] as const
export const accountRow = z.strictObject({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  title: z.string(),
  state: z.enum(accountStates),
  hasFactor: z.boolean(),
  posts: z.array(heldPost),
})
export type AccountRow = z.infer<typeof accountRow>
/** GET /api/accounts */
export const accountQuery = z.strictObject({
  q: z.optional(z.string().check(z.maxLength(60))),
  /** Login of the last row of the page before. */
  after: z.optional(z.string().check(z.maxLength(100))),
})
export const accountList = z.strictObject({ rows: z.array(accountRow), next: z.nullable(z.string()) })
/** GET /api/grants: what waits for the security administrator. */
export const grantRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  login: z.string(),
  role: z.enum(roles),
  org: orgBrief,
  fromOn: z.string(),
  untilOn: z.nullable(z.string()),
  askedBy: z.string(),
  askedAt: z.string(),
})
export type GrantRow = z.infer<typeof grantRow>

/** POST /api/oidc/start and /bind: where the browser goes. */
export const oidcBegun = z.strictObject({ url: z.string() })
/** POST /api/oidc/finish: what stood behind ? when the provider sent the browser back. */
export const oidcReturn = z.strictObject({ search: z.string().check(z.maxLength(4000)) })
export const oidcFinished = z.strictObject({ isBound: z.boolean() })
