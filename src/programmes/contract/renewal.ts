import { daysBetween } from '#kit/day.ts'

type Days = { firstDays: number; secondDays: number; thirdDays: number }

/** Which reminder of an end stands on a day, as days before it: the last whose day has come. Null before the first and after the end. */
export function renewalStage(
  until: string,
  today: string,
  { firstDays, secondDays, thirdDays }: Days,
): number | null {
  const left = daysBetween(today, until)
  if (left < 0) return null
  return [firstDays, secondDays, thirdDays].sort((a, b) => a - b).find((days) => left <= days) ?? null
}
