import { expect, it } from 'vitest'
import { bounds, boundWords } from './bounds.ts'

it('says which rows are left and what to do', () => {
  expect(boundWords('exports')).toBe('仅列最近 100 条')
  expect(boundWords('orgSearch')).toBe('仅列前 30 条，请再多打几个字')
})

it('bounds no list at nothing', () => {
  for (const [list, { most }] of Object.entries(bounds)) expect(most, list).toBeGreaterThan(1)
})
