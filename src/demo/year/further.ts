import { nameMaker } from '#demo/names.ts'
import { seeded, type Random } from '#demo/random.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { someDay } from './calendar.ts'
import { hosts, type Cast, type Mix } from './cast.ts'
import { grade, type Body, type DemoRecord } from './record.ts'

type Draft = { org: OrgSeed; day: string; women: number }
type Make = (random: Random, draft: Draft, name: () => string) => Body

const THEMES = ['中国工会十七大精神宣讲', '巾帼心向党主题学习', '劳模精神进班组', '居家抗疫线上共学']
const TRADES = ['服装工艺', '护理技术', '检验检测', '软件测试', '食品研发', '焊接自动化']
const READINGS = ['亲子绘本共读', '巧手剪纸', '家庭植物角', '陪伴的学问']
const levelOf = (org: OrgSeed): string =>
  ({ city: '市级', district: '区县（产业）级', industry: '区县（产业）级', subdistrict: '街镇级' })[
    org.tier as string
  ] ?? '单位级'

const onDay = (random: Random, day: string, title: string): Body => ({
  title,
  startsOn: day,
  endsOn: day,
  grade: grade(random),
})

const MAKERS: Readonly<Record<string, Make>> = {
  study: (random, { org, day, women }) => {
    const isOnline = day >= '2020-02-01' && day < '2020-04-01'
    const theme = isOnline ? THEMES[3]! : random.pick(THEMES.slice(0, 3))
    return {
      ...onDay(random, day, `${org.shortName}${theme}`),
      mode: isOnline ? '线上' : '线下',
      count: 1,
      all: women + random.int(0, 6),
      women,
      form: isOnline ? '线上宣传' : random.pick(['报告会', '宣讲', '研讨会']),
      theme,
      ...(isOnline ? { note: '在本单位女职工工作群里分享学习材料并交流' } : {}),
    }
  },
  studio: (random, { org, day }, name) => {
    const trade = random.pick(TRADES)
    const members = random.int(5, 14)
    return {
      title: `${org.shortName}${trade}女职工创新工作室`,
      grade: '台账',
      level: random.pick(['单位级', '区县（产业）级']),
      namedOn: day,
      leader: name(),
      trade,
      members,
      women: Math.max(3, Math.round(members * (0.5 + random.next() * 0.5))),
      results: [{ name: `${trade}小改小革`, patented: random.chance(0.3) }],
    }
  },
  parentStudio: (random, { org, day }) => ({
    title: `${org.shortName}职工亲子工作室`,
    grade: '台账',
    level: levelOf(org),
    openedOn: day,
    area: random.int(18, 60),
    address: `${org.shortName}职工之家一层`,
    hours: '周六 9:00–16:00',
    equipment: '书架、桌椅、饮水机',
  }),
  parentActivity: (random, { org, day, women }) => {
    const parents = Math.min(women, random.int(8, 26))
    return {
      ...onDay(random, day, `${org.shortName}${random.pick(READINGS)}`),
      kind: random.pick(['亲子阅读', '手工科普', '家庭教育指导']),
      count: 1,
      parents,
      children: parents + random.int(-2, 4),
    }
  },
  counselling: (random, { org, day }) => {
    const talks = random.int(0, 2)
    return {
      ...onDay(random, day, `${org.shortName}心理疏导服务`),
      startsOn: `${day.slice(0, 8)}01`,
      sessions: random.int(3, 40),
      selfTests: random.int(0, 60),
      talks,
      ...(talks > 0 ? { attendances: talks * random.int(12, 40) } : {}),
      counsellors: random.int(1, 4),
    }
  },
  cadreTraining: (random, { org, day }) => {
    const persons = random.int(18, 60)
    return {
      ...onDay(random, day, `${org.shortName}女工干部业务培训`),
      mode: day >= '2020-02-01' ? '线上' : '线下',
      count: 1,
      all: persons,
      women: persons - random.int(0, 2),
      level: levelOf(org),
      hours: random.int(4, 16),
      persons,
    }
  },
  meeting: (random, { org, day }) => {
    const due = random.int(7, 25)
    return {
      title: `${org.shortName}女职工委员会会议`,
      grade: '台账',
      kind: random.pick(['委员会议', '委员会议', '全委会']),
      heldOn: day,
      due,
      present: due - random.int(0, Math.floor(due / 5)),
      agenda: '听取上年度女职工工作情况，讨论本年度工作安排',
      resolutions: '通过本年度工作安排',
    }
  },
}

const UPPER: Mix = { upper: 0.8, middle: 0.2, grassroots: 0 }
const ALL: Mix = { upper: 0.25, middle: 0.25, grassroots: 0.5, leastWomen: 30 }

/** How many of the first months of 2020: accepted, then waiting. */
const PLANNED: readonly [programme: string, accepted: number, waiting: number, mix: Mix][] = [
  ['study', 22, 9, ALL],
  ['studio', 9, 4, { upper: 0, middle: 0, grassroots: 1, leastWomen: 60 }],
  ['parentStudio', 4, 2, { upper: 0.3, middle: 0.7, grassroots: 0 }],
  ['parentActivity', 8, 4, ALL],
  ['counselling', 12, 5, UPPER],
  ['cadreTraining', 9, 4, UPPER],
  ['meeting', 30, 12, ALL],
]

/** Work of 2020 in the programmes that the printed year 2019 has no figures of. */
export function further(cast: Cast): DemoRecord[] {
  const random = seeded(202002)
  const name = nameMaker(seeded(202003))
  return PLANNED.flatMap(([programme, accepted, waiting, mix]) => {
    const owners = hosts(random, cast, accepted + waiting, mix)
    return owners.map((org, i): DemoRecord => {
      const state = i < accepted ? 'accepted' : 'submitted'
      const day = someDay(random, random.pick(state === 'accepted' ? [202001, 202003] : [202003, 202004]))
      const women = Math.max(6, Math.min(org.tier === 'grassroots' ? org.womenWorkers : 60, 60) >> 1)
      return {
        programme,
        orgCode: org.code,
        state,
        body: MAKERS[programme]!(random, { org, day, women }, name),
      }
    })
  })
}
