import type { Book, BookColumn, BookRow } from '#paper/sheet/book.ts'
import { textOf, type Cell, type Workbook as Sheets } from '#paper/sheet/cell.ts'
import { condolence } from '#programmes/hardship/definition.ts'

// Files that go out by code and come back by it: to civil affairs, to the bank.

export type Workbook = { name: string; book: Book }

/** `H3F9K2…`: told by nothing about her. */
export const codeOf = (letter: 'H' | 'B', id: string): string =>
  letter + id.replaceAll('-', '').slice(-14).toUpperCase()

/** What the bank, and whoever sees her account, reads beside the sum: of condolence money no word of an illness. */
export const memoOf = (kind: string): string => (kind === condolence ? '工会慰问金' : `工会${kind}帮扶`)

const text = (title: string, width: number): BookColumn => ({ title, kind: 'text', width })

const layouts = {
  核对: [
    text('编码', 20),
    text('姓名', 12),
    text('身份证号', 22),
    { title: '授权书签署日期', kind: 'day', width: 16 },
    { ...text('核对结果', 14), choices: ['相符', '不符'], note: '填“相符”或“不符”' },
    text('说明', 30),
  ],
  发放: [
    text('编码', 20),
    text('收款人', 12),
    text('开户银行', 28),
    text('账号', 26),
    { title: '金额', kind: 'money', width: 14 },
    text('附言', 20),
    { ...text('结果', 10), choices: ['成功', '失败'], note: '银行回单：填“成功”或“失败”' },
    text('失败原因', 28),
  ],
} as const satisfies Record<string, readonly BookColumn[]>

/** A list of a layout. @param name of the file, without its ending */
export const listOf = (name: string, layout: keyof typeof layouts, rows: BookRow[]): Workbook => ({
  name: `${name}.xlsx`,
  book: { sheets: [{ name: layout, columns: [...layouts[layout]], rows }], keys: {} },
})

/** A line of an answer: its row in the file, the code and what it says. */
export type AnswerRow = { row: number; code: string; word: string; amount: number | null; why: string }

const said = (cells: readonly Cell[], at: number): string =>
  at < 0
    ? ''
    : textOf(cells[at] ?? null)
        .normalize('NFKC')
        .trim()

/** Reads an answer by its headings, wherever they stand; null where it has none. */
export function readAnswers({ sheets }: Sheets, word: '核对结果' | '结果'): AnswerRow[] | null {
  for (const { rows, hidden } of sheets) {
    if (hidden) continue
    const head = rows.find(({ cells }) => cells.some((cell) => textOf(cell).trim() === '编码'))
    if (!head) continue
    const column = (title: string) => head.cells.findIndex((cell) => textOf(cell).trim() === title)
    const [code, what, amount, why] = [column('编码'), column(word), column('金额'), column('失败原因')]
    if (what < 0) continue
    return rows
      .filter(({ row }) => row > head.row)
      .map(({ row, cells }) => ({
        row,
        code: said(cells, code).toUpperCase(),
        word: said(cells, what),
        amount:
          amount < 0 || said(cells, amount) === ''
            ? null
            : Number(said(cells, amount).replace(/[,，￥¥]/g, '')),
        why: said(cells, why).slice(0, 100),
      }))
      .filter(({ code: found }) => found !== '')
  }
  return null
}
