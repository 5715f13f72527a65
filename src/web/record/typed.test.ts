import { describe, expect, it } from 'vitest'
import { beginTyped } from './typed.ts'

const asked = { version: 1, sentAt: null }
const at = '2020-04-16T02:00:00.000Z'
const here = (seen: number, isSaved: boolean, more: object = {}) => ({
  version: 1,
  values: { note: '本机' },
  typedAt: at,
  seen,
  isSaved,
  ...more,
})
const held = (sequence: number, more: object = {}) => ({
  version: 1,
  sequence,
  values: { note: '别处' },
  typedAt: at,
  ...more,
})

describe('a form that was left', () => {
  it.each([
    ['nothing anywhere', null, null, [null, null, 0, null]],
    ['typed here alone', here(0, false), null, ['本机', 'here', 0, null]],
    ['typed at another machine alone', null, held(3), ['别处', 'elsewhere', 3, null]],
    ['both the same copy', here(3, true), held(3), ['本机', 'here', 3, null]],
    ['here further than the server has it', here(3, false), held(3), ['本机', 'here', 3, null]],
    ['gone on with elsewhere', here(2, true), held(3), ['别处', 'elsewhere', 3, null]],
    [
      'gone on with at both: hers stays, the other is offered',
      here(2, false),
      held(3),
      ['本机', 'here', 2, '别处'],
    ],
    ['sent from elsewhere: the server has none any more', here(3, true), null, [null, null, 0, null]],
    ['sent from elsewhere, and typed on here', here(3, false), null, ['本机', 'sent', 0, null]],
    ['no answer', here(3, true), 'unanswered', ['本机', 'here', 3, null]],
    ['no answer, and nothing here', null, 'unanswered', [null, null, 0, null]],
  ] as const)('%s', (_, local, there, expected) => {
    const { values, from, seen, rival } = beginTyped(local, there, asked)
    expect([values?.['note'] ?? null, from, seen, rival?.values['note'] ?? null]).toEqual(expected)
  })

  it('is not given back where something else is asked now, or it was sent since', () => {
    const other = { version: 2, sentAt: null }
    expect(beginTyped(here(3, false), held(3), other)).toEqual({
      values: null,
      seen: 3,
      from: null,
      rival: null,
    })
    const sent = { version: 1, sentAt: '2020-04-16T03:00:00.000Z' }
    expect(beginTyped(here(3, false), held(3), sent).values).toBeNull()
    expect(beginTyped(here(3, false, { typedAt: '2020-04-16T04:00:00.000Z' }), held(3), sent).values).toEqual(
      {
        note: '本机',
      },
    )
  })
})
