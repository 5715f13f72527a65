import { describe, expect, it } from 'vitest'
import { indicators } from '#programmes/index.ts'
import { check, openFindings } from './checks.ts'
import { layoutOf, layouts, linesOf } from './layouts.ts'

const annual = layoutOf('annual')
const period = { fromYm: 201710, untilYm: 201809 }
const whole = { period, beganYm: 201501 }
/** Every line of the year at a value that agrees with all others. */
const sound = (): Map<string, { value: number | null; before: number | null }> =>
  new Map(linesOf(annual).map(({ code }) => [code, { value: 10, before: 10 }]))
const withValues = (values: Record<string, number | null>, before: Record<string, number> = {}) => {
  const all = sound()
  for (const [code, value] of Object.entries(values)) all.set(code, { value, before: before[code] ?? 10 })
  return check(annual, all, whole)
}

describe('layouts', () => {
  it('number each line once, and ask of indicators that there are, in their own unit', () => {
    const units = new Map(indicators.map(({ id, indicator }) => [id, indicator.unit]))
    for (const layout of layouts) {
      const lines = linesOf(layout)
      expect(new Set(lines.map((l) => l.code)).size).toBe(lines.length)
      const other = lines.filter((l) => 'indicator' in l.from && units.get(l.from.indicator) !== l.unit)
      expect(other).toEqual([])
    }
  })
})

describe('checks between cells', () => {
  it('find nothing in a sound table', () => expect(check(annual, sound(), whole)).toEqual([]))

  it.each([
    [{ '03': 11 }, 'most.03.02', 'must'],
    [{ '06': 11 }, 'most.06.05', 'must'],
    [{ '08': 11, '07': 10 }, 'most.08.07', 'must'],
    [{ '07': 12 }, 'most.07.05', 'ask'],
    [{ '34': 11 }, 'most.34.33', 'must'],
    [{ '21': 11 }, 'most.21.22', 'ask'],
    [{ '11': 0 }, 'pair.11.12', 'must'],
    [{ '12': 0 }, 'pair.11.12', 'must'],
    [{ '43': 11 }, 'pair.43.44', 'must'],
    [{ '35': 11 }, 'pair.35.36', 'ask'],
    [{ '38': 0 }, 'pair.37.38', 'ask'],
    [{ '09': null }, 'asked.09', 'must'],
  ] as const)('%o: %s', (values, id, level) => {
    const found = withValues(values)
    expect(found.map((f) => [f.id, f.level])).toContainEqual([id, level])
    expect(found.find((f) => f.id === id)!.message).toMatch(/^第 \d\d 行“.+”/)
  })

  it('ask why a number swung by more than half, from twenty on', () => {
    expect(withValues({ '41': 31 }, { '41': 20 }).map((f) => f.id)).toEqual(['swing.41'])
    expect(withValues({ '41': 9 }, { '41': 20 }).map((f) => f.id)).toEqual(['swing.41'])
    expect(withValues({ '41': 30 }, { '41': 20 })).toEqual([])
    expect(withValues({ '41': 100 }, { '41': 19 })).toEqual([])
  })

  it.each([
    [201801, ['begins.now'], '记录从2018年1月开始，2017年10月至2017年12月的数字不在表内'],
    [201710, [], '请核实并说明'],
    [201709, ['begins.before'], '上年同期只有2017年9月起的记录'],
    [201610, [], '请核实并说明'],
    [201810, [], '请核实并说明'],
    [null, [], '请核实并说明'],
  ] as const)('of books that begin in %s: %o', (beganYm, ids, words) => {
    const swung = sound().set('41', { value: 90, before: 20 })
    const found = check(annual, swung, { period, beganYm })
    // Where one of two periods is a part, no swing between them is asked about.
    expect(found.map(({ id }) => id)).toEqual(ids.length > 0 ? ids : ['swing.41'])
    expect(found[0]!.message).toContain(words)
  })

  it('let what is not told be', () => expect(withValues({ '31': null })).toEqual([]))

  it('a question is closed by its note, a fault is not', () => {
    const found = withValues({ '07': 12, '03': 11 })
    const notes = { 'most.07.05': '含灵活就业会员', 'most.03.02': '就是这样' }
    expect(openFindings(found, notes).map((f) => f.id)).toEqual(['most.03.02'])
  })
})
