/** From which row of which workbook a version came. */
export type Origin = { import: string; file: string; line: number }
