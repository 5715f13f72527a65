import { activityForm } from '#paper/form/activity.ts'
import { wide, type FormLayout } from '#paper/form/layout.ts'

export const lawTalkForms: readonly FormLayout[] = [
  activityForm('女职工普法宣传活动审批表', '场', [
    wide('主题', '{topic|boxes}'),
    wide('其他主题', '{otherTopic}'),
  ]),
]
