import { expect, test } from 'vitest'
import { pickByNames } from './names.ts'

const persons = [
  { id: 'a', name: '王芳' },
  { id: 'b', name: '李演' },
  { id: 'c', name: '李演' },
]

test('a pasted list picks who is meant, and tells of whom there are none or several', () => {
  expect(pickByNames('王芳、李演\n赵无 王芳', persons)).toEqual({
    ids: ['a'],
    unknown: ['赵无'],
    twice: ['李演'],
  })
  expect(pickByNames(' ，', persons)).toEqual({ ids: [], unknown: [], twice: [] })
})
