import { inner, other, plain, type TableRule } from './columnRule.ts'

/** What a screening round holds of a woman (src/screening): that she was invited and came. What was found is nowhere. */
export const screeningTables: Readonly<Record<string, TableRule>> = {
  screening_entry: {
    title: '“两癌”筛查安排',
    purpose: '安排“两癌”筛查：核对资格、预约、移交医院、到检，满一个周期再查',
    basis: '同意',
    retention: '随会员登记保存；登记删除时预约编码和随访一并清除，只留日期备查',
    columns: {
      id: inner('编号'),
      round_id: inner('轮次'),
      person_id: inner('登记编号'),
      org_id: plain('列名单的单位'),
      quota: plain('名额'),
      state: {
        ...plain('状态'),
        mask: '只给本单位和指定的经办人看',
        log: '每人每天记一次，本人可查',
      },
      version: inner('版本'),
      day_id: inner('医院和日期'),
      code: plain('预约编码'),
      listed_on: plain('列入日期'),
      listed_person: other('列入人'),
      booked_on: plain('办理预约的日期'),
      handed_on: plain('姓名和手机号码移交医院的日期'),
      attended_on: {
        ...plain('到检日期'),
        mask: '只给本单位和指定的经办人看',
        log: '每人每天记一次，本人可查',
      },
    },
  },
}
