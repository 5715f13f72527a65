import { addDays } from '#kit/day.ts'
import type { Issue } from '#kit/programme.ts'
import type { Statement } from './intervals.ts'

/** Map vendors, by the names that stand in the statements of a room. */
export const vendors = ['高德', '百度', '腾讯'] as const
export type Vendor = (typeof vendors)[number]

export const listingStates = ['未提交', '已提交', '审核中', '已上线', '被驳回', '信息有误', '已下线'] as const
export type ListingState = (typeof listingStates)[number]

/** What may follow on what. A room goes on a map by being submitted; what is on it may become wrong or vanish. */
export const following: Readonly<Record<ListingState, readonly ListingState[]>> = {
  未提交: ['已提交'],
  已提交: ['审核中', '已上线', '被驳回'],
  审核中: ['已上线', '被驳回'],
  已上线: ['信息有误', '已下线'],
  被驳回: ['已提交'],
  信息有误: ['已提交', '已上线', '已下线'],
  已下线: ['已提交', '已上线'],
}

/** States that say why. */
export const reasoned: readonly ListingState[] = ['被驳回', '信息有误', '已下线']

/** What the monthly look at a map finds, and the state that it leaves; 在线 leaves it as it is. */
export const findings = { 在线: null, 偏移: '信息有误', 失效: '已下线' } as const satisfies Record<
  string,
  ListingState | null
>
export type Finding = keyof typeof findings

export type Step = { state: ListingState; fromOn: string; reason: string }
type Standing = { state: ListingState; fromOn: string } | null

/** Why a step cannot follow; [] where it can. */
export function stepIssues(standing: Standing, step: Step, builtOn: string, today: string): Issue[] {
  const issues: Issue[] = []
  const before = standing?.state ?? '未提交'
  if (!following[before].includes(step.state))
    issues.push({
      field: 'state',
      message: `现在是“${before}”，接下来只能是“${following[before].join('、')}”`,
    })
  if (step.fromOn > today) issues.push({ field: 'fromOn', message: `日期不能晚于今天（${today}）` })
  if (step.fromOn < builtOn) issues.push({ field: 'fromOn', message: `日期不能早于建成日期（${builtOn}）` })
  if (standing && step.fromOn < standing.fromOn)
    issues.push({ field: 'fromOn', message: `日期不能早于上一状态的日期（${standing.fromOn}）` })
  if (reasoned.includes(step.state) && step.reason.trim().length < 2)
    issues.push({ field: 'reason', message: `“${step.state}”请写明原因` })
  return issues
}

/** The last day of a state that another follows on `nextOn`; before its first day where both fall on one. */
export const endOf = (nextOn: string): string => addDays(nextOn, -1)

type Line = Statement & { value: string | null }

/**
 * The statements of a room after a step of its listing: 已上线 begins one for the vendor, whatever leaves 已上线 ends it. Others
 * change nothing, and give null.
 */
export function statementsAfter(
  lines: readonly Line[],
  vendor: Vendor,
  standing: Standing,
  { state, fromOn }: Pick<Step, 'state' | 'fromOn'>,
): Line[] | null {
  const attribute = `${vendor}上线`
  if (state === '已上线') return [...lines, { attribute, value: null, fromOn, untilOn: null }]
  if (standing?.state !== '已上线') return null
  const untilOn = endOf(fromOn)
  return lines.flatMap((line) => {
    if (line.attribute !== attribute || line.untilOn !== null) return [line]
    return untilOn < line.fromOn ? [] : [{ ...line, untilOn }]
  })
}

/** How a room stands that was listed before the ledger began: by the statement of its record, else not at all. */
export function standingByRecord(
  lines: readonly Statement[],
  vendor: Vendor,
): { state: '已上线'; fromOn: string } | null {
  const open = lines.find((line) => line.attribute === `${vendor}上线` && line.untilOn === null)
  return open ? { state: '已上线', fromOn: open.fromOn } : null
}

/** Signs that vendors send back; brackets of both widths and the middle dot pass. */
const odd = /[^\p{Script=Han}\p{L}\p{N}（）()·\- ]/u

/** What a vendor would send back, before it is submitted: name, address, point. */
export function submissionFaults(room: {
  title: string
  address: string
  hours: string
  point: { isOutside: boolean } | null
  longestName: number
}): string[] {
  const faults: string[] = []
  const name = [...room.title]
  if (name.length > room.longestName)
    faults.push(`名称 ${name.length} 个字，图商一般只收 ${room.longestName} 个字`)
  const sign = odd.exec(room.title)?.[0]
  if (sign) faults.push(`名称里有“${sign}”，图商一般不收`)
  if (!/室|空间|角/.test(room.title)) faults.push('名称里看不出是关爱室或母婴室')
  if (!/\d/.test(room.address)) faults.push('地址没有门牌号')
  if (room.point === null) faults.push('还没有坐标')
  else if (room.point.isOutside) faults.push('坐标不在本市范围内')
  return faults
}
