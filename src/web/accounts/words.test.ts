import { expect, it } from 'vitest'
import type { HeldPost } from '#identity/api.ts'
import { postDays, postName, tellingPosts } from './words.ts'

const post = (state: HeldPost['state'], untilOn: string | null = null): HeldPost => ({
  id: state,
  role: 'cadre',
  org: { id: 1, code: 'A', name: '甲区总工会', shortName: '甲区', tier: 'district' },
  fromOn: '2020-01-01',
  untilOn,
  state,
})

const states = (list: HeldPost[]) => tellingPosts(list).map((p) => p.state)

it('a list shows what is held, to come or awaited, and an ended post only alone', () => {
  expect(states([post('current'), post('pending'), post('ended')])).toEqual(['current', 'pending'])
  expect(states([post('ended'), post('refused')])).toEqual(['ended'])
  expect(states([])).toEqual([])
})

it('a post is named by unit and role, with its days', () => {
  expect(postName(post('current'))).toBe('甲区 · 女工干部')
  expect([postDays(post('current')), postDays(post('ended', '2020-03-31'))]).toEqual([
    '2020-01-01 起',
    '2020-01-01 至 2020-03-31',
  ])
})
