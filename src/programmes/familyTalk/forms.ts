import { activityForm } from '#paper/form/activity.ts'
import { wide, type FormLayout } from '#paper/form/layout.ts'

export const familyTalkForms: readonly FormLayout[] = [
  activityForm('家庭家教家风活动审批表', '场', [
    wide('主题', '{topic|boxes}'),
    wide('其他主题', '{otherTopic}'),
  ]),
]
