/** Below this many women a part isn't told: a board is printed and passed on. */
export const fewest = 5

export type Counted = { group: string; women: number; members: number }

export const isSmall = (n: number): boolean => n > 0 && n < fewest

/** Of a part that is too small neither side is told, or the other would tell it. */
export const toldGroup = ({
  group,
  women,
  members,
}: Counted): { group: string; women: number | null; members: number | null } => ({
  group,
  women: isSmall(women) ? null : women,
  members: [women, members, women - members].some(isSmall) ? null : members,
})
