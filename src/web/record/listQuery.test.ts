import { expect, test } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { isFiltered, presetsOf, queryOf, refiltered, whereOptions } from './listQuery.ts'

test('a new filter goes back to the first page and closes the drawer', () => {
  const search = { org: '7', q: '讲堂', after: 'k', id: 'x', size: '50' as const }
  expect(refiltered(search, { q: undefined })).toMatchObject({ org: '7', size: '50' })
  expect(Object.values(refiltered(search, {})).filter((v) => v === 'k' || v === 'x')).toEqual([])
})

test('unit and page size are no filters: an empty list then means nothing was entered', () => {
  expect(isFiltered({ org: '7', size: '50', after: 'k' })).toBe(false)
  expect(isFiltered({ where: 'carrier:流动课堂' })).toBe(true)
})

test('the drawer is not part of the query; without a unit it is her own', () => {
  expect(queryOf({ id: 'x', q: '讲堂' }, 42)).toEqual({ q: '讲堂', org: '42' })
  expect(queryOf({ org: '7' }, 42)).toEqual({ org: '7' })
})

test('every choice of a programme can be filtered by', () => {
  const groups = whereOptions(findProgramme('training')!)
  expect(groups.flatMap((g) => g.options.map((o) => o.value))).toContain('carrier:流动课堂')
  const yesNo = whereOptions(findProgramme('careRoom')!).find((g) => g.label === '无障碍通行')!
  expect(yesNo.options).toEqual([
    { label: '无障碍通行：是', value: 'stepFree:true' },
    { label: '无障碍通行：否', value: 'stepFree:false' },
  ])
})

test('periods are seen from the business date', () => {
  const by = Object.fromEntries(presetsOf('2020-02-16').map((p) => [p.label, [p.from, p.until]]))
  expect(by['本月']).toEqual(['2020-02-01', '2020-02-29'])
  expect(by['本季度']).toEqual(['2020-01-01', '2020-03-31'])
  expect(by['近 30 天']).toEqual(['2020-01-18', '2020-02-16'])
  expect(by['去年']).toEqual(['2019-01-01', '2019-12-31'])
})
