import { expect, it } from 'vitest'
import { memoOf } from './exchange.ts'
import { claimFields, condolenceOf, condolenceTerms, readClaim } from './condolence.ts'

const terms = condolenceTerms.versions[0]!.value
const paid = (ownPaid: number, mutual = 0, serious = 0) => condolenceOf({ ownPaid, mutual, serious }, terms)

it.each([
  [0, 0, 0, 2000],
  [5000, 1000, 500.5, 5499.5],
  [10_000, 1000, 1000, 10_000],
  [10_000.01, 1000, 1000, 10_000],
  [9999.99, 1000, 1000, 9999.99],
])('of %d paid, %d and %d given back, she gets %d', (own, mutual, serious, sum) =>
  expect(paid(own, mutual, serious)).toBe(sum),
)

const claim = {
  seenOn: '2020-04-16',
  ownPaid: 100,
  mutual: 50,
  serious: 50,
  bank: '示例银行',
  account: '6222020000000000',
}
const faults = (more: object) => readClaim({ ...claim, ...more }, '2020-04-16').issues.map((i) => i.field)

it('looks at papers today or before, and gives back no more than she paid', () => {
  expect(faults({})).toEqual([])
  expect(faults({ seenOn: '2020-04-17' })).toEqual(['seenOn'])
  expect(faults({ serious: 50.01 })).toEqual(['ownPaid'])
})

it('tells the bank of no illness', () => {
  expect([memoOf('两癌慰问金'), memoOf('生活')]).toEqual(['工会慰问金', '工会生活帮扶'])
})

it('has no field for what she has, and takes none', () => {
  expect(Object.keys(claimFields)).toEqual(['seenOn', 'ownPaid', 'mutual', 'serious', 'bank', 'account'])
  expect(faults({ diagnosis: '…' })).toEqual(['diagnosis'])
})
