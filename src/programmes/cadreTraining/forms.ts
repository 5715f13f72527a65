import { activityForm } from '#paper/form/activity.ts'
import { pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const cadreTrainingForms: readonly FormLayout[] = [
  activityForm('女工干部培训审批表', '期', [
    pair(['级别', '{level}'], ['学时', '{hours}']),
    wide('参训干部', '{persons}人'),
  ]),
]
