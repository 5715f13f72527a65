import { sql } from 'kysely'
import { csvLine, csvStart } from '#paper/sheet/csvText.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { openFormats, OpenRoom, OpenRooms } from './openApi.ts'

/** A city has hundreds; so many in one answer, and it tells when there are more. */
const most = 5000

/** Rooms that are open to the public today, for anybody. */
export async function listOpenRooms(deps: Deps, tx: Tx): Promise<OpenRooms> {
  const today = deps.today()
  type Found = Omit<OpenRoom, 'point'> & { lng: number | null; lat: number | null }
  const found = await rows<Found>(
    tx,
    sql`SELECT id, title, org, district, address, door_hint AS "doorHint", hours, phone, form, area, equipment, fathers_welcome AS "fathersWelcome",
        step_free AS "stepFree", verified_on AS "verifiedOn", lng, lat, reported
      FROM app.open_care_rooms(${today}::date, ${most + 1}::int, NULL)`,
  )
  return {
    today,
    isWorkday: (await calendarAround(tx, today)).isWorkday(today),
    isCut: found.length > most,
    rooms: found.slice(0, most).map(({ lng, lat, ...room }) => ({
      ...room,
      point: lng === null || lat === null ? null : { lng, lat },
    })),
  }
}

const yes = (is: boolean): string => (is ? '是' : '否')

const columns: readonly [string, (room: OpenRoom) => string | number][] = [
  ['名称', (r) => r.title],
  ['管理单位', (r) => r.org],
  ['区县或产业', (r) => r.district],
  ['地址', (r) => r.address],
  ['楼层和门口指引', (r) => r.doorHint],
  ['开放时间', (r) => r.hours],
  ['联系电话', (r) => r.phone],
  ['形式', (r) => r.form],
  ['面积（平方米）', (r) => r.area],
  ['设备', (r) => r.equipment.join('、')],
  ['父亲可入', (r) => yes(r.fathersWelcome)],
  ['无障碍通行', (r) => yes(r.stepFree)],
  ['最近核实日期', (r) => r.verifiedOn ?? ''],
  ['经度（WGS84）', (r) => r.point?.lng ?? ''],
  ['纬度（WGS84）', (r) => r.point?.lat ?? ''],
  ['有人反映打不开（正在核实）', (r) => r.reported ?? ''],
]

const cutWords = (count: number): string => `只列出前 ${count} 间，后面还有没有列出的`

const csvOf = ({ isCut, rooms }: OpenRooms): string =>
  csvStart +
  [
    csvLine(columns.map(([title]) => title)),
    ...rooms.map((room) => csvLine(columns.map(([, of]) => of(room)))),
    ...(isCut ? [csvLine([cutWords(rooms.length)])] : []),
  ].join('')

/** RFC 7946: longitude before latitude in WGS84; a room without a point is a feature without a geometry. */
const geoJsonOf = ({ today, isCut, rooms }: OpenRooms): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    date: today,
    ...(isCut ? { note: cutWords(rooms.length) } : {}),
    features: rooms.map(({ id, point, ...properties }) => ({
      type: 'Feature',
      id,
      geometry: point && { type: 'Point', coordinates: [point.lng, point.lat] },
      properties,
    })),
  })

/** How the rooms are written; a file that does not hold all of them says so itself. */
export const openForms = {
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
  geojson: { type: 'application/geo+json', write: geoJsonOf },
} as const

/** The same rooms as a file for whoever makes something of public data. */
export async function openRoomsFile(
  deps: Deps,
  tx: Tx,
  form: (typeof openFormats)[number],
): Promise<{ type: string; name: string; bytes: Uint8Array }> {
  const found = await listOpenRooms(deps, tx)
  const { type, write } = openForms[form]
  return { type, name: `对外开放关爱室_${found.today}.${form}`, bytes: Buffer.from(write(found)) }
}
