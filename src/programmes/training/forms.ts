import { activityForm } from '#paper/form/activity.ts'
import { pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const trainingForms: readonly FormLayout[] = [
  activityForm('女职工教育培训班审批表', '期', [
    wide('载体', '{carrier|boxes}'),
    pair(['学校或课堂', '{school}'], ['学时', '{hours}']),
    wide('培训内容', '{subject}'),
  ]),
]
