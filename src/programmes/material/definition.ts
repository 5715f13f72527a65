import { otherNeedsWords } from '#kit/check.ts'
import { choice, count, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

const leaflets: readonly string[] = ['反家庭暴力宣传单', '女职工劳动保护宣传单']

/** 宣传品印发. Printing and handing out are two facts; moving stock between tiers is neither. */
export const material = defineProgramme({
  key: 'material',
  label: '宣传品印发',
  class: 'S1',
  section: '一（三）',
  fields: {
    item: choice(
      '品名',
      ['性别平等指导手册', '反家庭暴力宣传单', '女职工劳动保护宣传单', '两癌防治手册', '其他'],
      { required: true },
    ),
    otherItem: text('其他品名', { max: 60 }),
    act: choice('印制或发放', ['印制', '发放'], {
      required: true,
      hint: '发到职工手中才算发放；上级拨给下级不填',
    }),
    copies: count('份（册）数', { required: true, min: 1 }),
  },
  list: ['title', 'endsOn', 'item', 'act', 'copies'],
  when: { otherItem: (r) => r.item === '其他' },
  indicators: {
    equalityHandbooks: {
      label: '性别平等手册发放册数',
      unit: '册',
      kind: 'copy',
      measure: { sum: 'copies' },
      where: (r) => r.item === '性别平等指导手册' && r.act === '发放',
      cell: 'none',
      style: 'exact',
      definition: '发到职工手中的性别平等指导手册册数；只印未发的不计',
    },
    leaflets: {
      label: '普法宣传单发放份数',
      unit: '份',
      kind: 'copy',
      measure: { sum: 'copies' },
      where: (r) => leaflets.includes(r.item) && r.act === '发放',
      cell: 'none',
      style: 'wan1',
      definition: '发到职工手中的反家庭暴力和女职工劳动保护两种宣传单份数合计',
    },
    screeningBooklets: {
      label: '两癌手册印制册数',
      unit: '册',
      kind: 'copy',
      section: '一（四）',
      measure: { sum: 'copies' },
      where: (r) => r.item === '两癌防治手册' && r.act === '印制',
      cell: 'none',
      style: 'wan1',
      definition: '印制的两癌防治手册册数；按印制计，不按发放计',
    },
  },
  check: (r) => otherNeedsWords(r.item, r.otherItem, 'otherItem', '其他品名'),
})
