import { activityForm } from '#paper/form/activity.ts'
import { pair, type FormLayout } from '#paper/form/layout.ts'

export const quizForms: readonly FormLayout[] = [
  activityForm('女职工知识竞赛审批表', '场', [
    pair(['有效答题', '{attendances}人次'], ['奖项', '{prizes}个']),
  ]),
]
