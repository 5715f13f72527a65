import { describe, expect, it } from 'vitest'
import { blockedLines, noticeState, type Noticed, type Objected } from './state.ts'

const notice = (...objections: Objected[]): Noticed => ({
  closesOn: '2020-05-08',
  withdrawnOn: null,
  lines: [1, 2],
  objections,
})

describe('a notice', () => {
  it.each([
    ['2020-05-08', 'open'],
    ['2020-05-09', 'passed'],
  ])('on %s is %s', (today, state) => expect(noticeState(notice(), today)).toBe(state))

  it('with an objection that nobody answered does not pass, whatever the day', () => {
    const waiting = notice({ line: 1, state: 'open' })
    expect(noticeState(waiting, '2020-05-08')).toBe('open')
    expect(noticeState(waiting, '2021-05-09')).toBe('blocked')
  })

  it('a valid objection blocks its line alone; one against the whole blocks all', () => {
    const one = notice({ line: 2, state: 'valid' }, { line: 1, state: 'invalid' })
    expect([blockedLines(one), noticeState(one, '2020-05-09')]).toEqual([[2], 'passed'])
    const all = notice({ line: null, state: 'valid' })
    expect([blockedLines(all), noticeState(all, '2020-05-09')]).toEqual([[1, 2], 'blocked'])
  })

  it('that was withdrawn is neither open nor passed', () => {
    expect(noticeState({ ...notice(), withdrawnOn: '2020-05-07' }, '2020-05-09')).toBe('withdrawn')
  })
})
