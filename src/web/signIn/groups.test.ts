import { expect, test } from 'vitest'
import type { DemoPerson } from '#identity/api.ts'
import { groupPeople } from './groups.ts'

const person = (
  name: string,
  tier: DemoPerson['org']['tier'],
  role: DemoPerson['role'] = 'cadre',
): DemoPerson => ({
  accountId: name,
  name,
  title: '',
  pitch: '',
  role,
  org: { id: 1, code: 'A', name: '甲', shortName: '甲', tier },
})

test('everybody stands in exactly one group, cadres from the grassroots up, the rest last', () => {
  const people = [
    person('市', 'city'),
    person('审计', 'city', 'auditAdmin'),
    person('女工', 'grassroots', 'worker'),
    person('产业', 'industry'),
    person('区', 'district'),
    person('基层', 'grassroots'),
    person('领导', 'city', 'leader'),
  ]
  const groups = groupPeople(people)
  expect(groups.map((g) => g.people.map((p) => p.name))).toEqual([
    ['基层'],
    ['产业', '区'],
    ['市', '领导'],
    ['审计', '女工'],
  ])
})
