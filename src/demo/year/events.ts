import { seeded } from '#demo/random.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { EVENTS, type EventKey } from './activities.ts'
import { monthsFor, SHAPES, someDay } from './calendar.ts'
import { hosts, splitWithin, type Cast, type Mix } from './cast.ts'
import { accepted, type DemoRecord } from './record.ts'

type Plan = {
  programme: EventKey
  sessions: number
  /** the programme's person figure over the year: women, for matchmaking all, for quiz valid answers */
  people: number
  records: number
  shape: readonly number[]
  mix: Mix
  /** people that one session usually has at a federation */
  usual: number
  /** most people of one session */
  most: number
  weekend?: number
}

/** The events of 2019; sessions and people are the figures printed (quiz has no printed number of sessions). */
export const PLANS: readonly Plan[] = [
  {
    programme: 'training',
    sessions: 485,
    people: 30123,
    records: 412,
    shape: SHAPES.even,
    mix: { city: 0.02, upper: 0.22, middle: 0.26, grassroots: 0.5, leastWomen: 30 },
    usual: 80,
    most: 300,
    weekend: 0.2,
  },
  {
    programme: 'competition',
    sessions: 298,
    people: 51043,
    records: 256,
    shape: SHAPES.contest,
    mix: { city: 0.02, upper: 0.3, middle: 0.23, grassroots: 0.45, leastWomen: 60 },
    usual: 240,
    most: 1500,
  },
  {
    programme: 'quiz',
    sessions: 96,
    people: 33688,
    records: 96,
    shape: SHAPES.quiz,
    mix: { city: 0.03, upper: 0.97, middle: 0, grassroots: 0 },
    usual: 350,
    most: 4000,
  },
  {
    programme: 'lawTalk',
    sessions: 470,
    people: 29876,
    records: 432,
    shape: SHAPES.march,
    mix: { city: 0.02, upper: 0.2, middle: 0.33, grassroots: 0.45, leastWomen: 30 },
    usual: 75,
    most: 300,
  },
  {
    programme: 'skillClass',
    sessions: 32,
    people: 2168,
    records: 32,
    shape: SHAPES.contest,
    mix: { upper: 0.75, middle: 0.25, grassroots: 0 },
    usual: 68,
    most: 150,
  },
  {
    programme: 'matchmaking',
    sessions: 134,
    people: 13101,
    records: 126,
    shape: SHAPES.match,
    mix: { city: 0.05, upper: 0.6, middle: 0.2, grassroots: 0.15, leastWomen: 60 },
    usual: 110,
    most: 900,
    weekend: 0.8,
  },
  {
    programme: 'lecture',
    sessions: 100,
    people: 5817,
    records: 97,
    shape: SHAPES.even,
    mix: { city: 0.2, upper: 0.3, middle: 0.15, grassroots: 0.35, leastWomen: 40 },
    usual: 62,
    most: 260,
  },
  {
    programme: 'familyTalk',
    sessions: 434,
    people: 26522,
    records: 398,
    shape: SHAPES.family,
    mix: { city: 0.01, upper: 0.2, middle: 0.34, grassroots: 0.45, leastWomen: 30 },
    usual: 72,
    most: 320,
    weekend: 0.25,
  },
]

/** People of one session that a unit usually brings; a grassroots union no more than its own. */
function usualAt(org: OrgSeed, { programme, usual }: Plan): number {
  if (org.tier !== 'grassroots') return org.tier === 'city' ? usual * 2 : usual
  return Math.min(usual, (programme === 'matchmaking' ? org.workers : org.womenWorkers) * 0.65)
}

function mostAt(org: OrgSeed, { programme, most }: Plan): number {
  if (org.tier !== 'grassroots') return most
  return Math.min(most, programme === 'matchmaking' ? org.workers : org.womenWorkers)
}

function recordsOf(cast: Cast, plan: Plan, seed: number): DemoRecord[] {
  const random = seeded(seed)
  const { programme, records, sessions, people } = plan
  const owners = hosts(random, cast, records, plan.mix)
  const months = monthsFor(random, 2019, records, plan.shape)
  const counts = splitWithin(
    sessions,
    owners.map((o) => random.next() * (o.tier === 'grassroots' ? 0.5 : 1)),
    owners.map(() => 4),
  )
  const heads = splitWithin(
    people,
    owners.map((o, i) => counts[i]! * usualAt(o, plan) * (0.6 + random.next() * 0.8)),
    owners.map((o, i) => Math.floor(counts[i]! * mostAt(o, plan))),
    8,
  )
  return owners.map((org, i) => {
    const day = someDay(random, months[i]!, random.chance(plan.weekend ?? 0))
    return accepted(
      programme,
      org,
      EVENTS[programme](random, { org, day, count: counts[i]!, people: heads[i]! }),
    )
  })
}

/** The accepted events of 2019. */
export function events(cast: Cast): DemoRecord[] {
  return PLANS.flatMap((plan, i) => recordsOf(cast, plan, 201901 + i))
}
