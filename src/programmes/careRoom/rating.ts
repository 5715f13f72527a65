import type { Hand } from '#record/hands.ts'
import type { Issue } from '#kit/programme.ts'
import type { SheetLine } from './tables.ts'

/** Three columns beside each other; none is written by another hand. */
export const columns = ['self', 'district', 'city'] as const
export type Column = (typeof columns)[number]
export const columnWords: Readonly<Record<Column, string>> = {
  self: '自评',
  district: '区县推荐',
  city: '市级走访',
}

export const ratingStates = [
  'self',
  'district',
  'city',
  'notice',
  'granted',
  'refused',
  'withdrawn',
  'ended',
] as const
export type RatingState = (typeof ratingStates)[number]
export const ratingWords: Readonly<Record<RatingState, string>> = {
  self: '自评中',
  district: '待区县推荐',
  city: '待市级走访',
  notice: '公示中',
  granted: '已挂牌',
  refused: '未通过',
  withdrawn: '已撤回',
  ended: '已摘牌',
}

export const acts = {
  forward: { label: '报区县推荐', by: 'owner', from: ['self'], to: 'district', scored: 'self' },
  withdraw: {
    label: '撤回申报',
    by: 'owner',
    from: ['self', 'district', 'city'],
    to: 'withdrawn',
    asks: true,
  },
  recommend: { label: '推荐到市', by: 'recommender', from: ['district'], to: 'city', scored: 'district' },
  return: { label: '退回自评', by: 'recommender', from: ['district'], to: 'self', asks: true },
  decline: { label: '不推荐', by: 'recommender', from: ['district'], to: 'refused', asks: true },
  returnDown: { label: '退回区县', by: 'city', from: ['city'], to: 'district', asks: true },
  announce: { label: '走访通过，公示', by: 'city', from: ['city'], to: 'notice', scored: 'city' },
  refuse: { label: '不予通过', by: 'city', from: ['city', 'notice'], to: 'refused', asks: true },
  grant: { label: '挂牌', by: 'city', from: ['notice'], to: 'granted' },
  end: { label: '取消级别', by: 'city', from: ['granted'], to: 'ended', asks: true },
} as const satisfies Record<
  string,
  {
    label: string
    by: Hand
    from: readonly RatingState[]
    to: RatingState
    asks?: true
    /** The column that must be whole, and from the district on good enough. */
    scored?: Column
  }
>
export type Act = keyof typeof acts
export const actNames = Object.keys(acts) as [Act, ...Act[]]

/** The column that a hand may write in a state, if any. */
export const columnOf = (state: RatingState): { column: Column; by: Hand } | null => {
  if (state === 'self') return { column: 'self', by: 'owner' }
  if (state === 'district') return { column: 'district', by: 'recommender' }
  return state === 'city' ? { column: 'city', by: 'city' } : null
}

/** What hands with these parts may do now. */
export const actsFor = (state: RatingState, hands: readonly Hand[]): Act[] =>
  actNames.filter(
    (act) => (acts[act].from as readonly RatingState[]).includes(state) && hands.includes(acts[act].by),
  )

export type Scores = ReadonlyMap<string, number>

export const sumOf = (lines: readonly SheetLine[], scores: Scores): number =>
  lines.reduce((sum, { key }) => sum + (scores.get(key) ?? 0), 0)

/** What is wrong with scores as typed, at `scores.<line>`. */
export function scoreIssues(lines: readonly SheetLine[], scores: Scores): Issue[] {
  const known = new Map(lines.map((line) => [line.key, line]))
  return [...scores].flatMap(([key, points]) => {
    const line = known.get(key)
    const field = `scores.${key}`
    if (!line) return [{ field, message: '评分表里没有这一项，请刷新后再填' }]
    return points < 0 || points > line.points
      ? [{ field, message: `“${line.label}”应在 0 到 ${line.points} 分之间` }]
      : []
  })
}

/** Why a column does not carry the room on; [] where it does. A self-score only has to be whole. */
export function columnIssues(
  lines: readonly SheetLine[],
  scores: Scores,
  column: Column,
  leastPoints: number,
): Issue[] {
  const open = lines.filter(({ key }) => !scores.has(key))
  if (open.length > 0)
    return [
      {
        field: `scores.${open[0]!.key}`,
        message: `${columnWords[column]}还有 ${open.length} 项没有打分：${open[0]!.label}`,
      },
    ]
  if (column === 'self') return []
  const missing = lines.find(({ key, must }) => must && scores.get(key) === 0)
  if (missing) return [{ field: `scores.${missing.key}`, message: `缺了“${missing.label}”，不能通过` }]
  const sum = sumOf(lines, scores)
  return sum < leastPoints
    ? [{ field: 'scores', message: `${columnWords[column]} ${sum} 分，不到 ${leastPoints} 分，不能通过` }]
    : []
}

/** A grade asks for room to stand in. */
export const areaIssues = (area: number, grade: string, leastArea: number): Issue[] =>
  area < leastArea
    ? [{ field: 'grade', message: `${grade}要求不少于 ${leastArea} 平方米，这间是 ${area} 平方米` }]
    : []

export const subsidyStates = ['entered', 'checked', 'approved', 'paid', 'refused'] as const
export type SubsidyState = (typeof subsidyStates)[number]
export const subsidyWords: Readonly<Record<SubsidyState, string>> = {
  entered: '待复核',
  checked: '待批准',
  approved: '待支付',
  paid: '已支付',
  refused: '不予补助',
}
/** Four hands: who entered it, and one for each step. */
export const subsidySteps = {
  check: { label: '复核', from: 'entered', to: 'checked' },
  approve: { label: '批准', from: 'checked', to: 'approved' },
  pay: { label: '支付', from: 'approved', to: 'paid' },
} as const satisfies Record<string, { label: string; from: SubsidyState; to: SubsidyState }>
export type SubsidyStep = keyof typeof subsidySteps

export const visitKinds = ['年度复查', '抽查', '整改复查'] as const
export const visitResults = ['合格', '限期整改', '建议摘牌'] as const
