import { expect, it } from 'vitest'
import { chainOf, type Sibling } from './chain.ts'

const one = (regNo: string, replacesNo: string | null, signedOn = `20${regNo}-01-01`): Sibling => ({
  id: `id-${regNo}`,
  regNo,
  replacesNo,
  signKind: replacesNo === null ? '首签' : '续订',
  state: 'accepted',
  signedOn,
  termFromOn: signedOn,
  termUntilOn: signedOn,
})
const told = (own: Sibling, all: Sibling[]) => chainOf(own, all).map((l) => `${l.regNo}${l.id ? '' : '?'}`)

it('follows a contract back and forth, past an amendment', () => {
  const all = [one('13', null), one('16', '13'), one('17', '16'), one('19', '16'), one('18', null)]
  expect(told(all[1]!, all)).toEqual(['13', '16', '17', '19'])
  expect(told(all[0]!, all)).toEqual(['13', '16', '17', '19'])
  expect(told(all[4]!, all)).toEqual(['18'])
})

it('begins with a number that nobody entered', () => {
  expect(told(one('19', '16'), [])).toEqual(['16?', '19'])
})

it('ends where numbers name each other in a ring', () => {
  const ring = [one('16', '19'), one('19', '16')]
  expect(told(ring[1]!, ring)).toEqual(['16', '19'])
})
