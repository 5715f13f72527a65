import type { Deed } from '#figures/myYear/api.ts'

/** What was done, in the order in which it is told. */
export const deedWords: Record<Deed, string> = {
  entered: '填报',
  accepted: '审核通过',
  reviewed: '经办审核',
  returned: '退回修改',
}
