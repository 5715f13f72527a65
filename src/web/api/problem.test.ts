import { expect, test } from 'vitest'
import { ApiProblem, problemOf, toProblem } from './problem.ts'

test('an error of the contract keeps its code, number and issues', () => {
  const body = {
    code: '409.1',
    message: '孟慧例 已于 4/16 改动了这条记录',
    reqId: 'r1',
    issues: [{ field: 'all', message: '请核对' }],
  }
  const problem = problemOf(409, body)
  expect(problem).toMatchObject({ status: 409, message: body.message, body })
})

test('a page of a proxy or an empty answer still gives a sentence', () => {
  expect(problemOf(502, null).message).toMatch('重启')
  expect(problemOf(500, '<html>').body.code).toBe('500')
  expect(problemOf(418, { error: 'x' }).message).not.toBe('')
})

test('whatever was thrown can be told to the reader', () => {
  const known = new ApiProblem(404, { code: '404.1', message: '没有找到' })
  expect(toProblem(known)).toBe(known)
  expect(toProblem(new TypeError('x is undefined')).message).not.toMatch('undefined')
})
