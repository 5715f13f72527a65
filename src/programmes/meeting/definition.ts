import { headcount } from '#kit/check.ts'
import { choice, count, day, note, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 女职委会议: the meetings of a women workers' committee; the full meeting adopts summary and plan. */
export const meeting = defineProgramme({
  key: 'meeting',
  label: '女职委会议',
  class: 'S1',
  section: '一（六）',
  dated: 'heldOn',
  fields: {
    kind: choice('会议类别', ['全委会', '常委会', '委员会议', '换届'], { required: true }),
    heldOn: day('会议日期', { required: true, hint: '按会议日期计入当月' }),
    sessionNo: text('届次', { max: 30, hint: '如：第六届三次', own: true }),
    due: count('应到人数', { required: true, min: 1, max: 9999 }),
    present: count('实到人数', { required: true, min: 1 }),
    agenda: note('议程', { required: true, max: 2000, own: true }),
    resolutions: note('决议', { max: 2000, own: true }),
    elections: note('选举和增补', { max: 1000, own: true }),
  },
  when: { elections: (r) => r.kind === '换届' || r.kind === '全委会' },
  list: ['title', 'heldOn', 'kind', 'sessionNo', 'due', 'present'],
  indicators: {
    meetings: {
      label: '女职委会议次数',
      unit: '次',
      kind: 'event',
      measure: 'records',
      on: 'heldOn',
      cell: 'none',
      style: 'exact',
      definition:
        '女职工委员会召开的全委会、常委会、委员会议和换届会议次数，按会议日期计；业务培训和座谈不计',
    },
  },
  check: (r) => [
    ...headcount(r.present, r.due, 'present', ['实到人数', '应到人数']),
    ...(r.kind === '换届' && !r.elections ? [{ field: 'elections', message: '换届会议请写明选举结果' }] : []),
  ],
  warn: (r) =>
    3 * r.present < 2 * r.due
      ? [
          {
            field: 'present',
            message: `实到 ${r.present} 人不足应到 ${r.due} 人的三分之二，请说明会议是否有效`,
          },
        ]
      : [],
})
