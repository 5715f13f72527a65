import { monthsAfter } from '#kit/day.ts'

/** How many work in a class, and how many of them lack what. */
export type Staffing = {
  staff: number
  unchecked: number
  stale: number
  unfit: number
  /** Without a health certificate, or with one that has ended. */
  uncertified: number
}

/** The oldest day of a check that still holds today: a check of this day a year ago holds, one of the day before does not. */
export function oldestCheck(today: string, months: number): string {
  return monthsAfter(today, -months)
}

/** Why a class may not be shown to anybody; nothing of it can be waived. `missing` = labels of papers that lack or ran out. */
export function blocksOf(
  { staff, unchecked, stale, unfit, uncertified }: Staffing,
  missing: readonly string[],
  checkMonths: number,
): string[] {
  return [
    ...(staff === 0 ? ['还没有登记工作人员'] : []),
    ...(unchecked > 0 ? [`${unchecked} 名工作人员没有入职查询`] : []),
    ...(stale > 0 ? [`${stale} 名工作人员的入职查询超过 ${checkMonths} 个月，请重新查询`] : []),
    ...(unfit > 0 ? [`${unfit} 名工作人员不得录用，请调离并移出名单`] : []),
    ...(uncertified > 0 ? [`${uncertified} 名工作人员没有健康证或者健康证已过期`] : []),
    ...(missing.length > 0 ? [`安全材料缺少或者过期：${missing.join('、')}`] : []),
  ]
}

/** The same for whoever stands above: not how many lack what. */
export const blocksAbove = (isStaffed: boolean, missing: readonly string[]): string[] => [
  ...(isStaffed ? [] : ['入职查询或健康证未齐']),
  ...blocksOf({ staff: 1, unchecked: 0, stale: 0, unfit: 0, uncertified: 0 }, missing, 0),
]

/** The same of papers that are there and hold, but nobody above can look at. `labels` = of the papers without a scan. */
export const unscannedBlocks = (labels: readonly string[]): string[] =>
  labels.map((label) => `${label}：还没有上传扫描件`)

/** The last day on which a check still holds. */
export function checkHoldsUntil(checkedOn: string, months: number): string {
  return monthsAfter(checkedOn, months)
}
