import { expect, it } from 'vitest'
import { chinese, printedModel } from './model.ts'
import { clauseItems } from './clauses.ts'
import { contractFloors } from './tables.ts'

const floors = contractFloors.versions[0]!.value
const texts = (clauses: Parameters<typeof printedModel>[0]) =>
  printedModel(clauses, floors).flatMap((chapter) => chapter.articles)

it('has an article for each item, with the floors of the table', () => {
  const all = texts([])
  expect(all).toHaveLength(clauseItems.length - 1)
  expect(all.map((a) => a.text).join('')).toContain('不少于98天的产假')
})

it('gives way to the words of the record, item by item', () => {
  const all = texts([
    { item: '产假', quote: '产假一百五十八天。', agreed: 158 },
    { item: '其他', quote: '设女职工休息日。', agreed: null },
  ])
  expect(all.filter((a) => a.quoted).map((a) => a.text)).toEqual(['产假一百五十八天。', '设女职工休息日。'])
  expect(all.map((a) => a.text).join('')).not.toContain('不少于98天的产假')
})

it('counts in Chinese', () => {
  expect([1, 10, 11, 20, 25].map(chinese)).toEqual(['一', '十', '十一', '二十', '二十五'])
})
