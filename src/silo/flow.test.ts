import { expect, test } from 'vitest'
import { actsOf, flows, nextStep, stateAfter, type Standing } from './flow.ts'
import { silos, type SiloState } from './kinds.ts'

test('each silo goes through its steps to the end', () => {
  for (const silo of silos) {
    let state: SiloState = 'received'
    for (const step of flows[silo]) {
      expect(nextStep(silo, state)).toBe(step)
      state = stateAfter(step)
    }
    expect(nextStep(silo, state)).toBeNull()
  }
})

const acts = (
  state: SiloState,
  standing: Partial<Standing>,
  silo: 'legal' | 'complaint' | 'counsel' = 'legal',
) =>
  actsOf(
    { silo, state, isUrgent: false, isReferring: false },
    { duty: 'handler', mine: false, hers: standing.mine ?? false, tookIn: false, reads: false, ...standing },
  )

test('who took it in does not approve it, and who dealt with it does not ask how it went', () => {
  expect(acts('accepted', { duty: 'lead', tookIn: true })).not.toContain('approve')
  expect(acts('accepted', { duty: 'lead' })).toContain('approve')
  expect(acts('closed', { duty: 'lead', mine: true })).toEqual([])
  expect(acts('closed', { duty: 'lead', hers: true })).toEqual([])
  expect(acts('closed', { duty: 'lead' })).toEqual(['visit'])
})

test('only whom it is given to answers and closes it; who takes it in gives it, a lead alone hands it over', () => {
  expect(acts('assigned', { mine: true, reads: true })).toEqual([
    'close',
    'recuse',
    'refer',
    'answer',
    'note',
    'urgent',
  ])
  expect(acts('assigned', { duty: 'lead' })).toEqual(['assign'])
  expect(acts('approved', { duty: 'intake', reads: true })).toEqual(['assign', 'urgent'])
  expect(acts('assigned', { duty: 'intake' })).not.toContain('assign')
})

test('what is urgent is calmed by a lead alone', () => {
  const matter = { silo: 'counsel', state: 'assigned', isUrgent: true, isReferring: false } as const
  expect(
    actsOf(matter, { duty: 'handler', mine: true, hers: true, tookIn: false, reads: true }),
  ).not.toContain('calm')
  expect(actsOf(matter, { duty: 'lead', mine: false, hers: false, tookIn: false, reads: true })).toContain(
    'calm',
  )
})
