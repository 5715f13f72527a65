import { expect, it } from 'vitest'
import { readEntry } from '#person/rules.ts'
import { demoMembers } from './members.ts'
import { isMadeUpPerson } from './names.ts'
import { demoPeople } from './people.ts'
import { demoTree } from './tree.ts'

const tree = demoTree()
const people = demoPeople(tree)
const members = demoMembers(tree, people, [])

it('some hundreds, valid by the rules, each under a name and a number of her own that show they are made up', () => {
  expect(members.length).toBeGreaterThan(250)
  expect(members.length).toBeLessThan(600)
  for (const { body } of members) {
    expect(readEntry(body, '2020-04-16').issues).toEqual([])
    expect(isMadeUpPerson(String(body['name']))).toBe(true)
    expect(String(body['idNumber'])).toMatch(/^210299/)
  }
  for (const key of ['idNumber', 'phone', 'name'])
    expect(new Set(members.map((m) => m.body[key])).size).toBe(members.length)
})

it('no unit has more than its head count, and the workers of the picker are among them, one not yet a member', () => {
  for (const org of tree) {
    const here = members.filter((m) => m.orgCode === org.code)
    expect(here.length).toBeLessThanOrEqual(org.womenMembers)
  }
  const workers = people.filter((p) => p.role === 'worker')
  expect(
    members
      .filter((m) => m.login !== undefined)
      .map((m) => [m.orgCode, m.login, m.body['name'], m.body['kind']]),
  ).toEqual(workers.map((w) => [w.orgCode, w.key, w.name, w.key === 'newWorker' ? '女职工' : '会员']))
})

it('is the same on every machine', () => expect(demoMembers(tree, people, [])).toEqual(members))
