import { describe, expect, it } from 'vitest'
import { tiers } from '#org/api.ts'
import { lineOf } from './draft.ts'
import { sentencesOf } from './offers.ts'

const offered = (tier: (typeof tiers)[number], stands: string[] = []) =>
  sentencesOf(tier, new Map(), new Set(stands), []).map(({ block }) => lineOf(block))

const timesIn = (lines: readonly string[], id: string): number =>
  lines.filter((line) => line.includes(`〔${id}〕`)).length

describe.each(tiers)('what is offered to a %s', (tier) => {
  const lines = offered(tier)

  it('is one sentence each, with a figure and the words that make it one', () => {
    expect(lines.length).toBeGreaterThan(7)
    for (const line of lines) {
      expect(line).toMatch(/^[^。]+。$/)
      // Something is done or was received: a noun with its number is no sentence.
      expect(line).toMatch(/[举开办组建印发放表彰选签惠参推荣照援帮扶在]/)
      expect(line.replaceAll(/〔[^〕]+〕/g, '').length).toBeGreaterThan(5)
    }
  })

  it('tells of every programme that the tier works in, once', () => {
    for (const id of [
      'study.events',
      'studio.named',
      'parentStudio.built',
      'parentStudio.events',
      'counselling.talks',
      'meeting.meetings',
      'cadreTraining.sessions',
    ])
      expect(lines.filter((line) => line.includes(`〔${id}〕`))).toHaveLength(1)
    expect(timesIn(lines, 'committee.committees')).toBe(tier === 'grassroots' || tier === 'branch' ? 0 : 1)
    const isFar = tier === 'city' || tier === 'district' || tier === 'industry'
    for (const id of ['counselling.sessions', 'hardship.files', 'hardship.helped'])
      expect([id, timesIn(lines, id)]).toEqual([id, isFar ? 1 : 0])
  })

  it('never repeats a figure, nor one that stands in the text', () => {
    const named = lines.flatMap((line) => [...line.matchAll(/〔([^〕]+)〕/g)].map(([, id]) => id!))
    expect(named.toSorted()).toEqual([...new Set(named)].toSorted())
    expect(offered(tier, named)).toEqual([])
  })
})

it('is the whole sentence of the template', () => {
  const lines = offered('city')
  expect(lines).toContain(
    '〔childcare.nationalHonours〕托管点荣获国家级荣誉，〔childcare.provincialSites〕托管点荣获省级荣誉。',
  )
  expect(offered('city', ['honour.persons', 'honour.cadres'])).toContain(
    '坚持把思想政治引领摆在首位，结合“三八”国际妇女节、“五一”国际劳动节选树和宣传先进典型，各级工会共表彰先进女职工集体〔honour.collectives〕，引导广大女职工学先进、听党话、跟党走。',
  )
  expect(lines.find((line) => line.includes('material.leaflets'))).toContain('发放')
})

it('has the figures that there are apart from those that there are not', () => {
  const figures = new Map([
    ['material.leaflets', 5],
    ['lawTalk.events', 2],
  ])
  const told = sentencesOf('city', figures, new Set(), [])
    .map(({ block, state }) => `${state} ${lineOf(block)}`)
    .filter((line) => line.includes('把法律知识'))
  expect(told).toEqual([
    'none 把法律知识送到女职工身边，开展“平安家庭”有奖答题，〔quiz.attendances〕参与；发放性别平等指导手册〔material.equalityHandbooks〕。',
    'ready 把法律知识送到女职工身边，发放反家庭暴力和女职工劳动保护宣传单〔material.leaflets〕；举办普法讲座和科普宣传活动〔lawTalk.events〕。',
  ])
})
