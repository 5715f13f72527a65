import { expect, test } from 'vitest'
import { roles } from '#identity/api.ts'
import { tiers } from '#org/api.ts'
import { paths } from '../paths.ts'
import { menuOf } from '../shell/menu.ts'
import { guideOf, tourOf } from './guides.ts'
import { shortcuts } from './shortcuts.ts'

const known = Object.values(paths) as string[]
const fits = (to: string): boolean => {
  const [path = ''] = to.split('?')
  return known.some((p) => new RegExp(`^${p.replaceAll(/\$\w+/g, '[^/]+')}$`).test(path))
}

test('each post has a guide whose steps lead to pages that are there', () => {
  for (const role of roles)
    for (const tier of tiers) {
      const { steps } = guideOf(role, tier)
      expect(steps.length).toBeGreaterThanOrEqual(3)
      for (const { to } of steps) expect([role, to, to === undefined || fits(to)]).toEqual([role, to, true])
    }
})

test('a guide leads nowhere that the post’s menu keeps from it', () => {
  const forbidden = {
    leader: [paths.review, paths.inbox, paths.members],
    auditAdmin: [paths.accounts, paths.figures],
  } as const
  for (const [role, list] of Object.entries(forbidden))
    for (const { to } of guideOf(role as 'leader', 'city').steps)
      expect(list.some((path) => to?.startsWith(path))).toBe(false)
  expect(menuOf('leader', 'city').length).toBeGreaterThan(0)
})

test('the tour has four stops at most and ends at the help', () => {
  for (const role of roles)
    for (const tier of tiers) {
      const stops = tourOf(role, tier)
      expect(stops.length).toBeLessThanOrEqual(4)
      expect(stops.at(-1)?.at ?? '.help-link').toBe('.help-link')
    }
})

test('no key stands for two things in one place', () => {
  for (const { where, keys } of shortcuts) {
    const all = keys.map(([key]) => key)
    expect([where, new Set(all).size]).toEqual([where, all.length])
  }
})
