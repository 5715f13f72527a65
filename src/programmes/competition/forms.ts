import { activityForm } from '#paper/form/activity.ts'
import { pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const competitionForms: readonly FormLayout[] = [
  activityForm('女职工劳动和技能竞赛审批表', '场', [
    wide('类别', '{kind|boxes}'),
    pair(['级别', '{level}'], ['工种或专业', '{trade}']),
    pair(['参加单位', '{units}个'], ['创造效益', '{benefit}']),
  ]),
]
