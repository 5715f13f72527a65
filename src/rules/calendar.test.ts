import { readFileSync } from 'node:fs'
import { isHoliday } from 'chinese-days'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { workCalendar, type SpecialDay } from './calendar.ts'

/** The days that came with the program, as the migration writes them. */
const seeded: SpecialDay[] = [
  ...readFileSync('migrations/0070-work-calendar.sql', 'utf8').matchAll(
    /\('(\d{4}-\d\d-\d\d)', '(off|work)', '(.+?)'\)/g,
  ),
].map(([, day, kind, name]) => ({ day: day!, kind: kind as 'off' | 'work', name: name! }))
const calendar = workCalendar(seeded)

describe('the working calendar of China', () => {
  it('is what the maintained library says, every day from 2019 to 2026', () => {
    const wrong: string[] = []
    for (let day = '2019-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      if (calendar.isWorkday(day) === isHoliday(day)) wrong.push(day)
    expect(wrong).toEqual([])
  })

  it.each([
    ['2020-04-06', false, '清明, a Monday'],
    ['2020-04-26', true, 'a Sunday worked for 劳动节'],
    ['2020-04-25', false, 'a Saturday'],
    ['2027-02-08', true, 'a year that nobody announced: by the week'],
  ])('%s: %s (%s)', (day, worked) => expect(calendar.isWorkday(day)).toBe(worked))

  it('counts working days across holidays, worked weekends and backwards', () => {
    expect(calendar.between('2020-04-30', '2020-05-06')).toBe(1)
    expect(calendar.between('2020-05-06', '2020-04-30')).toBe(-1)
    expect(calendar.between('2020-04-24', '2020-04-27')).toBe(2)
    expect(calendar.between('2020-04-16', '2020-04-16')).toBe(0)
    expect(calendar.add('2020-04-30', 1)).toBe('2020-05-06')
    expect(calendar.add('2020-05-06', -1)).toBe('2020-04-30')
    expect(calendar.add('2020-04-24', 1)).toBe('2020-04-26')
    expect(calendar.onOrAfter('2020-05-01')).toBe('2020-05-06')
    expect(calendar.onOrBefore('2020-05-05')).toBe('2020-04-30')
    expect(calendar.onOrAfter('2020-05-06')).toBe('2020-05-06')
  })
})
