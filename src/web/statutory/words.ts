import type { TableState } from '#figures/statutory/api.ts'

export const stateWords: Readonly<Record<TableState, string>> = {
  none: '未填写',
  open: '填写中',
  submitted: '待签发',
  signed: '已签发',
}

export const stateColors: Readonly<Record<TableState, string>> = {
  none: 'default',
  open: 'default',
  submitted: 'processing',
  signed: 'success',
}

/** What was typed and not yet saved, on top of the table as it came. */
export type Typed = { asked: Record<string, number | null>; notes: Record<string, string> }
