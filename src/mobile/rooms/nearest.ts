import type { OpenRoom } from '#programmes/careRoom/openApi.ts'
import { openAt, type Moment } from '#programmes/careRoom/hours.ts'
import { metresBetween, type Point } from '#programmes/careRoom/point.ts'

/** A room as she finds it: how far, and whether it is open just now. */
export type Found = { room: OpenRoom; metres: number | null; isOpen: boolean | null }

const openFirst = (isOpen: boolean | null): number => (isOpen === true ? 0 : isOpen === null ? 1 : 2)

/**
 * Rooms by how near they are, those that cannot be measured last. Without a place of hers, those that are open now come first, in
 * the order of districts. One of which somebody said that it is gone or shut comes behind the others.
 */
export function nearest(rooms: readonly OpenRoom[], from: Point | null, now: Moment): Found[] {
  const found = rooms.map((room) => ({
    room,
    metres: from && room.point ? metresBetween(from, room.point) : null,
    isOpen: openAt(room.hours, now),
  }))
  const doubted = ({ room }: Found) => (room.reported === null ? 0 : 1)
  return found.sort((a, b) =>
    from
      ? doubted(a) - doubted(b) || (a.metres ?? Infinity) - (b.metres ?? Infinity) || 0
      : doubted(a) - doubted(b) ||
        openFirst(a.isOpen) - openFirst(b.isOpen) ||
        a.room.district.localeCompare(b.room.district, 'zh-CN') ||
        a.room.title.localeCompare(b.room.title, 'zh-CN'),
  )
}
