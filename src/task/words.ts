import type { TaskState } from './api.ts'

export const stateWords: Readonly<Record<TaskState, string>> = {
  unreceived: '未接收',
  received: '已接收',
  reported: '已上报',
  returned: '已退回',
  closed: '已完结',
  changed: '已变更',
}
