import { choice, day, note, text } from './field/index.ts'

/** 证据等级: 实名 (list of persons) > 台账 (record with evidence) > 估报. */
export const grades = ['实名', '台账', '估报'] as const

/** 级别 of a title, a contest, a class; one list for all programmes. */
export const levels = ['国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级'] as const

/** The head that all records share; it lives on the spine, not in the typed rows. */
export const head = {
  title: text('名称', { required: true, min: 2, max: 60, own: true }),
  startsOn: day('开始日期', { required: true }),
  endsOn: day('结束日期', { required: true, follows: 'startsOn', hint: '按结束日期计入当月' }),
  place: text('地点', { max: 100 }),
  grade: choice('证据等级', grades, {
    required: true,
    hint: '有签到名单选实名，有活动台账选台账，只有估计数选估报',
  }),
  tags: text('标签', { max: 100, hint: '用顿号分开；标签不计数' }),
  note: note('备注', { max: 2000, own: true }),
}
