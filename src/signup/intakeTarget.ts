import { mostRowsOf } from '#intake/limits.ts'
import type { SheetSpec, TargetSpec } from '#intake/target.ts'
import { choice, text } from '#kit/field/index.ts'
import { idKinds } from '#person/form.ts'

/** Columns by which a woman is known; nothing of them is kept. */
export const entrySheet: SheetSpec = {
  key: 'eventEntry',
  label: '报名名单',
  fields: {
    event: text('活动', { required: true, max: 60, hint: '与“可以为会员报名”里的名称一样' }),
    name: text('姓名', { required: true, min: 2, max: 40 }),
    idNumber: text('证件号码', { required: true, max: 30, hint: '只用来认人，报名里不保存' }),
    idKind: choice('证件类别', idKinds, { required: true }),
  },
  defaults: { idKind: '居民身份证' },
  synonyms: {
    event: ['活动名称', '班级', '课程', '培训班'],
    name: ['会员姓名', '职工姓名', '名字'],
    idNumber: ['身份证号', '身份证号码', '身份证', '证件号', '公民身份号码'],
    idKind: ['证件类型', '证件种类'],
  },
  main: true,
}

/** Members of a unit signed up for events from a workbook: the third door to the same place. */
export const entryTarget: TargetSpec = {
  key: 'eventEntry',
  label: '活动报名名单',
  version: 1,
  sheets: [entrySheet],
  most: mostRowsOf('eventEntry'),
  enterBy: 'event.proxy',
  commitBy: 'event.proxy',
  goesBack: '这次报上的名',
  stays: '已过取消时间的和后来有变动的',
  afterwards: '要取消的请到活动的报名名单里逐个办理',
  guide: [
    '每人一行，只填本单位会员名册里的人；先问过本人愿意参加。',
    '报名的先后按行的顺序，以确认导入的时间为准；名额满了设候补的列入候补，不设候补的报不上。',
    '本人已在手机上报过名的不会重复报名，只显示“已有”。',
  ],
}
