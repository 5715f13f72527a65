import { describe, expect, it } from 'vitest'
import { isMadeUpPerson } from '#demo/names.ts'
import { demoPeople, type PersonSeed } from '#demo/people.ts'
import { demoTree } from '#demo/tree.ts'

const tree = demoTree()
const people = demoPeople(tree)
const byCode = new Map(tree.map((o) => [o.code, o]))
const person = (key: string): PersonSeed => people.find((p) => p.key === key)!
const org = (key: string) => byCode.get(person(key).orgCode)!
const parent = (key: string) => byCode.get(org(key).parent!)!

describe('demoPeople', () => {
  it('gives each person a key, a made-up name of her own, a unit, a title and a line to try', () => {
    for (const p of people) {
      expect(isMadeUpPerson(p.name)).toBe(true)
      expect(byCode.has(p.orgCode)).toBe(true)
      expect(p.title.length).toBeGreaterThan(1)
      expect(p.pitch.length).toBeGreaterThan(8)
      expect([...p.pitch].length).toBeLessThanOrEqual(32)
    }
    expect(new Set(people.map((p) => p.key)).size).toBe(people.length)
    expect(new Set(people.map((p) => p.name)).size).toBe(people.length)
  })

  it('shares no name with a director of the tree', () => {
    const directors = new Set(tree.map((o) => o.committee?.director))
    expect(people.filter((p) => directors.has(p.name))).toEqual([])
  })

  it('offers every role, and two cadres where one submits and the other decides', () => {
    const roles = ['auditAdmin', 'cadre', 'handler', 'leader', 'securityAdmin', 'systemAdmin', 'worker']
    expect([...new Set(people.map((p) => p.role))].sort()).toEqual(roles)
    const cadres = (shortName: string) =>
      people.filter((p) => p.role === 'cadre' && byCode.get(p.orgCode)?.shortName === shortName).length
    expect(['市总工会', '沙河口区', '教育工会'].map(cadres)).toEqual([2, 3, 2])
    expect(['中山区', '高新区', '马栏街道'].map(cadres)).toEqual([1, 1, 1])
  })

  it('seats the grassroots cadres where their line says', () => {
    expect(org('malan').parent).toBe(person('shahekouA').orgCode)
    expect(org('unitInStreet').parent).toBe(person('malan').orgCode)
    expect(org('worker')).toBe(org('unitInStreet'))
    expect(parent('unitInBothLines').tier).toBe('industry')
    expect(org('unitInBothLines').parent).toBe(person('educationA').orgCode)
    expect(byCode.get(org('unitInBothLines').view!)!.parent).toBe(person('zhongshan').orgCode)
    expect(org('unitWithoutCommittee').committee).toBeNull()
    expect(org('unitWithoutCommittee').womenMembers).toBeGreaterThanOrEqual(10)
  })

  it('gives one person a post in a unit and one in the district that reviews it', () => {
    const two = people.filter((p) => p.secondPost)
    expect(two.map((p) => p.key)).toEqual(['twoPosts'])
    expect(two[0]!.secondPost).toEqual({ orgCode: org('twoPosts').parent, role: 'cadre' })
    expect(parent('twoPosts').tier).toBe('district')
  })

  it('says what is missing when the tree does not hold a unit', () => {
    expect(() => demoPeople(tree.filter((o) => o.committee !== null))).toThrow('without a committee')
  })
})
