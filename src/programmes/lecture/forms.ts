import { activityForm } from '#paper/form/activity.ts'
import { pair, type FormLayout } from '#paper/form/layout.ts'

export const lectureForms: readonly FormLayout[] = [
  activityForm('女职工大课堂审批表', '场', [pair(['课程', '{course}'], ['参加女职工', '{persons}人'])]),
]
