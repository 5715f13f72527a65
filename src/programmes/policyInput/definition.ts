import { headcount } from '#kit/check.ts'
import { choice, count, day, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 源头参与: the union's part in the making of laws, policies and model texts; one record per document. */
export const policyInput = defineProgramme({
  key: 'policyInput',
  label: '源头参与',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（三）',
  dated: 'sentOn',
  fields: {
    kind: choice('类别', ['参与起草', '修改建议', '提案议案', '调研报告'], { required: true }),
    document: text('文件名称', { required: true, max: 100, own: true }),
    authority: text('主办机关', { required: true, max: 60 }),
    sentOn: day('提出日期', { required: true }),
    suggestions: count('建议条数', { required: true }),
    adopted: count('采纳条数'),
  },
  list: ['title', 'sentOn', 'kind', 'authority', 'suggestions', 'adopted'],
  indicators: {
    documents: {
      label: '源头参与件数',
      unit: '件',
      kind: 'document',
      measure: 'records',
      on: 'sentOn',
      cell: 'none',
      style: 'exact',
      definition: '参与起草、提出修改建议、提案议案和调研报告的文件件数，按提出日期计；一份文件计一件',
    },
    suggestions: {
      label: '源头参与建议条数',
      unit: '条',
      kind: 'document',
      measure: { sum: 'suggestions' },
      on: 'sentOn',
      cell: 'none',
      style: 'exact',
      definition: '向主办机关提出的建议条数，按提出日期计',
    },
    adopted: {
      label: '源头参与采纳条数',
      unit: '条',
      kind: 'document',
      measure: { sum: 'adopted' },
      on: 'sentOn',
      cell: 'none',
      style: 'exact',
      definition: '得到主办机关采纳的建议条数，按提出日期计；未答复的不计',
    },
  },
  check: (r) => headcount(r.adopted, r.suggestions, 'adopted', ['采纳条数', '建议条数']),
})
