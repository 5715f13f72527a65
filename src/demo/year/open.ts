import { addDays } from '#kit/day.ts'
import { nameMaker } from '#demo/names.ts'
import { demoPeople } from '#demo/people.ts'
import { seeded, type Random } from '#demo/random.ts'
import { CONTRACT_REMARKS, REMARKS } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { EVENTS, type EventKey } from './activities.ts'
import { someDay, TODAY } from './calendar.ts'
import { hosts, type Cast, type Mix } from './cast.ts'
import { contractBody } from './contracts.ts'
import { ordinary } from './honours.ts'
import { materialBody, referralBody } from './services.ts'
import { roomBody } from './rooms.ts'
import type { Body, DemoRecord } from './record.ts'

type State = DemoRecord['state']
/** How many of each state in the first months of 2020. */
type Open = Partial<Record<State, number>>

const OPEN: Readonly<Record<string, Open>> = {
  training: { accepted: 34, submitted: 40, returned: 7, draft: 9 },
  competition: { accepted: 5, submitted: 8, returned: 1, draft: 2 },
  quiz: { accepted: 10, submitted: 8 },
  lawTalk: { accepted: 42, submitted: 46, returned: 7, draft: 7 },
  contract: { accepted: 90, submitted: 66, returned: 6, draft: 5 },
  jobReferral: { accepted: 16, submitted: 9 },
  matchmaking: { accepted: 7, submitted: 5, returned: 1, draft: 1 },
  lecture: { accepted: 11, submitted: 12, returned: 1, draft: 2 },
  familyTalk: { accepted: 24, submitted: 28, returned: 4, draft: 4 },
  honour: { accepted: 64, submitted: 36, draft: 3 },
  careRoom: { accepted: 4, submitted: 6, returned: 1, draft: 1 },
  material: { accepted: 9, submitted: 6 },
}

/** 2019 itself is settled: what was left unfinished then, or taken back by its owner. */
const LEFT_IN_2019: Readonly<Record<string, Open>> = {
  training: { withdrawn: 5, draft: 4 },
  lawTalk: { withdrawn: 4, draft: 3 },
  familyTalk: { withdrawn: 3, draft: 2 },
  competition: { withdrawn: 2 },
  matchmaking: { withdrawn: 1, draft: 1 },
}

const FEDERATIONS: readonly string[] = ['quiz', 'jobReferral', 'material']
const MIX: Mix = { city: 0.02, upper: 0.15, middle: 0.2, grassroots: 0.63, leastWomen: 25 }
const UPPER: Mix = { city: 0.1, upper: 0.7, middle: 0.2, grassroots: 0 }
/** Negative states, and drafts, stand on made-up grassroots unions alone. */
const LOW: Mix = { upper: 0, middle: 0, grassroots: 1, leastWomen: 25 }
/** Federations whose people one can sign in as have more on their desks. */
const FAVOURED: Readonly<Record<string, number>> = { DL03: 6, DL01: 4, DL51: 5, DL11: 2 }

type Draw = (programme: string, org: OrgSeed, ym: number) => Body

/** One record of any programme, on any day of a month. */
function drawOf(random: Random, cast: Cast, name: () => string): Draw {
  let serial = 0
  return (programme, org, ym) => {
    const day = someDay(random, ym)
    const own = org.tier === 'grassroots' ? Math.max(8, Math.round(org.womenWorkers * 0.6)) : 70
    const people = Math.max(6, Math.round(Math.min(own, 140) * (0.6 + random.next() * 0.4)))
    if (programme in EVENTS) {
      const count = random.chance(0.1) ? 2 : 1
      const reach = programme === 'quiz' ? 6 : 1
      return EVENTS[programme as EventKey](random, { org, day, count, people: people * reach * count })
    }
    switch (programme) {
      case 'contract': {
        const signKind = random.chance(0.15) ? '首签' : '续订'
        return contractBody(
          random,
          org,
          day,
          signKind,
          `演示合同2020-${String(++serial).padStart(4, '0')}`,
          name,
        )
      }
      case 'jobReferral':
        return referralBody(random, org, day, people)
      case 'honour':
        return ordinary(
          random,
          cast,
          org,
          'person',
          random.chance(0.5) ? '单位级' : '区县（产业）级',
          day,
          name(),
        )
      case 'careRoom':
        return roomBody(random, org, day, people, 'inside')
      case 'material':
        return materialBody(random, org, day, '女职工劳动保护宣传单', '发放', people * 4)
      default:
        throw new Error(`open: no maker of ${programme}`)
    }
  }
}

