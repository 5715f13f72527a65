import { activityForm } from '#paper/form/activity.ts'
import { wide, type FormLayout } from '#paper/form/layout.ts'

export const studyForms: readonly FormLayout[] = [
  activityForm('女职工主题学习活动审批表', '场', [wide('形式', '{form|boxes}'), wide('学习主题', '{theme}')]),
]
