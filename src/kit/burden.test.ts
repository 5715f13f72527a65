import { expect, test } from 'vitest'
import { programmes } from '#programmes/index.ts'
import { contract } from '#programmes/contract/definition.ts'
import { training } from '#programmes/training/definition.ts'
import { askedFields, filledIn, typedFields } from './burden.ts'

test('of a form that the unit has filled before, what is each time its own is typed, nothing else', () => {
  expect(typedFields(training)).toEqual(['title', 'startsOn', 'count', 'all', 'women', 'subject'])
  expect(filledIn(askedFields(training), false)).toEqual(new Set(['endsOn']))
  expect(typedFields(contract)).not.toContain('termFromOn')
  expect(typedFields(contract)).toContain('regNo')
})

test('the median of fields typed over all programmes is at most six', () => {
  const counts = programmes.map((programme) => [programme.label, typedFields(programme).length] as const)
  const sorted = counts.map(([, n]) => n).sort((a, b) => a - b)
  const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3)
  console.log(
    `fields typed per report of ${counts.length} programmes: median ${median}, most ${most.map(([label, n]) => `${label} ${n}`).join(', ')}`,
  )
  expect(median).toBeLessThanOrEqual(6)
})
