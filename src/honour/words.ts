import type { CampaignState, NominationState, OpinionStep } from './api.ts'

export const campaignKindWords = { honour: '先进评选', family: '最美家庭' } as const
export const campaignStateWords: Readonly<Record<CampaignState, string>> = {
  draft: '起草中',
  open: '接收推荐',
  jury: '评审中',
  party: '待审定',
  notice: '公示中',
  granted: '已表彰',
  cancelled: '已取消',
}
export const nominationStateWords: Readonly<Record<NominationState, string>> = {
  draft: '起草中',
  unitNotice: '单位公示',
  upper: '上级审核',
  listed: '已报到主办单位',
  chosen: '拟表彰',
  granted: '已表彰',
  notChosen: '未入选',
  blocked: '公示异议成立',
  withdrawn: '已撤回',
}
export const opinionWords: Readonly<Record<OpinionStep, string>> = {
  party: '单位党组织意见',
  union: '单位工会意见',
  outside: '有关部门意见（企业负责人）',
  upper: '区县（产业）工会意见',
}
