import { maskedName } from '#certificate/code.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import { classNumber } from '#record/spine.ts'
import type { Cell } from '#paper/sheet/cell.ts'

/** Whether records of a programme leave with masks: the one rule for its file, its screen and the door of the full one. */
export const isMaskedOut = (programme: Programme): boolean =>
  programme.naming && classNumber(programme.class) >= 2

/** Puts masks for the names that a record tells, wherever they stand in its texts. */
export function maskOf(programme: Programme, row: AnyRow, full: boolean): (cell: Cell) => Cell {
  const names = full || !isMaskedOut(programme) ? [] : programme.names(row).filter((name) => name !== '')
  return (cell) =>
    typeof cell === 'string'
      ? names.reduce((text, name) => text.replaceAll(name, maskedName(name)), cell)
      : cell
}
