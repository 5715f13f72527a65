import { describe, expect, it } from 'vitest'
import { brand, isMadeUpOrg, isMadeUpPerson, nameMaker, PERSON_NAMES } from '#demo/names.ts'
import { seeded } from '#demo/random.ts'

describe('nameMaker', () => {
  it('gives every name once, all recognisable, then refuses', () => {
    const next = nameMaker(seeded(1))
    const names = new Set(Array.from({ length: PERSON_NAMES }, next))
    expect(names.size).toBe(PERSON_NAMES)
    expect([...names].filter((n) => !isMadeUpPerson(n) || [...n].length !== 3)).toEqual([])
    expect(next).toThrow(RangeError)
  })

  it('leaves out the names that are taken', () => {
    const first = nameMaker(seeded(2))()
    expect(nameMaker(seeded(2), [first])()).not.toBe(first)
  })
})

describe('what is recognisable', () => {
  it('asks for one marker in the given name', () => {
    expect(isMadeUpPerson('张示宁')).toBe(true)
    expect(isMadeUpPerson('李芳例')).toBe(true)
    expect(isMadeUpPerson('李芳')).toBe(false)
    expect(isMadeUpPerson('例芳宁')).toBe(false)
    expect(isMadeUpPerson('王演示')).toBe(false)
  })

  it('finds the made-up proper name of an organisation', () => {
    const random = seeded(3)
    for (let i = 0; i < 300; i++) expect(isMadeUpOrg(`大连${brand(random)}食品有限公司工会`)).toBe(true)
    expect(isMadeUpOrg('大连市总工会')).toBe(false)
    expect(isMadeUpOrg('大连鲸湾食品有限公司工会')).toBe(false)
  })
})
