/**
 * The clauses of the summaries of the tiers below the city, as data: `{indicator}` stands for a figure. Of the forms of a clause
 * the first is said whose figures are all there, so that none ever reads 0场.
 */
export type Forms = string | readonly string[]

export const training: Forms = [
  '举办女职工培训{training.sessions}，{training.attendances}参训',
  '举办女职工培训{training.sessions}',
]
export const competition: Forms = [
  '开展劳动和技能竞赛{competition.events}，{competition.attendances}参赛',
  '开展劳动和技能竞赛{competition.events}',
]
export const lecture: Forms = [
  '开设智慧女工课堂{lecture.events}，{lecture.persons}女职工听课',
  '开设智慧女工课堂{lecture.events}',
]
export const familyTalk: Forms = [
  '举办家风家教讲堂{familyTalk.events}，{familyTalk.attendances}到场',
  '举办家风家教讲堂{familyTalk.events}',
]
export const matchmaking: Forms = [
  '组织婚恋交友活动{matchmaking.events}，{matchmaking.attendances}参加',
  '组织婚恋交友活动{matchmaking.events}',
]
export const actions: Forms = [
  '参加专项行动服务{specialAction.events}，服务{specialAction.served}',
  '参加专项行动服务{specialAction.events}',
]
export const rooms: Forms = [
  '新建女职工特殊关爱室{careRoom.built}，惠及女职工{careRoom.persons}',
  '新建女职工特殊关爱室{careRoom.built}',
]
export const skills: Forms = [
  '开办实用技能班{skillClass.sessions}，{skillClass.attendances}参训',
  '开办实用技能班{skillClass.sessions}',
]
export const referral: Forms = [
  '推介就业{jobReferral.referrals}，惠及{jobReferral.persons}',
  '推介就业{jobReferral.referrals}',
]
export const studios: Forms = '命名女职工创新工作室{studio.named}'
export const parents: readonly Forms[] = [
  '新建职工亲子工作室{parentStudio.built}',
  ['开展亲子活动{parentStudio.events}，{parentStudio.attendances}参加', '开展亲子活动{parentStudio.events}'],
]
export const cadres: Forms = [
  '举办女职工工作干部培训{cadreTraining.sessions}，{cadreTraining.persons}参训',
  '举办女职工工作干部培训{cadreTraining.sessions}',
]
export const study: Forms = [
  '组织主题学习和宣讲{study.events}，{study.attendances}参加',
  '组织主题学习和宣讲{study.events}',
]
export const meetings: Forms = '召开女职工委员会会议{meeting.meetings}'
/** Of a unit alone a household, or whoever sought counsel, would be too easily known: these stand above it. */
export const counsel: readonly Forms[] = [
  '提供心理咨询和疏导{counselling.sessions}',
  '开展团体心理辅导{counselling.talks}',
]
export const hardship: readonly Forms[] = [
  '年末在档困难女职工家庭{hardship.files}',
  [
    '全年帮扶困难女职工{hardship.helped}，发放帮扶资金{hardship.money}',
    '全年帮扶困难女职工{hardship.helped}',
  ],
]
export const honours: Forms = [
  '表彰先进女职工个人{honour.persons}、先进女职工集体{honour.collectives}',
  '表彰先进女职工个人{honour.persons}',
  '表彰先进女职工集体{honour.collectives}',
]
export const printed: readonly Forms[] = [
  '发放性别平等手册{material.equalityHandbooks}',
  '发放普法宣传单{material.leaflets}',
]
