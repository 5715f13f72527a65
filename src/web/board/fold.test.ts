import { expect, test } from 'vitest'
import type { Board, Filed } from '#figures/board/api.ts'
import type { Tier } from '#org/api.ts'
import { acceptedOf, coverageOf, foldedName, foldUnits } from './fold.ts'

const unit = (id: number, tier: Tier, first: Filed): Board['units'][number] => ({
  org: { id, code: `U${id}`, name: `单位${id}`, shortName: `单位${id}`, tier },
  coverage: { units: 2, formed: 1, overdue: 0, missing: 1, notDue: 0, unknown: 0 },
  months: [first, ...Array.from({ length: 11 }, () => null)],
})

test('units attached directly stand apart behind the offices, and are told together', () => {
  const units = [
    unit(1, 'grassroots', 'accepted'),
    unit(2, 'subdistrict', 'none'),
    unit(3, 'grassroots', 'waiting'),
    unit(4, 'subdistrict', 'none'),
  ]
  const { shown, direct } = foldUnits(units)
  expect([shown.map((u) => u.org.id), direct.map((u) => u.org.id)]).toEqual([
    [2, 4],
    [1, 3],
  ])
  expect(foldedName(direct)).toBe('直属基层 2 家')
  expect(coverageOf(direct)).toEqual({ units: 4, formed: 2, overdue: 0, missing: 2, notDue: 0, unknown: 0 })
  expect(acceptedOf(direct).slice(0, 2)).toEqual([1, null])
  expect(foldUnits(units.slice(0, 2)).shown.map((u) => u.org.id)).toEqual([2, 1])
})
