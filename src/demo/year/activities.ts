import { addDays } from '#kit/day.ts'
import { nameMaker } from '#demo/names.ts'
import { seeded, type Random } from '#demo/random.ts'
import { COMPETITION, FAMILY, LAW, LECTURES, MATCHES, SKILLS, TRAINING } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { isWeekend } from './calendar.ts'
import { grade, type Act, type Body, type Maker } from './record.ts'

const nextTeacher = nameMaker(seeded(7))
const TEACHERS = Array.from({ length: 160 }, nextTeacher)

/** Three federations run a matchmaking brand. */
export const BRANDS: Readonly<Record<string, string>> = {
  高新区: '红娘工作室',
  中山区: '红娘有约',
  金普新区: '金普恋歌',
}

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[]

/** The offline world closes in February 2020. */
const isIndoors = (day: string): boolean => day >= '2020-02-01' && day < '2020-05-01'

function modeOf(random: Random, day: string, online = 0.06): string {
  if (isIndoors(day)) return '线上'
  return random.chance(online) ? '线上' : '线下'
}

/** What the records of all events share. @param men share of men among the women, on average. */
function event(random: Random, { org, day, count }: Act, title: string, women: number, men: number): Body {
  const mode = modeOf(random, day)
  const paid = random.chance(0.4)
  return {
    title,
    startsOn: addDays(day, -7 * (count - 1)),
    endsOn: day,
    ...(mode === '线下' && random.chance(0.7) ? { place: placeOf(random, org) } : {}),
    grade: grade(random),
    mode,
    count,
    all: women + Math.round(women * men * random.next() * 2),
    women,
    ...(random.chance(0.6) ? { teacher: random.pick(TEACHERS) } : {}),
    ...(paid ? { cost: 100 * random.int(3, 60), fund: fundOf(random, org) } : {}),
  }
}

const placeOf = (random: Random, org: OrgSeed): string =>
  `${org.shortName}${random.pick(['职工之家', '会议室', '职工活动室', '多功能厅'])}`

function fundOf(random: Random, org: OrgSeed): string {
  if (org.tier === 'grassroots') return random.pick(['单位', '单位', '自筹'])
  return org.tier === 'city' ? '市总' : random.pick(['区县', '区县', '市总'])
}

/** Trades go by what the unit does; a federation runs contests of any trade. */
function tradeOf(random: Random, org: OrgSeed): string {
  const known = COMPETITION.trades.find(([pattern]) => pattern.test(org.name))
  return random.pick(known && org.tier !== 'subdistrict' ? known[1] : COMPETITION.general)
}

const LEVEL_OF: Record<OrgSeed['tier'], string> = {
  city: '市级',
  district: '区县（产业）级',
  industry: '区县（产业）级',
  subdistrict: '街镇级',
  grassroots: '单位级',
}

const training: Maker = (random, act) => {
  const subject = random.pick(TRAINING.subjects)
  const carrier = isWeekend(act.day) ? '周末学校' : random.pick(TRAINING.carriers)
  const body = event(random, act, `${act.org.shortName}女职工${subject}培训`, act.people, 0.1)
  return {
    ...body,
    ...(carrier === '网上课程' ? { mode: '线上', place: null } : {}),
    carrier,
    subject,
    hours: act.count * random.pick([2, 2, 3, 4, 6, 8]),
  }
}

const competition: Maker = (random, act) => {
  const kind = random.pick(COMPETITION.kinds)
  const trade = tradeOf(random, act.org)
  const title = `${act.org.shortName}女职工${trade}${COMPETITION.names[kind]}`
  return {
    ...event(random, act, title, act.people, 0.25),
    mode: '线下',
    kind,
    level: LEVEL_OF[act.org.tier],
    trade,
    units: act.org.tier === 'grassroots' ? random.int(1, 6) : random.int(6, 40),
  }
}

const quiz: Maker = (random, act) => {
  const women = Math.round(act.people * (0.8 + random.next() * 0.15))
  const title = `${act.org.shortName}平安家庭${Number(act.day.slice(5, 7)) < 6 ? '春季' : '秋季'}有奖答题`
  return {
    ...event(random, act, title, women, 0),
    mode: '线上',
    startsOn: addDays(act.day, -random.int(6, 20)),
    place: null,
    teacher: null,
    all: act.people + random.int(0, Math.ceil(act.people * 0.06)),
    attendances: act.people,
    prizes: random.int(10, 120),
  }
}

const lawTalk: Maker = (random, act) => {
  const topic = random.pick(keys(LAW))
  const talk = random.pick(LAW[topic])
  return {
    ...event(random, act, `${act.org.shortName}${talk}`, act.people, 0.2),
    ...(act.day.slice(5, 7) === '03' ? { tags: '维权行动月' } : {}),
    topic,
    ...(topic === '其他' ? { otherTopic: talk } : {}),
  }
}

const familyTalk: Maker = (random, act) => {
  const topic = random.pick(['定家规', '定家规', '立家训', '立家训', '写家书', '其他'] as const)
  const talk = random.pick(FAMILY[topic])
  return {
    ...event(random, act, `${act.org.shortName}${talk}`, act.people, 0.25),
    topic,
    ...(topic === '其他' ? { otherTopic: talk } : {}),
  }
}

const lecture: Maker = (random, act) => {
  const course = random.pick(LECTURES)
  const again = act.count > 1 ? Math.round(act.people * random.next() * 0.1) : 0
  const title = `智慧女工大课堂走进${act.org.shortName}：${course}`
  return { ...event(random, act, title, act.people + again, 0.08), course, persons: act.people }
}

const skillClass: Maker = (random, act) => {
  const trade = random.pick(SKILLS)
  const graduates = Math.round(act.people * (0.85 + random.next() * 0.15))
  return {
    ...event(random, act, `${act.org.shortName}女职工${trade}技能班`, act.people, 0.04),
    startsOn: addDays(act.day, -random.int(6, 26)),
    mode: '线下',
    trade,
    hours: 8 * random.int(3, 10),
    graduates,
    certified: Math.round(graduates * random.next()),
    employed: Math.round(graduates * (0.15 + random.next() * 0.3)),
  }
}

/** `people` are workers of both sexes. */
const matchmaking: Maker = (random, act) => {
  const women = Math.round(act.people * (0.46 + random.next() * 0.1))
  const mode =
    modeOf(random, act.day, 0.1) === '线上' ? '线上' : random.pick(['线下', '线下', '线下', '混合'])
  const brand = BRANDS[act.org.shortName]
  const title = act.day.slice(5, 7) === '08' ? '七夕鹊桥会' : random.pick(MATCHES)
  return {
    ...event(random, act, `${act.org.shortName}职工${title}`, women, 0),
    mode,
    all: act.people,
    ...(mode === '线上' ? { place: null } : {}),
    ...(mode === '混合' ? { online: Math.round(act.people * (0.2 + random.next() * 0.4)) } : {}),
    ...(brand ? { brand } : {}),
    ...(random.chance(0.8) ? { pairs: random.int(0, Math.ceil(act.people / 18)) } : {}),
  }
}

export const EVENTS = {
  training,
  competition,
  quiz,
  lawTalk,
  familyTalk,
  lecture,
  skillClass,
  matchmaking,
} satisfies Record<string, Maker>
export type EventKey = keyof typeof EVENTS
