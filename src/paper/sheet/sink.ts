import type { Cell, SheetHead } from './cell.ts'

/** Takes what a reader finds, in the order of the file. */
export type RowSink = {
  sheet(head: SheetHead): void
  row(row: number, cells: Cell[]): void
}
