import type { PackedRows, SheetRow } from './cell.ts'

export const packRows = (rows: readonly SheetRow[]): PackedRows => ({
  count: rows.length,
  bytes: new TextEncoder().encode(JSON.stringify(rows)),
})

export const unpackRows = ({ bytes }: PackedRows): SheetRow[] =>
  JSON.parse(new TextDecoder().decode(bytes)) as SheetRow[]
