/** What became of one objection. */
export const objectionStates = ['open', 'valid', 'invalid'] as const
export type ObjectionState = (typeof objectionStates)[number]

/** An objection against a line; `null` = against the whole. */
export type Objected = { line: number | null; state: ObjectionState }

/** What the state of a notice depends on. */
export type Noticed = {
  closesOn: string
  withdrawnOn: string | null
  lines: readonly number[]
  objections: readonly Objected[]
}

export const noticeStates = ['open', 'blocked', 'passed', 'withdrawn'] as const
export type NoticeState = (typeof noticeStates)[number]

/** Lines against which an objection was found valid. */
export const blockedLines = ({ lines, objections }: Pick<Noticed, 'lines' | 'objections'>): number[] =>
  lines.filter((line) => objections.some((o) => o.state === 'valid' && (o.line === null || o.line === line)))

/** What keeps a notice from passing: an objection that waits for its answer, else one found valid. */
export const hindrances = ['open', 'valid'] as const
export type Hindrance = (typeof hindrances)[number]
export const objectedTo = ({ objections }: Pick<Noticed, 'objections'>): Hindrance | null =>
  hindrances.find((state) => objections.some((one) => one.state === state)) ?? null

/**
 * Open up to the end of its last day; then passed, unless an objection waits for its answer or every line was objected to
 * with reason. Of a passed notice single lines may be blocked: they are not given.
 */
export function noticeState(notice: Noticed, today: string): NoticeState {
  if (notice.withdrawnOn !== null) return 'withdrawn'
  if (today <= notice.closesOn) return 'open'
  return objectedTo(notice) === 'open' || blockedLines(notice).length === notice.lines.length
    ? 'blocked'
    : 'passed'
}

export const noticeStateWords: Readonly<Record<NoticeState, string>> = {
  open: '公示中',
  blocked: '异议未了',
  passed: '公示期满',
  withdrawn: '已撤回',
}
export const objectionStateWords: Readonly<Record<ObjectionState, string>> = {
  open: '待答复',
  valid: '异议成立',
  invalid: '异议不成立',
}
