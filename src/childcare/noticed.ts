import type { Hindrance } from '#publicNotice/state.ts'
import type { ClassDetail } from './api.ts'
import { longDay } from '#kit/day.ts'

/** Why a class whose notice has run out is not approved, for its unit as for the city. */
export const hindranceWords: Readonly<Record<Hindrance, string>> = {
  open: '公示有异议没有答复，市总工会在“公示与异议”答复后才能决定是否同意开班',
  valid: '公示的异议成立，不能同意开班，由市总工会退回修改或者不予通过',
}

/** How the notice of a class stands, in a sentence. */
export function noticedWords({ state, closesOn, hindrance }: NonNullable<ClassDetail['notice']>): string {
  if (state === 'open') return `公示到 ${longDay(closesOn)}，次日起可以决定是否同意开班`
  return state === 'passed' ? '公示期满，可以决定是否同意开班' : hindranceWords[hindrance ?? 'open']
}
