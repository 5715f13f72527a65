import { longDay } from '#kit/day.ts'

/** How the platform runs: open; read only (nothing is entered any more); closed (what is left is one's own data, and where the rest went). */
export const modes = ['open', 'readonly', 'closed'] as const
export type Mode = (typeof modes)[number]

export const modeLabels: Readonly<Record<Mode, string>> = {
  open: '正常运行',
  readonly: '只读',
  closed: '停止服务',
}

/** What may follow what: nobody's work ends without a time in which it could be fetched, and each step can be taken back. */
export const nextModes: Readonly<Record<Mode, readonly Mode[]>> = {
  open: ['readonly'],
  readonly: ['closed', 'open'],
  closed: ['readonly', 'open'],
}

/** What was given, from which day on it holds, and what people are told. */
export type Change = {
  mode: Mode
  fromOn: string
  reason: string
  /** Address of the platform that takes over; '' while there is none. */
  successor: string
  whither: string
  contact: string
}

/** Changes in the order of their days; one that was given later takes the place of all that would begin on its day or after it. */
export function scheduled(given: readonly Change[]): Change[] {
  const plan: Change[] = []
  for (const change of given) {
    while (plan.length > 0 && plan.at(-1)!.fromOn >= change.fromOn) plan.pop()
    plan.push(change)
  }
  return plan
}

/** What holds on a day, and what is announced for a later one. */
export type Running = { mode: Mode; change: Change | null; ahead: Change | null }

/** @param given in the order in which they were given */
export function runningOn(given: readonly Change[], day: string): Running {
  const plan = scheduled(given)
  const change = plan.findLast(({ fromOn }) => fromOn <= day) ?? null
  const ahead = plan.find(({ fromOn }) => fromOn > day) ?? null
  return { mode: change?.mode ?? 'open', change, ahead }
}

/** Why a change may not be asked for, or null. */
export function faultOf(
  given: readonly Change[],
  { mode, fromOn }: Pick<Change, 'mode' | 'fromOn'>,
): string | null {
  const before = scheduled(given).findLast((change) => change.fromOn < fromOn)?.mode ?? 'open'
  const standing = scheduled(given).filter((change) => change.fromOn >= fromOn)
  // Taking back what was announced is no step of its own.
  if (mode === before) return standing.length > 0 ? null : `届时平台本来就是“${modeLabels[mode]}”，不用变更`
  if (nextModes[before].includes(mode)) return null
  return `届时平台是“${modeLabels[before]}”，不能直接转为“${modeLabels[mode]}”；请先转为“${nextModes[before].map((next) => modeLabels[next]).join('”或“')}”`
}

/** Whom to turn to, in a sentence. */
export const turnTo = ({ successor, contact }: Pick<Change, 'successor' | 'contact'>): string =>
  successor === '' ? `有事请联系：${contact}` : `请到新平台 ${successor} 办理，有疑问请联系：${contact}`

/** What a person reads who is refused. */
export function refusalOf({ mode, fromOn, reason, ...rest }: Change): string {
  return mode === 'closed'
    ? `平台已于${longDay(fromOn)}停止服务（${reason}），现在只能查看和导出本人信息；${turnTo(rest)}`
    : `平台自${longDay(fromOn)}起只读（${reason}），可以查看和导出，不能再填写和修改；${turnTo(rest)}`
}
