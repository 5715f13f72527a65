/** Where one woman stands with one event. */
export const entryStates = [
  'placed',
  'waiting',
  'offered',
  'asked',
  'refused',
  'cancelled',
  'declined',
  'expired',
] as const
export type EntryState = (typeof entryStates)[number]

export const entryStateWords: Readonly<Record<EntryState, string>> = {
  placed: '已有名额',
  waiting: '候补中',
  offered: '候补到位，待确认',
  asked: '已报名，待确定',
  refused: '未通过',
  cancelled: '已取消',
  declined: '已放弃',
  expired: '逾期未确认',
}

/** Those who have something to give up. */
export const liveStates: readonly EntryState[] = ['placed', 'waiting', 'offered', 'asked']

/** What an organiser sets up; a draw of prizes comes with its quiz. */
export const eventKinds = ['class', 'lecture', 'competition', 'service', 'match', 'other'] as const
export const allEventKinds = [...eventKinds, 'prize'] as const
export type EventKind = (typeof allEventKinds)[number]
export const eventKindWords: Readonly<Record<EventKind, string>> = {
  class: '培训班',
  lecture: '讲座',
  competition: '竞赛',
  service: '服务预约',
  match: '交友活动',
  other: '其他活动',
  prize: '答题抽奖',
}

export const eventModes = ['firstCome', 'draw', 'review'] as const
export type EventMode = (typeof eventModes)[number]
export const eventModeWords: Readonly<Record<EventMode, string>> = {
  firstCome: '先到先得',
  draw: '抽签',
  review: '审核择优',
}

export const eventStates = ['draft', 'open', 'cancelled', 'ended'] as const
export type EventState = (typeof eventStates)[number]
/** How an event stands on the clock, for the screen. */
export const eventPhases = [
  'draft',
  'before',
  'signing',
  'closed',
  'running',
  'over',
  'ended',
  'cancelled',
] as const
export type EventPhase = (typeof eventPhases)[number]
export const phaseWords: Readonly<Record<EventPhase, string>> = {
  draft: '草稿',
  before: '还没有开始报名',
  signing: '正在报名',
  closed: '报名已截止',
  running: '正在举办',
  over: '已举办，待结束登记',
  ended: '已结束',
  cancelled: '已取消',
}

type Times = { state: EventState; opensAt: string; closesAt: string; startsAt: string; endsAt: string }

/** Kinds whose attendance may become the record of a training. */
export const trainingKinds: readonly EventKind[] = ['class', 'lecture']

/** Where an event stands at an instant. */
export function phaseOf({ state, opensAt, closesAt, startsAt, endsAt }: Times, now: Date): EventPhase {
  if (state !== 'open') return state
  const at = now.getTime()
  const before = (instant: string) => at < Date.parse(instant)
  if (before(opensAt)) return 'before'
  if (before(closesAt)) return 'signing'
  if (before(startsAt)) return 'closed'
  return before(endsAt) ? 'running' : 'over'
}

export const noShowStates = ['counted', 'appealed', 'excused', 'upheld'] as const
export type NoShow = (typeof noShowStates)[number]
export const noShowWords: Readonly<Record<NoShow, string>> = {
  counted: '没有到场',
  appealed: '没有到场，已申诉',
  excused: '没有到场，已谅解',
  upheld: '没有到场，申诉未采纳',
}

export const attendanceWays = ['code', 'ticket', 'tick', 'paper'] as const
export type AttendanceWay = (typeof attendanceWays)[number]
export const attendanceWords: Readonly<Record<AttendanceWay, string>> = {
  code: '扫码',
  ticket: '入场码',
  tick: '现场勾选',
  paper: '纸质签到补录',
}

/** One woman in one session of several; who has none of these was absent. */
export const presenceStates = ['came', 'madeUp', 'excused'] as const
export type PresenceState = (typeof presenceStates)[number]
export const presenceWords: Readonly<Record<PresenceState | 'absent', string>> = {
  came: '到场',
  madeUp: '已补课',
  excused: '请假',
  absent: '没有到场',
}

/** Why somebody has no place, as she reads it; every refusal of the engine has its sentence. */
export const refusalWords = {
  person: '她不在本单位的会员名册里，只能为本单位在册的会员报名',
  herself: '交友活动只能由本人在手机上报名，单位不代报',
  self: '您还没有登记在会员名册里，请先联系所在单位的女职工委员登记',
  event: '没有这项活动，或还没有发布',
  stopped: '这项活动已取消或已结束，不能再报名',
  early: '还没有到报名时间',
  late: '报名已经截止',
  outside: '这项活动只面向主办单位和下级单位的女职工',
  full: '名额已满',
  unallotted: '这项活动按单位分配名额，您所在的单位没有名额',
  barred: '近期多次报了名没有到场，暂时不能报这项活动；有特殊情况的，可在“我的活动”里申诉',
  already: '已经报过名，不用重复报名',
  slot: '已经约了另一个时段，要换时段请用“改约”',
} as const
export type RefusalName = keyof typeof refusalWords

export const leaveWords = {
  entry: '没有找到这条报名',
  gone: '这条报名已经取消或已有结果，请刷新后查看',
  late: '已过可以取消的时间；确实不能到场的，请联系主办单位',
  prize: '答题抽奖没有报名，不用取消；不领奖的，过了领奖时间就不保留',
} as const

export const attendanceRefusals = {
  event: '没有找到这项活动，或者不由您登记',
  place: '没有这项活动的名额，不能签到；请到现场工作人员处登记',
  ended: '活动已经结束登记，不能再签到',
  early: '还没有到签到时间，开始前两小时起可以签到',
  late: '已过扫码签到的时间，请联系主办单位补登',
  session: '现在没有课，每次课开始前两小时起可以签到',
  notOver: '这次课还没有上完，上完以后才能登记补课',
  minutes: '缺课时间比这次课还长，请核对分钟数',
} as const
