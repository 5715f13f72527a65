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
