import type { Actor } from '#identity/actor.ts'
import { preparedRows, type Book, type BookColumn, type BookRow, type SheetMarks } from '#paper/sheet/book.ts'
import { columnLetters, textOf, type Cell } from '#paper/sheet/cell.ts'
import { columnOf, widthOf } from '#paper/sheet/fieldColumn.ts'
import { limitWords } from './limits.ts'
import { refKey } from './ref.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { findIntake, ownFile, readRows, type Kept } from './store.server.ts'
import { targetOf } from './staging.server.ts'
import { isAsked, shownFields, type SheetSpec, type TargetSpec, type Twin } from './target.ts'

const keysOf = (target: TargetSpec): Record<string, string> => ({
  template: target.key,
  label: target.label,
  version: String(target.version),
})

const lastYearSaid = (rows: Readonly<Record<string, Cell[][]>>): string =>
  hasRows(rows)
    ? '已带上去年填过的内容作参考，日期和数字请填今年的；用不着的行请删去。'
    : '本单位去年没有填过这一项，没有可以带上的内容，请直接填写。'

export const hasRows = (rows: Readonly<Record<string, Cell[][]>>): boolean =>
  Object.values(rows).some((list) => list.length > 0)

/** The template of a target: its columns typed, with lists and notes; how to fill it in stands on a sheet of its own. */
export function templateOf(
  target: TargetSpec,
  given: {
    org: string
    rows?: Readonly<Record<string, Cell[][]>> | undefined
    /** Rows begin with the mark of what stands. */
    isStanding?: boolean
  },
): Book {
  const sheets = target.sheets.map((spec: SheetSpec) => ({
    name: spec.label,
    columns: [
      ...(given.isStanding && spec.hidden?.includes(refKey)
        ? [{ ...columnOf(spec.fields[refKey]!), hidden: true as const }]
        : []),
      ...shownFields(spec).map(([key, field]) => columnOf(field, isAsked(spec, key))),
    ],
    rows: (given.rows?.[spec.key] ?? []).map((cells) => ({ cells })),
    blank: preparedRows,
  }))
  const lines = [
    `填报单位：${given.org}`,
    ...target.guide,
    ...(given.isStanding
      ? ['已带上现有的内容：改了的行更新，没改的行不动；“记录编号”一列已隐藏，请保留。']
      : []),
    ...(given.rows && !given.isStanding ? [target.startsWith ?? lastYearSaid(given.rows)] : []),
    `${limitWords(target.key)}。`,
    '标题带＊的栏目必填；标题行不要改动，栏目顺序可以换，不用的栏目可以删去。',
    '日期写成 2019-08-05；“2019.8.5”“2019年8月5日”也认得。',
    '证件号码、手机号码、编码等栏目是“文本”格式，粘贴时请选“只粘贴值”。',
    '有下拉列表的栏目请从列表中选择。',
  ]
  return {
    sheets: [
      ...sheets,
      {
        name: '填写说明',
        columns: [{ title: `${target.label}导入模板：填写说明`, kind: 'text', width: 100 }],
        rows: lines.map((text, n) => ({ cells: [`${n + 1}. ${text}`] })),
      },
    ],
    keys: keysOf(target),
  }
}

type Marked = { name: string; columns: BookColumn[]; rows: BookRow[] }

/**
 * Her file back: every column of hers, faults on their cells and once more in words, for programs that show no notes. Her own
 * xlsx with nothing else changed, where it was kept; else written anew from its rows.
 */
export async function markedOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const intake = await findIntake(deps, tx, actor, id)
  const target = targetOf(deps, intake.target)
  const sheets: Marked[] = []
  const inHers: SheetMarks[] = []
  for (const [at, { key, title, headings, mapping, headingRow = 0 }] of intake.head.sheets.entries()) {
    const spec = target.sheets.find((s) => s.key === key)!
    const kept = await readRows(tx, intake, { sheet: at, most: target.most })
    const extra = Object.keys(spec.fields).filter(
      (k) =>
        !mapping.includes(k) && kept.some((row) => row.typed[k] || row.issues.some((i) => i.column === k)),
    )
    const columns: BookColumn[] = [
      ...headings.map((heading, column) => {
        const mapped = mapping[column]
        return mapped
          ? { ...columnOf(spec.fields[mapped]!), title: heading, required: false, kind: 'text' as const }
          : { title: heading, kind: 'text' as const, width: widthOf(heading, 10) }
      }),
      ...extra.map((k) => ({ ...columnOf(spec.fields[k]!), required: false, kind: 'text' as const })),
      { title: '错误说明', kind: 'text', width: 60 },
    ]
    const place = (k: string) => {
      const column = mapping.indexOf(k)
      return column >= 0 ? column : headings.length + extra.indexOf(k)
    }
    const rows = kept.map((row) => markedRow(row, spec, columns.length, place))
    sheets.push({ name: title, columns, rows })
    const added = columns.map(({ title: head, width }, column) => ({ column, title: head, width }))
    inHers.push({
      name: title,
      headingRow,
      added: added.slice(headings.length),
      rows: kept.map((row, n) => ({
        row: row.line,
        cells: [
          ...Object.entries(row.typed).map(([k, text]): [number, string | null] => [place(k), text || null]),
          [columns.length - 1, textOf(rows[n]!.cells[columns.length - 1]!)],
        ],
        marks: rows[n]!.marks ?? [],
      })),
    })
  }
  const own = inHers.every(({ headingRow }) => headingRow > 0) ? await ownFile(tx, intake) : null
  const anew = () => deps.sheets.write({ sheets, keys: keysOf(target) })
  // What another program wrote in a way that cannot be written again goes back by its rows.
  const bytes = own ? await deps.sheets.mark(own, inHers).catch(anew) : await anew()
  return { name: intake.head.fileName, bytes }
}

const stateWords = {
  right: '可以导入',
  warned: '可以导入',
  update: '将更新',
  wrong: '需要修改',
  double: '疑似重复，请选跳过、更新或仍新增',
  skipped: '跳过，不导入',
  same: '已有，不重复导入',
  done: '已导入',
  undone: '已撤销导入',
}

/** What stands already, and of a row that changes it which columns and what stood in them. */
function stoodOf({ state }: Kept, { label, values, may }: Twin, { fields }: SheetSpec): string {
  if (state !== 'update' || may.length > 0) return label
  const stood = Object.entries(values).map(([key, text]) => `${fields[key]!.label}原为“${text || '空'}”`)
  return stood.length > 0 ? `${label}：${stood.join('，')}` : label
}

function markedRow(row: Kept, spec: SheetSpec, width: number, place: (key: string) => number): BookRow {
  const cells = Array.from({ length: width }, (_, n) =>
    n < row.cells.length ? (row.cells[n] ?? null) : null,
  )
  for (const [key, text] of Object.entries(row.typed)) cells[place(key)] = text || null
  const said = row.issues.map(({ column, message }) =>
    column === null ? message : `${spec.fields[column]?.label ?? columnLetters(place(column))}：${message}`,
  )
  cells[width - 1] = [
    stateWords[row.state],
    ...(row.twin ? [stoodOf(row, row.twin, spec)] : []),
    ...said,
  ].join('；')
  return {
    cells,
    marks: row.issues.map(({ column, message, level }) => ({
      column: column === null ? width - 1 : place(column),
      note: message,
      level,
    })),
  }
}
