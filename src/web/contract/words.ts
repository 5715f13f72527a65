import type { StepState } from '#programmes/contract/steps.ts'
import type { DueKind } from '#programmes/contract/api.ts'

type Told = { word: string; color: string }

export const stepWords: Readonly<Record<StepState, Told>> = {
  done: { word: '', color: 'green' },
  late: { word: '超期', color: 'gold' },
  early: { word: '不满期', color: 'gold' },
  lacking: { word: '人数不足', color: 'gold' },
  objected: { word: '有异议', color: 'red' },
  waiting: { word: '未到期', color: 'blue' },
  overdue: { word: '已过期限', color: 'red' },
  open: { word: '可以续签', color: 'blue' },
  untold: { word: '未填', color: 'default' },
}

export const dueWords: Readonly<Record<DueKind, { label: string; on: string; blank: string }>> = {
  renewal: { label: '待续签', on: '期满日期', blank: '近期没有要续签的合同' },
  expired: { label: '已期满未续', on: '期满日期', blank: '最近一年期满的合同都已续签' },
  publish: { label: '未公布', on: '生效日期', blank: '有效的合同都按期公布了' },
  text: { label: '文本待核对', on: '选定日期', blank: '没有审核以后更换、等待核对的文本' },
  look: { label: '待检查', on: '检查期限', blank: '没有安排了还没做的履约检查' },
  fix: { label: '待整改', on: '整改期限', blank: '检查要求整改的都已整改' },
}
