import type { Verdict } from '../agreement.ts'
import type { Reason } from './proofed.ts'

/** How verdicts and reasons are told, on screen, on paper and on the command line. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  agree: '相符',
  loose: '大致相符，可写得更准',
  differ: '不符',
}

export const reasonWords: Readonly<Record<Reason, string>> = {
  plan: '计划数，不对照',
  otherPeriod: '不是全年数，不对照',
  otherUnit: '是其他单位的数，未找到该单位或无权查看，未对照',
  noBooks: '没有这一期间的数，未对照',
  withheld: '人数过少，不公开',
}
