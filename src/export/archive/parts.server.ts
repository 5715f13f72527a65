import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { openFigures } from '#figures/export.server.ts'
import { bookName, bookOf } from '#figures/statutory/book.ts'
import type { LayoutKey } from '#figures/statutory/layouts.ts'
import { readTable } from '#figures/statutory/read.server.ts'
import { snapshotFile } from '#figures/summary/service.server.ts'
import { lastDayOf } from '#kit/day.ts'
import type { Programme } from '#kit/programme.ts'
import { tierLabels, type Tier } from '#org/api.ts'
import type { BookSheet } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { clockOf } from '#server/clock.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { openRecords } from '../records.server.ts'
import { mostRows } from '../rules.ts'
import type { Reading, Source } from '../source.server.ts'
import { csvLine, csvStart } from '#paper/sheet/csvText.ts'
import type { ArchiveFolder } from './folder.server.ts'

/** What the parts are written with: as the service account of the city, each reading a transaction of its own. */
export type Archiving = { deps: Deps; actor: Actor; reading: Reading; folder: ArchiveFolder }

/** What no file system takes goes. */
const plain = (text: string): string => text.replace(/[\\/:*?"<>|\s]/g, '')

const text = (title: string, width: number) => ({ title, kind: 'text' as const, width })
const number = (title: string) => ({ title, kind: 'number' as const, width: 10 })

/** Every unit with its superior of today. @returns how many */
export async function putOrgs({ deps, reading, folder }: Archiving): Promise<number> {
  const units = await reading((tx) =>
    rows<{ tier: Tier; before: Cell[]; after: Cell[] }>(
      tx,
      sql`SELECT o.tier, jsonb_build_array(o.org_code, o.name, o.short_name) AS before,
          jsonb_build_array(o.org_type, p.org_code, v.org_code, o.region_code, o.workers, o.women_workers, o.members, o.women_members,
            CASE k.form WHEN 'committee' THEN '女职工委员会' WHEN 'delegate' THEN '女职工委员' END, k.director, k.term_no,
            k.founded_on, k.term_from_on, k.term_until_on, o.closed_on) AS after
        FROM app.org o
        LEFT JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912 LEFT JOIN app.org p ON p.id = e.parent_id
        LEFT JOIN app.org_edge w ON w.child_id = o.id AND w.line = 2 AND w.to_ym = 999912 LEFT JOIN app.org v ON v.id = w.parent_id
        LEFT JOIN app.org_committee k ON k.org_id = o.id ORDER BY o.scope_code`,
    ),
  )
  const sheet: BookSheet = {
    name: '单位',
    columns: [
      text('组织编码', 14),
      text('单位全称', 34),
      text('单位简称', 20),
      text('层级', 10),
      text('单位类型', 12),
      text('上级单位', 14),
      text('会看单位', 14),
      text('行政区划代码', 14),
      number('职工人数'),
      number('女职工人数'),
      number('会员人数'),
      number('女会员人数'),
      text('女职工组织', 14),
      text('主任（委员）', 14),
      number('届次'),
      text('成立日期', 12),
      text('本届开始', 12),
      text('本届届满', 12),
      text('撤销日期', 12),
    ],
    rows: units.map(({ tier, before, after }) => ({ cells: [...before, tierLabels[tier], ...after] })),
  }
  await folder.put('组织.xlsx', await deps.sheets.write({ keys: {}, sheets: [sheet] }))
  return units.length
}

/** Totals of years before the system that stand today. @returns how many */
export async function putEarlier({ deps, reading, folder }: Archiving): Promise<number> {
  const totals = await reading((tx) =>
    rows<{ cells: Cell[] }>(
      tx,
      sql`SELECT jsonb_build_array(o.org_code, o.name, t.year, i.code, t.val / 10::numeric ^ i.scale, i.unit, t.source) AS cells FROM app.earlier_total t
        JOIN app.org o ON o.id = t.org_id JOIN app.indicator i ON i.id = t.indicator_id
        WHERE t.state = 'accepted' ORDER BY o.scope_code, t.year, i.id`,
    ),
  )
  const columns = [
    text('组织编码', 14),
    text('单位全称', 34),
    number('年份'),
    text('指标编码', 26),
    number('总数'),
    text('单位', 8),
    text('出处', 40),
  ]
  if (totals.length > 0)
    await folder.put(
      '历年估报.xlsx',
      await deps.sheets.write({ keys: {}, sheets: [{ name: '历年估报', columns, rows: totals }] }),
    )
  return totals.length
}

async function book({ deps, reading, folder }: Archiving, name: string, source: Source): Promise<void> {
  const sheets = await source.sheets(reading)
  await folder.put(name, await deps.sheets.write({ keys: {}, sheets }))
}

/** The records of a programme, a file a year; a year that no file holds, a file a month. @returns how many */
export async function putRecords(archiving: Archiving, programme: Programme): Promise<number> {
  const { deps, actor, reading } = archiving
  const years = await reading((tx) =>
    rows<{ year: number }>(
      tx,
      sql`SELECT DISTINCT extract(year FROM occurred_on)::int AS year FROM app.record WHERE programme = ${deps.catalogue.programmeId(programme.key)} ORDER BY 1`,
    ),
  )
  const open = (from: string, until: string): Promise<Source> =>
    reading((tx) =>
      openRecords(
        { deps, tx, actor, full: false, reason: '' },
        { kind: 'records', programme: programme.key, filter: { from, until } },
      ),
    )
  let count = 0
  for (const { year } of years) {
    const whole = await open(`${year}-01-01`, `${year}-12-31`)
    const months = Array.from({ length: 12 }, (_, i) => year * 100 + i + 1)
    const pieces =
      whole.rows < mostRows
        ? [{ name: String(year), source: whole }]
        : await Promise.all(
            months.map(async (ym) => {
              const last = lastDayOf(ym)
              return { name: last.slice(0, 7), source: await open(`${last.slice(0, 8)}01`, last) }
            }),
          )
    for (const { name, source } of pieces) {
      if (source.rows === 0) continue
      if (source.rows >= mostRows)
        throw new Error(`${programme.label} ${name} 超过 ${mostRows} 条，一个文件放不下`)
      await book(archiving, `台账/${plain(programme.label)}_${name}.xlsx`, source)
      count += source.rows
    }
  }
  return count
}

/** The city's figures of a year with what each of them means. */
export async function putFigures(archiving: Archiving, year: number): Promise<void> {
  const { deps, actor, reading } = archiving
  const source = await reading((tx) =>
    openFigures(
      { deps, tx, actor, full: false, reason: '' },
      { kind: 'figures', filter: { calendar: 'year', year: String(year) } },
    ),
  )
  await book(archiving, `指标/全市指标_${year}.xlsx`, source)
}

type Snapshot = { id: string; org_id: number; code: string; name: string }

/** Every frozen summary, as of its unit. @returns how many */
export async function putSummaries({ actor, reading, folder }: Archiving): Promise<number> {
  const found = await reading((tx) =>
    rows<Snapshot>(
      tx,
      sql`SELECT s.id, s.org_id, o.org_code AS code, o.name FROM app.snapshot s JOIN app.org o ON o.id = s.org_id ORDER BY o.org_code, s.created_at`,
    ),
  )
  for (const { id, org_id, code, name } of found) {
    const there = { ...actor, org: { ...actor.org, id: org_id } }
    const file = await reading((tx) => snapshotFile(tx, there, id, { mode: 'clean' }))
    await folder.put(`总结/${plain(code)}_${plain(name)}_${id}.docx`, await file.bytes())
  }
  return found.length
}

type Signed = {
  org_id: number
  code: string
  layout: LayoutKey
  year: number
  part: number
  revision: number
}

/** Every statutory table that was signed, each revision. @returns how many */
export async function putTables({ deps, actor, reading, folder }: Archiving): Promise<number> {
  const found = await reading((tx) =>
    rows<Signed>(
      tx,
      sql`SELECT t.org_id, o.org_code AS code, t.layout, t.year, t.part, t.revision FROM app.statutory_table t JOIN app.org o ON o.id = t.org_id
        WHERE t.state = 'signed' ORDER BY o.org_code, t.year, t.layout, t.part, t.revision`,
    ),
  )
  for (const { org_id, code, layout, year, part, revision } of found) {
    const query = { org: String(org_id), year: String(year), part: String(part), revision: String(revision) }
    const table = await reading((tx) => readTable(deps, tx, actor, layout, query))
    const name = `统计报表/${plain(code)}_第${revision}版_${plain(bookName(table).replace(/\.xlsx$/, ''))}.xlsx`
    await folder.put(name, await deps.sheets.write(bookOf(table, deps.mode === 'demo', clockOf(deps))))
  }
  return found.length
}

type File = { record: string; programme: number; name: string; type: string; bytes: number; hash: string }

/** Evidence as it is kept, under its digest, with a list of what belongs where. @returns how many, and what is not there */
export async function putEvidence({
  deps,
  reading,
  folder,
}: Archiving): Promise<{ files: number; lost: string[] }> {
  const found = await reading((tx: Tx) =>
    rows<File>(
      tx,
      sql`SELECT e.record_id AS record, r.programme, e.name, e.type, e.bytes, e.hash FROM app.evidence e
        JOIN app.record r ON r.district_id = e.district_id AND r.id = e.record_id WHERE e.removed_at IS NULL ORDER BY e.hash, e.id`,
    ),
  )
  const lost: string[] = []
  const there = new Set<string>()
  for (const { hash, name, record } of found) {
    if (there.has(hash)) continue
    const stream = deps.files?.read(hash, false) ?? null
    if (stream === null) {
      lost.push(`${name}（记录 ${record}）`)
      continue
    }
    there.add(hash)
    await folder.put(`附件/${hash}`, await buffer(stream))
  }
  const list = found.map((f) =>
    csvLine([f.record, deps.catalogue.programmeKey(f.programme), f.name, f.type, f.bytes, f.hash]),
  )
  const head = csvStart + csvLine(['记录编号', '项目', '文件名', '类型', '字节', '摘要（附件中的文件名）'])
  await folder.put('附件/目录.csv', Buffer.from(head + list.join('')))
  return { files: there.size, lost }
}
