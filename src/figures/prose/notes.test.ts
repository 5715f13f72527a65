import { describe, expect, it } from 'vitest'
import { notesOf } from './notes.ts'
import { proofread, type Live } from './proof.ts'
import { rateNotes } from './rates.ts'

const live: Live = {
  year: 2019,
  values: new Map<string, number | null>([
    ['training.sessions', 485],
    ['training.attendances', 30_123],
  ]),
  below: [],
}
const read = (...texts: string[]) =>
  proofread(
    texts.map((text) => ({ text })),
    live,
    new Set(live.values.keys()),
  )
const notes = (...texts: string[]) =>
  notesOf(
    read(...texts),
    texts.map((text) => ({ text })),
  ).map(({ text }) => text)

describe('what is said beside the verdicts', () => {
  it('tells parts that do not make their sum', () => {
    expect(notes('慰问女职工500人，其中单亲母亲200人、困难女职工320人。')).toEqual([
      '其中各项相加为520人，比500人多20',
    ])
    expect(notes('慰问女职工500人，其中单亲母亲200人、困难女职工300人。')).toEqual([])
  })

  it('tells a total behind parts that do not make it, and no total of other things', () => {
    expect(notes('首签合同35份，续签61份，合计100份。')).toEqual([
      '前面各项相加为96份，与合计的100份相差4，请核对',
    ])
    expect(notes('首签合同35份，续签61份，合计96份。')).toEqual([])
    expect(notes('首签合同35份，发放手册两万余份，合计100份。')).toEqual([])
    expect(notes('首签合同35份。续签61份，合计100份。')).toEqual([])
  })

  it('tells one figure written twice that no value can bear, and no other', () => {
    expect(notes('举办女职工教育培训485期。', '举办女职工教育培训486期。')).toEqual([
      '前文写作“485期”，同一数据两处不一致',
    ])
    expect(notes('培训女职工3万人次。', '培训女职工30123人次。')).toEqual([])
  })

  it('tells a jump of typed headings', () => {
    expect(notes('一、总结', '（一）甲', '（三）乙', '二、计划', '（一）丙', '（二）丁')).toEqual([
      '标题序号不连续：一之后是三',
    ])
  })
})

it('names both rates that pass as 组建率, and which of them a figure fits', () => {
  const rates = {
    formation: { part: 50, whole: 52 },
    employers: { part: 88, whole: 100 },
    today: '2020-04-16',
  }
  const told = (text: string) => rateNotes(read(text), [{ text }], rates).map((note) => note.text)
  const both = '按2020-04-16的登记：女职工委员会组建率 96.15%（50/52），用人单位覆盖率 88%（88/100）。'
  expect(told('女职工组织组建率达96.2%。')).toEqual([
    `${both}文中的数与女职工委员会组建率相符；请写明是哪一种率`,
  ])
  expect(told('女职工组织覆盖率保持在95%。')).toEqual([
    `${both}文中的数与这些都不同，请核对；请写明是哪一种率`,
  ])
  expect(told('专项集体合同覆盖率达95%。')).toEqual([])
  expect(told('女职工委员会覆盖率提高，满意率达95%。')).toEqual([])
})
