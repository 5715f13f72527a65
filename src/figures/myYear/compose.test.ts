import { describe, expect, it } from 'vitest'
import { programmes } from '#programmes/index.ts'
import type { MyYear, Work } from './api.ts'
import { documentOf, plainTextOf, sentenceOf } from './compose.ts'

const work = (programme: string, counts: Partial<Work['counts']>, figures: Work['figures'] = []): Work => ({
  programme,
  counts: { entered: 0, accepted: 0, reviewed: 0, returned: 0, ...counts },
  figures,
})

describe('a sentence', () => {
  it.each<[Partial<Work['counts']>, string]>([
    [{ entered: 3, accepted: 3 }, '填报培训3条，均已审核通过。'],
    [{ entered: 3, accepted: 1 }, '填报培训3条，其中1条已审核通过。'],
    [{ entered: 2 }, '填报培训2条，尚未审核通过。'],
    [{ reviewed: 5, returned: 1 }, '审核下级上报的培训5条，退回修改1条。'],
    [{ returned: 1 }, '退回修改培训1条。'],
  ])('%j', (counts, sentence) => {
    expect(sentenceOf('培训', work('training', counts))).toBe(sentence)
  })

  it('names figures exactly with their units, money in yuan, and leaves out what is nought or below', () => {
    const { counts, figures } = work('training', { entered: 1, accepted: 1 }, [
      { indicator: 'training.sessions', value: 12 },
      { indicator: 'screening.fund', value: 0 },
      { indicator: 'training.persons', value: -3 },
    ])
    expect(sentenceOf('培训', { programme: 'training', counts, figures })).toBe(
      '填报培训1条，均已审核通过，计入教育培训12期。',
    )
  })
})

const year: MyYear = {
  year: 2019,
  person: '郝例娟',
  title: '女工主任',
  org: { id: 1, code: 'U1', name: '示例工会', shortName: '示例', tier: 'grassroots' },
  reviews: false,
  me: [work('training', { entered: 1, accepted: 1 }), work('honour', { entered: 1 })],
  unit: [],
  others: { me: [{ deed: 'tasksAnswered', n: 4 }], unit: [] },
}

it('text and paper say the same, in the order of the annual summary; who did nothing is told so', () => {
  const text = plainTextOf(year, programmes)
  expect(
    text
      .split('\n')
      .slice(0, 4)
      .map((line) => line.slice(0, 10)),
  ).toEqual(['一、本人工作', '（一）思想引领与表彰', '（二）素质提升。填报', '（三）其他工作。完成'])
  expect(text).toContain('本年度本单位没有在系统中填报或审核记录。')
  const document = documentOf(year, programmes, '2020-04-16', true)
  expect(document.banner).toBe('演示数据')
  const said = document.blocks.flatMap((b) =>
    b.kind === 'heading'
      ? [b.text]
      : [`${b.lead ?? ''}${b.runs.map((r) => ('text' in r ? r.text : '')).join('')}`],
  )
  expect(said.slice(0, -1).join('\n')).toBe(text)
})
