import { inner, other, plain, type TableRule } from './columnRule.ts'

/** What sign-up holds of a woman (src/signup): her place or her turn, and why not. */
export const signupTables: Readonly<Record<string, TableRule>> = {
  enrolment: {
    title: '活动报名',
    purpose: '安排活动的名额、候补顺序和通知',
    basis: '合同',
    retention: '随会员登记保存；登记删除时未使用的名额退出，未通过的原因、没有到场的说明和答复清除',
    columns: {
      district_id: inner('分区'),
      id: inner('编号'),
      event_id: inner('活动'),
      person_id: inner('登记编号'),
      org_id: plain('报名时的单位'),
      seq: plain('报名编号'),
      turn: plain('候补或抽签的次序'),
      state: { ...plain('状态'), mask: '只给本人、本单位和主办单位看' },
      quotas: inner('计入的名额'),
      asked_at: plain('报名时间'),
      asked_by: other('报名人'),
      offer_until: plain('候补到位后的确认期限'),
      decided_at: plain('办理时间'),
      reason: plain('未通过或取消的原因'),
      came_at: plain('到场登记时间'),
      came_how: plain('到场登记方式'),
      came_by: other('到场登记人'),
      no_show: plain('没有到场的认定'),
      appeal: plain('没有到场的说明'),
      appeal_answer: plain('说明的答复'),
    },
  },
}
