import { sql } from 'kysely'
import { headMark } from '#audit/mark.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { longDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { writeForm } from '#paper/docx/form.server.ts'
import type { FilledForm, FilledRow } from '#paper/form/fill.ts'
import type { BookSheet } from '#paper/sheet/book.ts'
import { loadRecords, type Loaded } from '#record/rows.server.ts'
import { visible } from '#record/visible.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { keyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { roomFor } from './change.server.ts'
import { careRoom } from './definition.ts'
import { degrees, detailsOf } from './detail.server.ts'
import { submissionFaults, vendors, type Vendor } from './listing.ts'
import { pointsOf } from './place.server.ts'
import { fromWgs84, type Point } from './point.ts'
import { readLines } from './rooms.server.ts'
import { roomTerms } from './tables.ts'
import { cellsOf, vendorBooks, type Told } from './vendors.ts'

/** What a vendor is asked to do for a room that stands so with it. */
const wanted: Readonly<Record<string, string>> = {
  未提交: '新增',
  被驳回: '新增（重报）',
  信息有误: '更正',
  已下线: '恢复',
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '')

function toldOf({ spine, row }: Loaded, district: string, source: string, point: Point, wish: string): Told {
  return {
    name: spine.title,
    address: words(row['address']),
    door: words(row['doorHint']),
    district,
    phone: words(row['phone']),
    hours: words(row['hours']),
    equipment: ((row['equipment'] ?? []) as { item: string }[]).map((e) => e.item).join('、'),
    source,
    lng: degrees(point.lng),
    lat: degrees(point.lat),
    wanted: wish,
  }
}

/**
 * The workbook for a vendor: rooms that are open, have a point and wait for the vendor; on a second sheet those that do not go,
 * and why. Nothing of keepers but the phone of the room, which is published.
 */
export async function vendorBook(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  vendor: Vendor,
): Promise<{ sheets: BookSheet[]; keys: Record<string, string> }> {
  const lines = (await readLines(deps, tx, actor)).filter((line) => line.delistedOn === null)
  const waiting = lines.flatMap((line) => {
    const now = line.listings.find((l) => l.vendor === vendor)!
    return wanted[now.state] ? [{ line, wish: wanted[now.state]! }] : []
  })
  const records = new Map(
    (
      await loadRecords(
        tx,
        careRoom,
        sql`r.id = ANY(${waiting.map(({ line }) => line.id)}::uuid[]) AND ${visible(actor)}`,
      )
    ).map((r) => [r.spine.id, r]),
  )
  const found = await keyed<Point & { id: string; district: string }>(
    tx,
    sql`SELECT p.record_id AS id, p.lng, p.lat, d.short_name AS district FROM app.care_room_point p JOIN app.org d ON d.id = p.district_id
      WHERE p.replaced_at IS NULL AND p.record_id = ANY(${[...records.keys()]}::uuid[])`,
  )
  const points = new Map(found.map((p) => [p.id, p]))
  const isOpen = (id: string) =>
    ((records.get(id)?.row['intervals'] ?? []) as { attribute: string; untilOn: string | null }[]).some(
      (i) => i.attribute === '对外开放' && i.untilOn === null,
    )
  const book = vendorBooks[vendor]
  const going = waiting.filter(
    ({ line }) => line.faults.length === 0 && points.has(line.id) && isOpen(line.id),
  )
  const staying = waiting.filter((one) => !going.includes(one))
  return {
    sheets: [
      {
        name: `${vendor}提交表`,
        columns: book.columns.map(({ title, width }) => ({ title, width, kind: 'text' as const })),
        rows: going.map(({ line, wish }) => {
          const point = points.get(line.id)!
          const told = toldOf(
            records.get(line.id)!,
            point.district,
            actor.org.name,
            fromWgs84(point, book.system),
            wish,
          )
          return { cells: cellsOf(book, told) }
        }),
      },
      {
        name: '暂不提交',
        columns: [
          { title: '名称', kind: 'text', width: 30 },
          { title: '单位', kind: 'text', width: 30 },
          { title: '原因', kind: 'text', width: 60 },
        ],
        rows: staying.map(({ line }) => ({
          cells: [
            line.title,
            line.org.name,
            [...line.faults, ...(isOpen(line.id) ? [] : ['没有对外开放'])].join('；'),
          ],
        })),
      },
    ],
    keys: { kind: 'careRoomVendor', vendor, madeOn: deps.today() },
  }
}

const row = (...cells: [string, string, number][]): FilledRow => ({
  height: 9,
  cells: cells.flatMap(([label, text, span]) => [
    { kind: 'label' as const, text: label, span: 2, rows: 1 },
    { kind: 'value' as const, text, span, rows: 1 },
  ]),
})

/** The submission card of a room: what to type into the vendors' forms, with the point in each one's own system. @throws Problem */
export async function submissionCard(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.read')
  const { spine } = room
  const [point] = await pointsOf(tx, spine)
  if (!point)
    throw Problem.invalid({ issues: [{ field: 'point', message: '还没有坐标，请先填写坐标再打印提交卡' }] })
  const { value } = await ruleOn(tx, roomTerms, deps.today())
  const faults = submissionFaults({
    title: spine.title,
    address: words(room.row['address']),
    hours: words(room.row['hours']),
    point,
    longestName: value.longestName,
  })
  const form: FilledForm = {
    title: '女职工特殊关爱室上图提交卡',
    above: [`提交单位：${work.actor.org.name}`, `制卡日期：${longDay(deps.today())}`],
    rows: [
      row(['名称', spine.title, 10]),
      ...detailsOf(room.row).map((d) => row([d.label, d.text, 10])),
      ...vendors.map((vendor) => {
        const { system, systemName } = vendorBooks[vendor]
        const { lng, lat } = fromWgs84(point.wgs84, system)
        const pair = vendor === '腾讯' ? [lat, lng] : [lng, lat]
        return row([`${vendor}坐标`, `${pair.map(degrees).join('，')}　${systemName}`, 10])
      }),
      row(['坐标来源', `${point.source}（${point.given.crs}）`, 4], ['填写日期', longDay(point.setOn), 4]),
      row(['提交前核对', faults.length === 0 ? '没有发现问题' : faults.join('；'), 10]),
      ...vendors.map((vendor) => row([`${vendor}提交`, '　　　　年　　月　　日', 4], ['经办人', '', 4])),
    ],
    below: '本卡按系统记录填制，供在各地图“新增地点”“信息反馈”页面照填；提交后请在系统的上图台账登记。',
  }
  const mark = await headMark(tx, spine.district_id)
  work.audit({
    districtId: spine.district_id,
    action: 'careRoom.card',
    object: `careRoom:${spine.id}`,
  })
  return {
    name: `上图提交卡_${spine.title}.docx`,
    bytes: () => writeForm(form, mark, deps.mode === 'demo' ? '演示数据　不作公文使用' : undefined),
  }
}
