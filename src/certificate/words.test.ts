import { expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { boundField } from '#paper/form/fill.ts'
import { certificateLayouts, findCertificate } from './layouts.ts'
import { boundBy, givenBy, isForPerson, isGiven, namesOf, wordsFor } from './words.ts'

it('every layout binds fields of its programme', () => {
  for (const layout of certificateLayouts) {
    const programme = findProgramme(layout.programme)!
    const bound = boundBy(layout)
    expect([layout.key, bound.length > 1]).toEqual([layout.key, true])
    expect([layout.key, bound.filter((name) => !boundField(programme, name))]).toEqual([layout.key, []])
  }
})

it('words name each title with its giver', () => {
  const titles = [
    { honourType: '巾帼标兵', giver: '全国总工会' },
    { honourType: '三八红旗手', giver: '市妇联' },
  ]
  expect(wordsFor(findCertificate('honour')!, { titles, docNo: '示例〔2019〕1号' }, '甲单位')).toBe(
    '荣获全国总工会授予的“巾帼标兵”称号、市妇联授予的“三八红旗手”称号（示例〔2019〕1号），特发此证，以资鼓励。',
  )
})

it('titles of others are left out', () => {
  const layout = findCertificate('honour')!
  const titles = [
    { honourType: '甲', giver: '示例市总工会女职工委员会' },
    { honourType: '乙', giver: '全国总工会' },
  ]
  const own = givenBy(layout, { titles }, '示例市总工会')
  expect([own['titles'], isGiven(layout, own)]).toEqual([[titles[0]], true])
  expect(isGiven(layout, givenBy(layout, { titles }, '示例区总工会'))).toBe(false)
  expect(givenBy(findCertificate('training-held')!, { titles }, '示例区总工会')['titles']).toBe(titles)
})

it('what was not entered leaves no hole', () => {
  const row = { startsOn: '2019-03-01', endsOn: '2019-03-08', title: '春季班', subject: '急救', hours: null }
  const layout = findCertificate('training-completion')!
  expect(wordsFor(layout, row, '甲单位')).toBe(
    '于2019年3月1日至2019年3月8日参加甲单位举办的“春季班”，学习内容为急救，完成学习，准予结业。',
  )
  expect(wordsFor(layout, { ...row, hours: 8 }, '甲单位')).toContain('，共8学时，')
  expect(wordsFor(layout, { ...row, endsOn: '2019-03-01' }, '甲单位')).toMatch(/^于2019年3月1日参加/)
})

it('a person is masked, a collective is not', () => {
  const layout = findCertificate('honour')!
  expect(
    ['个人', '女职工工作者', '家庭', '集体', '托管点'].map((subject) => isForPerson(layout, { subject })),
  ).toEqual([true, true, true, false, false])
})

it('names are read as they are pasted', () => {
  expect(namesOf('张示宁\n李示安、王示 \r\n\n张示宁,赵示')).toEqual(['张示宁', '李示安', '王示', '赵示'])
})
