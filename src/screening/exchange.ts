import type { Book, BookColumn, BookRow } from '#paper/sheet/book.ts'
import { textOf, type Cell, type Workbook as Sheets } from '#paper/sheet/cell.ts'
import { FileRefused } from '#paper/refused.ts'

// The list that goes to a hospital and comes back: four columns of what it needs, two that it answers in. Nothing else comes in.

export type Workbook = { name: string; book: Book }

const text = (title: string, width: number): BookColumn => ({ title, kind: 'text', width })
const columns: readonly BookColumn[] = [
  text('预约编码', 16),
  text('姓名', 12),
  text('手机号码', 16),
  { title: '预约日期', kind: 'day', width: 14 },
  { ...text('到检', 10), choices: ['到检', '未到'], note: '填“到检”或“未到”，不要写检查结果' },
  {
    ...text('请本人联系医院', 16),
    choices: ['是'],
    note: '需要本人联系医院的填“是”，其余留空；不要写原因和检查结果',
  },
]
const titles = columns.map(({ title }) => title)

export const listFor = (name: string, rows: BookRow[]): Workbook => ({
  name: `${name}.xlsx`,
  book: { sheets: [{ name: '预约名单', columns: [...columns], rows }], keys: {} },
})

/** A line that came back. `came` null: not filled in; a fault names the cell and never repeats it. */
export type CameRow = {
  row: number
  code: string
  came: boolean | null
  call: boolean
  fault: string | null
}

const said = (cells: readonly Cell[], at: number): string =>
  at < 0
    ? ''
    : textOf(cells[at] ?? null)
        .normalize('NFKC')
        .trim()

/**
 * Reads attendance by its headings. A table with any column besides those of the list is refused as a whole: what a hospital
 * may have written there is not for the union, and nothing of it is kept.
 * @throws FileRefused
 */
export function readCame({ sheets }: Sheets): CameRow[] {
  for (const { rows, hidden } of sheets) {
    if (hidden) continue
    const head = rows.find(({ cells }) => cells.some((cell) => textOf(cell).trim() === '预约编码'))
    if (!head) continue
    const found = head.cells.map((_, at) => said(head.cells, at))
    const other = found.find((title) => title !== '' && !titles.includes(title))
    if (other !== undefined)
      throw new FileRefused(
        `表里多了“${other.slice(0, 20)}”一栏，整份没有导入：工会不保存检查结果，回传表只能有${titles.join('、')}，请删去多出的栏再上传`,
      )
    const [code, came, call] = ['预约编码', '到检', '请本人联系医院'].map((title) =>
      found.indexOf(title),
    ) as [number, number, number]
    if (came < 0) break
    const beside = (cells: readonly Cell[]) =>
      cells.some((_, at) => (found[at] ?? '') === '' && said(cells, at) !== '')
    return rows
      .filter(({ row }) => row > head.row)
      .map(({ row, cells }) => {
        const [word, asked] = [said(cells, came), said(cells, call)]
        const fault = beside(cells)
          ? '这一行在规定的栏目以外还写了内容，没有导入，请删去'
          : !['', '到检', '未到'].includes(word)
            ? '“到检”一栏只能填“到检”或“未到”'
            : !['', '是'].includes(asked)
              ? '“请本人联系医院”一栏只能填“是”或留空'
              : null
        return {
          row,
          code: said(cells, code).toUpperCase(),
          came: word === '' ? null : word === '到检',
          call: asked === '是',
          fault,
        }
      })
      .filter((line) => line.code !== '' || line.fault !== null)
  }
  throw new FileRefused('没有找到“预约编码”和“到检”两栏，请在系统导出的预约名单里填写后上传')
}
