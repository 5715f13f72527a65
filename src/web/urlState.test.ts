import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { parseSearch, readSearch, stringifySearch, withQuery } from './urlState.ts'

test('text goes into the address and comes back, Han characters and separators too', () => {
  const search = { q: '马栏 & 沙=河?', from: '2019-03-01', where: 'carrier:流动课堂', year: '2019' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
})

test('numbers in the address stay text', () => {
  expect(parseSearch('?year=2019&id=007')).toEqual({ year: '2019', id: '007' })
})

test('what is absent or empty leaves the address', () => {
  expect(stringifySearch({ q: '', state: undefined, page: null })).toBe('')
  expect(withQuery('/figures', {})).toBe('/figures')
})

test('broken escapes do not break the page', () => {
  expect(parseSearch('?q=%E6%B2&x')).toEqual({ q: '%E6%B2', x: '' })
  expect(parseSearch('?q=a+b')).toEqual({ q: 'a b' })
})

test('unknown and invalid parameters are dropped, valid ones stay', () => {
  const read = readSearch(
    z.strictObject({ size: z.optional(z.enum(['10', '20'])), q: z.optional(z.string()) }),
  )
  expect(read({ size: '7', q: 'x', utm: 'y' })).toEqual({ q: 'x' })
  expect(read({ size: '20' })).toEqual({ size: '20' })
})
