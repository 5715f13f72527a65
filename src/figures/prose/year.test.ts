import { expect, it } from 'vitest'
import { yearOf } from './proof.ts'

it('finds the year of a report', () => {
  const years = ['某市2019年工作总结和2020年工作思路', '二〇二一年度总结', '没有年份'].map((text) =>
    yearOf([{ text }]),
  )
  expect(years).toEqual([2019, 2021, null])
})
