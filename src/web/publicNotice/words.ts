import type { NoticeState, ObjectionState } from '#publicNotice/state.ts'

export const noticeColors: Readonly<Record<NoticeState, string>> = {
  open: 'red',
  blocked: 'gold',
  passed: 'green',
  withdrawn: 'default',
}
export const objectionColors: Readonly<Record<ObjectionState, string>> = {
  open: 'gold',
  valid: 'red',
  invalid: 'default',
}
