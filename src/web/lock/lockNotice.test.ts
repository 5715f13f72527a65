import { expect, test } from 'vitest'
import type { Lock } from '#figures/lock/api.ts'
import { locksOn } from './lockNotice.tsx'

const lock = (fromYm: number, untilYm: number, reopenedAt: string | null = null): Lock => ({
  id: `${fromYm}`,
  org: { id: 1, code: 'C', name: '市总', shortName: '市总', tier: 'city' },
  fromYm,
  untilYm,
  note: '',
  waiting: 0,
  lockedBy: '例',
  lockedAt: '2020-04-16T00:00:00Z',
  askedBy: null,
  askedAt: null,
  reason: null,
  reopenedBy: null,
  reopenedAt,
  version: 1,
  askedByMe: false,
})
const list = {
  own: [lock(201905, 201905, '2020-04-16T00:00:00Z')],
  above: [lock(201901, 201903)],
  below: [lock(201904, 201904)],
  maySet: false,
  untilYm: 202003,
}

test.each([
  ['2019-01-01', 1],
  ['2019-03-31', 1],
  ['2019-04-01', 0],
  ['2019-05-01', 0],
  ['2019-02-30', 0],
  [null, 0],
])('%s lies in %i locked periods that hold for her unit', (day, n) => {
  expect(locksOn(list, day)).toHaveLength(n)
})
