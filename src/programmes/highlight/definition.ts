import { choice, day, text } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 工作亮点: what has no count. 源头参与 is no kind here, for the records of policyInput say it already. */
export const highlight = defineProgramme({
  key: 'highlight',
  label: '工作亮点',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（六）',
  dated: 'achievedOn',
  fields: {
    kind: choice(
      '类别',
      ['典型经验', '媒体报道', '考核加分', '年度考核', '创新成果', '现场会介绍', '工作品牌', '平台上图'],
      { required: true },
    ),
    level: choice('级别', levels, { required: true }),
    authority: text('认定或发布单位', { required: true, max: 60 }),
    achievedOn: day('日期', { required: true, hint: '认定、发布或刊发的日期' }),
    docNo: text('文号或刊号', { max: 60, own: true }),
    link: text('链接', { max: 300, own: true }),
  },
  list: ['title', 'achievedOn', 'kind', 'level', 'authority'],
  indicators: {
    items: {
      label: '工作亮点条数',
      unit: '条',
      kind: 'document',
      measure: 'records',
      on: 'achievedOn',
      cell: 'none',
      style: 'exact',
      definition: '审核通过的工作亮点条数，各类各级合计；不含源头参与和选树表彰',
    },
  },
  check: (r) =>
    r.link !== null && !/^https?:\/\/\S+$/.test(r.link)
      ? [{ field: 'link', message: '链接要以 http:// 或 https:// 开头，中间没有空格' }]
      : [],
})
