import { expect, it } from 'vitest'
import { toldGroup } from './groups.ts'

it.each([
  [20, 12, 20, 12],
  [20, 20, 20, 20],
  [20, 0, 20, 0],
  // Four outside, or four inside: neither side is told, the whole is.
  [20, 16, 20, null],
  [20, 4, 20, null],
  [4, 4, null, null],
  [3, 0, null, null],
])('of %i women %i members: told %s and %s', (women, members, toldWomen, toldMembers) => {
  expect(toldGroup({ group: '保安员', women, members })).toEqual({
    group: '保安员',
    women: toldWomen,
    members: toldMembers,
  })
})
