import { realInstant } from '../format.ts'

/** An instant of an event as China's clocks show it; events stand on the business day already. */
export const at = (iso: string): string => realInstant(iso)

/** 「2020-05-01 09:00 至 11:00」, or with the second day where it is another. */
export function span(from: string, until: string): string {
  const [begins, ends] = [at(from), at(until)]
  return begins.slice(0, 10) === ends.slice(0, 10) ? `${begins} 至 ${ends.slice(11)}` : `${begins} 至 ${ends}`
}
