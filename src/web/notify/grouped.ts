import type { Message, MessageKind } from '#notify/api.ts'

/** Messages of one day that are about the same. */
export type Kin = { kind: MessageKind; rows: Message[]; unread: number }
export type Day = { day: string; kins: Kin[]; unread: number }

/** So many of a kind stand open; of more the first few, the rest behind a button. */
export const mostOpen = 5
const shownOfMore = 3

const unreadOf = (some: readonly Message[]): number => some.filter((row) => !row.isRead).length

/** Newest day first, within it the kinds by their newest message. @param dayOf tells a message's day on the clock that is shown */
export function byDayAndKind(rows: readonly Message[], dayOf: (row: Message) => string): Day[] {
  const days = new Map<string, Map<MessageKind, Message[]>>()
  for (const row of rows) {
    const kinds = days.get(dayOf(row)) ?? new Map<MessageKind, Message[]>()
    kinds.set(row.kind, [...(kinds.get(row.kind) ?? []), row])
    days.set(dayOf(row), kinds)
  }
  return [...days].map(([day, kinds]) => {
    const kins = [...kinds].map(([kind, same]) => ({ kind, rows: same, unread: unreadOf(same) }))
    return { day, kins, unread: kins.reduce((sum, { unread }) => sum + unread, 0) }
  })
}

/** The rows of a kind that are drawn. */
export const shownRows = ({ rows }: Kin, isOpen: boolean): readonly Message[] =>
  isOpen || rows.length <= mostOpen ? rows : rows.slice(0, shownOfMore)
