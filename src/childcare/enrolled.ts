/** How many children had a place from which day on. */
export type ChildrenOn = Readonly<Record<string, number>>
export type Day = { onDay: string; came: number }
export type Held = { days: number; came: number; due: number; noted: number }

/** How many had a place on a day; before the first number, as many as that says. */
export function enrolledOn(childrenOn: ChildrenOn, day: string): number | null {
  const from = Object.keys(childrenOn).toSorted()
  const at = from.findLast((one) => one <= day) ?? from[0]
  return at === undefined ? null : childrenOn[at]!
}

/** Days on which children came, how many came, and how many could have: each day by its own number, days without any child too. */
export function heldOf(days: readonly Day[], childrenOn: ChildrenOn): Held {
  let [held, came, due] = [0, 0, 0]
  for (const day of days) {
    if (day.came > 0) held += 1
    came += day.came
    due += enrolledOn(childrenOn, day.onDay) ?? day.came
  }
  return { days: held, came, due, noted: days.length }
}

/** How many children count for a subsidy: no more than had a place on an average day, so that a number raised at the end earns nothing. */
export const countedChildren = (children: number, { due, noted }: Held): number =>
  noted === 0 ? children : Math.min(children, Math.floor(due / noted))
