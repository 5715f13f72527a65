import { expect, test } from 'vitest'
import { sizeText } from './words.ts'

test('a size as a person reads it', () => {
  expect([10, 1536, 1024 * 1024 - 1, 3.25 * 1024 * 1024].map(sizeText)).toEqual([
    '1 KB',
    '2 KB',
    '1024 KB',
    '3.3 MB',
  ])
})
