import { activityForm } from '#paper/form/activity.ts'
import { pair, type FormLayout } from '#paper/form/layout.ts'

export const matchmakingForms: readonly FormLayout[] = [
  activityForm('职工婚恋交友活动审批表', '场', [pair(['服务品牌', '{brand}'], ['线上人次', '{online}'])]),
]
