import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { programmes } from '#programmes/index.ts'
import { realToday } from '#kit/day.ts'
import {
  impactFaults,
  impactPage,
  impacts,
  sensitiveFields,
  sensitivePurposes,
  type Assessment,
} from './impact.ts'
import { personalTables } from './registry.ts'

/** Day of this build: that of its sources where the builder names it, else today. */
const epoch = process.env['SOURCE_DATE_EPOCH']
const builtOn = epoch ? new Date(Number(epoch) * 1000).toISOString().slice(0, 10) : realToday()

const one: Assessment = {
  necessity: '',
  influence: '',
  measures: [],
  plain: '',
  madeOn: '2026-01-01',
  reviews: [],
  nextOn: '2027-01-01',
}

it('every sensitive purpose has an assessment that is not overdue', () => {
  expect(sensitivePurposes(programmes)).toEqual(
    expect.arrayContaining(['membership', 'screening', 'matchmaking', 'emergency', 'self']),
  )
  expect(impactFaults(builtOn, sensitivePurposes(programmes))).toEqual([])
})

it('a table that keeps what is sensitive wants one too, whether or not a purpose of the register opens it', () => {
  const columns = { words: { ...personalTables['match_profile']!.columns['card']! } }
  const fresh = { fresh: { ...personalTables['match_profile']!, columns } }
  expect(impactFaults(builtOn, sensitivePurposes(programmes, { ...personalTables, ...fresh }))).toEqual([
    'table:fresh: no assessment',
  ])
  expect(sensitiveFields('matchmaking')).toEqual(['昵称、区市和介绍', '联系方式'])
})

it('each says something on every point of the law, and to the woman in her words', () => {
  for (const [purpose, a] of Object.entries(impacts)) {
    for (const text of [a!.necessity, a!.influence, a!.plain])
      expect([purpose, text.length > 15]).toEqual([purpose, true])
    expect(a!.measures.length).toBeGreaterThanOrEqual(3)
  }
})

it('a purpose without one, a review that is past, and one of nothing are named', () => {
  expect(impactFaults('2026-06-01', ['screening'], {})).toEqual(['screening: no assessment'])
  expect(impactFaults('2027-01-01', ['screening'], { screening: one })).toEqual([])
  expect(impactFaults('2027-01-02', ['screening'], { screening: one })).toEqual([
    'screening: review was due on 2027-01-01',
  ])
  const reviewed = { ...one, reviews: [{ on: '2027-01-01', finding: '无变化' }] }
  expect(impactFaults('2026-06-01', ['screening'], { screening: reviewed })).toEqual([
    'screening: next review is not after the last',
  ])
  expect(impactFaults('2026-06-01', [], { 'programme:gone': one })).toEqual([
    'programme:gone: touches nothing sensitive',
  ])
})

it('docs/impact-assessments.md is the register in force; npm run docs writes it anew', () => {
  expect(readFileSync('docs/impact-assessments.md', 'utf8')).toBe(impactPage(programmes))
})
