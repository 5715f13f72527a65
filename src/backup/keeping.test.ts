import { expect, it } from 'vitest'
import { outdated } from './keeping.ts'

const nights = (month: string, days: number): string[] =>
  Array.from({ length: days }, (_, i) => `jinguo-${month}${String(i + 1).padStart(2, '0')}183000Z.backup`)

it('keeps the newest nights and the first of each month, and touches nothing else', () => {
  const all = [...nights('202001', 31), ...nights('202002', 29), ...nights('202003', 10)]
  const gone = outdated([...all, 'jinguo-20200101000000Z.backup.partial', '口令.txt'], 7, 2)
  expect(all.filter((name) => !gone.includes(name))).toEqual([
    'jinguo-20200201183000Z.backup',
    'jinguo-20200301183000Z.backup',
    ...nights('202003', 10).slice(-7),
  ])
  expect(gone.every((name) => all.includes(name))).toBe(true)
})

it('keeps all where there are few', () => {
  expect(outdated(nights('202001', 7), 7, 12)).toEqual([])
})
