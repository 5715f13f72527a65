import { expect, test } from 'vitest'
import type { Tier } from '#org/api.ts'
import { byTier } from './order.ts'

test('offices come before grassroots unions; equals keep the order they came in', () => {
  const given: [string, Tier][] = [
    ['甲厂', 'grassroots'],
    ['乙街道', 'subdistrict'],
    ['丙厂', 'grassroots'],
    ['丁街道', 'subdistrict'],
  ]
  expect(byTier(given, ([, tier]) => tier).map(([name]) => name)).toEqual([
    '乙街道',
    '丁街道',
    '甲厂',
    '丙厂',
  ])
  expect(given[0]![0]).toBe('甲厂')
})
