import { describe, expect, it } from 'vitest'
import { canonicalJson, contradictions, type FigureRun, type OfficialDocument } from './document.ts'

const figure: FigureRun = {
  indicator: 'training.sessions',
  label: '教育培训期数',
  value: 485,
  unit: '期',
  written: '485期',
  snapshot: 'S2019-1',
}
const document: OfficialDocument = {
  title: ['2019年工作总结'],
  date: '（2020年4月16日）',
  blocks: [{ kind: 'paragraph', runs: [{ text: '举办培训' }, { figure }] }],
  signature: { name: '滨海市总工会', date: '2020年4月16日' },
  sources: [
    {
      no: 1,
      programme: '教育培训',
      indicator: 'training.sessions',
      label: '教育培训期数',
      value: 485,
      unit: '期',
      definition: '审核通过的期数',
      link: '',
    },
  ],
}
const [row] = document.sources

describe('contradictions', () => {
  it('finds none in a sound document', () => expect(contradictions(document)).toEqual([]))

  it('names a figure without a source, a source given twice, a value that differs', () => {
    expect(contradictions({ ...document, sources: [] })).toEqual(['正文数据“教育培训期数”未列入数据来源表'])
    expect(contradictions({ ...document, sources: [row!, row!] })).toEqual([
      '数据来源表中“教育培训期数”重复列出',
    ])
    expect(contradictions({ ...document, sources: [{ ...row!, value: 486 }] })).toEqual([
      '“教育培训期数”正文取485期，数据来源表为486期，两者不一致',
    ])
  })
})

describe('canonical JSON', () => {
  it('is one text for one content, whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: '二', c: null }], e: undefined })).toBe(
      '{"a":[{"c":null,"d":"二"}],"b":1}',
    )
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }))
    expect(canonicalJson('e\u0301')).toBe(canonicalJson('\u00e9'))
  })

  it('is another text for another content', () => {
    expect(canonicalJson(document)).not.toBe(canonicalJson({ ...document, title: ['2018年工作总结'] }))
    expect(canonicalJson(['a', 'b'])).not.toBe(canonicalJson(['b', 'a']))
    expect(canonicalJson('1')).not.toBe(canonicalJson(1))
  })
})
