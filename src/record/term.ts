import type { LimitKind } from '#rules/api.ts'
import type { WorkCalendar } from '#rules/calendar.ts'

/** Working days of a term by the rule that held when it began. */
type Limits = (kind: LimitKind, startedOn: string) => number

/** Until when a turn is to be done with: so many working days from its last step, by the rule in force then. */
export function dueOfTurn(
  kind: LimitKind,
  at: string,
  { calendar, limits, today }: { calendar: WorkCalendar; limits: Limits; today: string },
): string {
  // The demo's business day lies years before the clock that stamps its rows.
  const from = at.slice(0, 10) < today ? at.slice(0, 10) : today
  return calendar.add(from, limits(kind, from))
}
