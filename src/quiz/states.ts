/** Kinds of questions. */
export const questionKinds = ['single', 'multiple', 'truth'] as const
export type QuestionKind = (typeof questionKinds)[number]
export const questionKindWords: Readonly<Record<QuestionKind, string>> = {
  single: '单选题',
  multiple: '多选题',
  truth: '判断题',
}

export const quizStates = ['draft', 'open', 'cancelled'] as const
export type QuizState = (typeof quizStates)[number]
/** How a quiz stands on the clock. */
export const quizPhases = ['draft', 'before', 'running', 'over', 'cancelled'] as const
export type QuizPhase = (typeof quizPhases)[number]
export const quizPhaseWords: Readonly<Record<QuizPhase, string>> = {
  draft: '草稿',
  before: '还没有开始',
  running: '正在答题',
  over: '已结束',
  cancelled: '已取消',
}

/** When she reads the right answers. */
export const reveals = ['closed', 'submitted'] as const
export type Reveal = (typeof reveals)[number]
export const revealWords: Readonly<Record<Reveal, string>> = {
  closed: '答题结束以后',
  submitted: '交卷以后马上',
}

/** Seconds after an attempt is due in which what was sent is still taken (`app.quiz_grace`). */
export const graceSeconds = 5

export const quizFlags = ['fast', 'repeated'] as const
export const flagWords: Readonly<Record<(typeof quizFlags)[number], string>> = {
  fast: '平均每题不到 1 秒',
  repeated: '同一次答题重复交卷 5 次以上',
}

/** Where a quiz stands at an instant. */
export function quizPhaseOf(
  { state, opensAt, closesAt }: { state: QuizState; opensAt: string; closesAt: string },
  now: Date,
): QuizPhase {
  if (state !== 'open') return state
  if (now.getTime() < Date.parse(opensAt)) return 'before'
  return now.getTime() < Date.parse(closesAt) ? 'running' : 'over'
}

/** Why she cannot answer now. */
export const startRefusals = {
  person: '您还没有登记在会员名册里，请先联系所在单位的女职工委员登记',
  stopped: '这场答题已取消',
  early: '还没有到答题时间',
  late: '答题已经结束',
  host: '您是主办单位的女职工干部，能看到题库和答案，不参加本单位组织的答题',
  outside: '这场答题只面向主办单位和下级单位的女职工',
  spent: '今天的答题次数已经用完',
} as const
export const saveRefusals = {
  submitted: '这次答题已经交卷，不能再改',
  late: '这次答题已经到时，按到时以前保存的答案计分',
} as const
