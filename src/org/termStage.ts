import { daysBetween } from '#kit/day.ts'

/** A term that ended longer ago stands among the blind spots and is left to those above. */
export const longPast = 30

/**
 * Which reminder of a term stands on a day, as days before its end: the last whose day has come, so that one that fell on a
 * holiday is caught up. Null before the first and long after the end.
 */
export function stageOf(
  until: string,
  today: string,
  { firstDays, secondDays }: { firstDays: number; secondDays: number },
): number | null {
  const left = daysBetween(today, until)
  if (left < -longPast || left > Math.max(firstDays, secondDays)) return null
  return [0, ...[firstDays, secondDays].sort((a, b) => a - b)].find((days) => left <= days) ?? null
}