function remarkOn(random: Random, programme: string, body: Body): { field: string; body: string } {
  const remarks = (programme === 'contract' ? CONTRACT_REMARKS : REMARKS).filter(({ field }) =>
    Object.hasOwn(body, field.split('.')[0]!),
  )
  return random.pick(remarks)
}

/** One in fourteen of what waits was entered more than thirty days after the fact. */
function lateEntry(random: Random, endsOn: unknown): { enteredOn?: string } {
  if (typeof endsOn !== 'string' || endsOn > '2020-02-28' || !random.chance(0.3)) return {}
  const day = addDays(endsOn, random.int(33, 45))
  return day <= TODAY ? { enteredOn: day } : {}
}

function made(
  random: Random,
  draw: Draw,
  programme: string,
  org: OrgSeed,
  state: State,
  ym: number,
): DemoRecord {
  const body = draw(programme, org, ym)
  const record: DemoRecord = { programme, orgCode: org.code, state, body }
  if (state === 'returned') return { ...record, returnRemark: remarkOn(random, programme, body) }
  return state === 'submitted' ? { ...record, ...lateEntry(random, body['endsOn']) } : record
}

/** The units of the grassroots persons of the sign-in picker: each finds something of every kind on her desk. */
function desks(cast: Cast, tree: readonly OrgSeed[], random: Random, draw: Draw): DemoRecord[] {
  const codes = ['unitInStreet', 'unitInBothLines', 'unitWithoutCommittee', 'twoPosts']
  const people = demoPeople([...tree]).filter((p) => codes.includes(p.key))
  return people.flatMap((p) => {
    const org = cast.byCode.get(p.orgCode)!
    const one = (programme: string, state: State, ym: number) => made(random, draw, programme, org, state, ym)
    return [
      one('training', 'returned', 202003),
      one('lawTalk', 'submitted', 202003),
      one('familyTalk', 'submitted', 202004),
      one('training', 'draft', 202004),
      one('lawTalk', 'accepted', 202001),
      one('training', 'accepted', 202001),
    ]
  })
}

/** What lies open on the demo's today, and what 2019 left behind uncounted. */
export function open(cast: Cast, tree: readonly OrgSeed[]): DemoRecord[] {
  const random = seeded(20200416)
  const draw = drawOf(random, cast, nameMaker(seeded(2020)))
  const favour = (org: OrgSeed): number => FAVOURED[cast.topOf(org).code] ?? 1
  const of = (table: Readonly<Record<string, Open>>, months: (state: State) => number[]): DemoRecord[] =>
    Object.entries(table).flatMap(([programme, states]) =>
      (Object.keys(states) as State[]).flatMap((state) => {
        const low = state !== 'accepted' && state !== 'submitted'
        const mix = low ? LOW : FEDERATIONS.includes(programme) ? UPPER : MIX
        const owners = hosts(random, cast, states[state]!, mix, favour).filter((o) => suits(programme, o))
        return owners.map((org) => made(random, draw, programme, org, state, random.pick(months(state))))
      }),
    )
  return [
    ...of(OPEN, (state) =>
      state === 'accepted' ? [202001, 202001, 202002, 202003] : [202001, 202002, 202003, 202003, 202004],
    ),
    ...of(LEFT_IN_2019, () => [201904, 201906, 201909, 201911, 201912]),
    ...desks(cast, tree, random, draw),
  ]
}

/** A contract is concluded by a firm's or joint union or above, an honour is entered by the unit of the honoured. */
function suits(programme: string, org: OrgSeed): boolean {
  if (programme === 'contract')
    return org.tier !== 'city' && (org.tier !== 'grassroots' || /有限公司工会$|联合工会$/.test(org.name))
  return programme !== 'honour' || org.tier === 'grassroots'
}
