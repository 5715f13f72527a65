import { activityForm } from '#paper/form/activity.ts'
import { pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const skillClassForms: readonly FormLayout[] = [
  activityForm('女职工实用技能培训班审批表', '期', [
    pair(['技能或工种', '{trade}'], ['学时', '{hours}']),
    wide('结业情况', '结业{graduates}人，取得证书{certified}人，实现就业{employed}人'),
  ]),
]
