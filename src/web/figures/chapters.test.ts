import { expect, test } from 'vitest'
import { indicators } from '#programmes/index.ts'
import { chapters, chaptersOf, findLine } from './chapters.ts'

const [some] = indicators
const inSection = (id: string, section: string) => ({
  ...some!,
  id,
  programme: { ...some!.programme, section },
})

test('every indicator of the register stands in exactly one chapter', () => {
  const shown = chapters.flatMap((chapter) => chapter.lines.map((line) => line.id))
  expect(shown.toSorted()).toEqual(indicators.map((line) => line.id).toSorted())
})

test('chapters follow the summary whatever the order of the register; an unknown section comes last by name', () => {
  const given = [
    inSection('c', '附'),
    inSection('b', '一（四）'),
    inSection('a', '一（一）'),
    inSection('b2', '一（四）'),
  ]
  expect(chaptersOf(given).map((c) => [c.section, c.lines.map((l) => l.id)])).toEqual([
    ['一（一）', ['a']],
    ['一（四）', ['b', 'b2']],
    ['附', ['c']],
  ])
  expect(chaptersOf(given).at(-1)!.title).toBe('附')
})

test('an id outside the register has no line', () => {
  expect(findLine(some!.id)?.indicator.label).toBe(some!.indicator.label)
  expect(findLine('training.nothing')).toBeNull()
})
