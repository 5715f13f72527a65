import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { keeper } from '#record/keeper.server.ts'
import { visible } from '#record/visible.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { ListingNow, RoomLine, RoomList, RoomQuery, Show } from './api.ts'
import { openIntervals, type Statement } from './intervals.ts'
import { standingByRecord, submissionFaults, vendors, type ListingState, type Vendor } from './listing.ts'
import { roomTerms } from './tables.ts'

const pageSize = 50
/** A city has hundreds of rooms; the list is judged whole, since what vendors send back is told by rules and not by columns. */
const most = 5000

export type Line = Statement & { value: string | null }
type Standing = { vendor: Vendor; state: ListingState; fromOn: string; checkedOn: string | null }
export type RoomFound = {
  id: string
  title: string
  org: OrgBrief
  address: string
  hours: string
  builtOn: string
  delistedOn: string | null
  intervals: Line[]
  point: { isOutside: boolean } | null
  standing: Standing[]
}

/** Accepted rooms of the actor's scope, the newest first. `id` = one of them. */
export const findRooms = (deps: Deps, tx: Tx, actor: Actor, id?: string): Promise<RoomFound[]> =>
  rows<RoomFound>(
    tx,
    sql`SELECT r.id, r.title, ${briefOf('o')} AS org, t.address, t.hours, t.built_on AS "builtOn", t.delisted_on AS "delistedOn",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('attribute', i.attribute, 'value', i.value, 'fromOn', i.from_on, 'untilOn', i.until_on)), '[]')
        FROM app.care_room_intervals i WHERE i.district_id = r.district_id AND i.record_id = r.id) AS intervals,
      (SELECT jsonb_build_object('isOutside', p.is_outside) FROM app.care_room_point p
        WHERE p.district_id = r.district_id AND p.record_id = r.id AND p.replaced_at IS NULL) AS point,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('vendor', l.vendor, 'state', l.state, 'fromOn', l.from_on, 'checkedOn', l.checked_on)), '[]')
        FROM app.care_room_listing l WHERE l.district_id = r.district_id AND l.record_id = r.id AND l.until_on IS NULL) AS standing
      FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id JOIN app.org o ON o.id = ${keeper('r')}
      WHERE r.programme = ${deps.catalogue.programmeId('careRoom')} AND r.state = 'accepted' AND ${visible(actor)}
        AND r.scope_code >= ${actor.org.scopeCode} AND r.scope_code < ${`${actor.org.scopeCode}~`}
        ${id === undefined ? sql`` : sql`AND r.id = ${id}::uuid`}
      ORDER BY t.built_on DESC, r.id DESC LIMIT ${most}`,
  )

export type Terms = { recheckDays: number; longestName: number }

export const onDay = (lines: readonly Statement[], day: string) => (one: Statement) =>
  lines.includes(one) && one.fromOn <= day && (one.untilOn === null || day <= one.untilOn)

/** Whether the monthly look at a map is due. */
export const isDue = (
  standing: Pick<Standing, 'state' | 'fromOn' | 'checkedOn'>,
  recheckDays: number,
  today: string,
): boolean =>
  standing.state === '已上线' && addDays(standing.checkedOn ?? standing.fromOn, recheckDays) <= today

function listingsOf(room: RoomFound, { recheckDays }: Terms, today: string): ListingNow[] {
  return vendors.map((vendor) => {
    const noted = room.standing.find((s) => s.vendor === vendor)
    const before = noted ? null : standingByRecord(room.intervals, vendor)
    const now = noted ?? (before && { ...before, vendor, checkedOn: null })
    if (!now) return { vendor, state: '未提交', fromOn: null, checkedOn: null, isDue: false }
    return { ...now, isDue: isDue(now, recheckDays, today) }
  })
}

/** A room as it stands today. */
export function lineOf(room: RoomFound, terms: Terms, today: string): RoomLine {
  const { intervals, point, standing: _, hours, ...rest } = room
  const holds = onDay(intervals, today)
  const lives = room.delistedOn === null || today < room.delistedOn
  return {
    ...rest,
    isOpen: openIntervals(room).some((i) => i.fromOn <= today && (i.untilOn === null || today <= i.untilOn)),
    rank: lives ? (intervals.find((i) => i.attribute === '级别' && holds(i))?.value ?? null) : null,
    hasPoint: point !== null,
    isOutside: point?.isOutside ?? false,
    listings: listingsOf(room, terms, today),
    faults: lives ? submissionFaults({ ...room, hours, longestName: terms.longestName }) : [],
  }
}

const shown: Record<Show, (line: RoomLine) => boolean> = {
  all: () => true,
  noPoint: (line) => line.delistedOn === null && !line.hasPoint,
  faults: (line) => line.faults.length > 0,
  due: (line) => line.delistedOn === null && line.listings.some((l) => l.isDue),
  open: (line) => line.isOpen,
}

const keyOf = (line: RoomLine): string => `${line.builtOn}_${line.id}`

/** All rooms of the scope as lines, with the terms of today. */
export async function readLines(deps: Deps, tx: Tx, actor: Actor): Promise<RoomLine[]> {
  const { value } = await ruleOn(tx, roomTerms, deps.today())
  return (await findRooms(deps, tx, actor)).map((room) => lineOf(room, value, deps.today()))
}

/** Rooms of the actor's scope, page by page, and how many stand under each heading. */
export async function listRooms(deps: Deps, tx: Tx, actor: Actor, q: RoomQuery): Promise<RoomList> {
  const words = (q.q ?? '').trim()
  const all = (await readLines(deps, tx, actor)).filter(
    ({ title, address, org }) =>
      words === '' || [title, address, org.name].some((text) => text.includes(words)),
  )
  const asked = all.filter(shown[q.show ?? 'all'])
  const from = q.after === undefined ? asked : asked.filter((line) => keyOf(line) < q.after!)
  const page = from.slice(0, pageSize)
  const count = (show: Show): number => all.filter(shown[show]).length
  return {
    rows: page,
    counts: {
      all: all.length,
      noPoint: count('noPoint'),
      faults: count('faults'),
      due: count('due'),
      open: count('open'),
    },
    next: from.length > pageSize ? keyOf(page.at(-1)!) : null,
    mayList: can(actor, 'careRoom.list'),
  }
}
