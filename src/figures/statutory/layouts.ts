import { longDay } from '#kit/day.ts'
import type { Calendar } from '#kit/period.ts'

/** What the register of units tells of a scope at the end of a period, or today where it runs. */
export const registerKeys = [
  'units',
  'due',
  'formed',
  'overdue',
  'workers',
  'womenWorkers',
  'members',
  'womenMembers',
] as const
export type RegisterKey = (typeof registerKeys)[number]

/** What depends on head counts, which had no days in tables of the past. */
const counted: readonly RegisterKey[] = ['due', 'workers', 'womenWorkers', 'members', 'womenMembers']

/** Of when it is what the register tells; `on` is null in tables signed before the day was kept: theirs is that of signing. */
export const registerDay = (key: RegisterKey, on: string | null, areHeadsOfDay: boolean): string => {
  if (on === null) return '签发日的数'
  if (counted.includes(key) && !areHeadsOfDay) return '按签发时登记的人数'
  return `${longDay(on)}的数`
}

/** One line of a table: its value comes from records, from the register of units, or is typed once by whoever fills it in. */
export type Line = {
  code: string
  label: string
  unit: string
  from: { indicator: string } | { register: RegisterKey } | { asked: string }
  /** A part of the line above it. */
  inner?: true
}

export type Section = { title: string; lines: readonly Line[] }

/**
 * Layouts are data of our own wording. They carry no 表号 and no 文号 until the city enters them (统计法 第十七条), and say so.
 */
export type Layout = {
  key: 'annual' | 'half' | 'quarter'
  label: string
  calendar: Calendar
  /** Days after the end of its period by which it is due. */
  dueDays: number
  sections: readonly Section[]
}

const figure = (code: string, indicator: string, label: string, unit: string): Line => ({
  code,
  label,
  unit,
  from: { indicator },
})
const held = (code: string, register: RegisterKey, label: string, unit: string): Line => ({
  code,
  label,
  unit,
  from: { register },
})
const inner = (line: Line): Line => ({ ...line, inner: true })

const organisation: Section = {
  title: '组织与人员',
  lines: [
    held('01', 'units', '所属工会组织', '个'),
    held('02', 'due', '应建女职工委员会的单位', '个'),
    inner(held('03', 'formed', '已建女职工委员会', '个')),
    held('04', 'overdue', '任期届满尚未换届', '个'),
    held('05', 'workers', '职工', '人'),
    inner(held('06', 'womenWorkers', '女职工', '人')),
    held('07', 'members', '会员', '人'),
    inner(held('08', 'womenMembers', '女会员', '人')),
    {
      code: '09',
      label: '专职女职工工作干部',
      unit: '人',
      from: { asked: '指人事关系在工会、专门从事女职工工作的' },
    },
    {
      code: '10',
      label: '兼职女职工工作干部',
      unit: '人',
      from: { asked: '含女职工委员会委员中的兼职人员' },
    },
  ],
}

const learning: Section = {
  title: '素质提升',
  lines: [
    figure('11', 'training.sessions', '女职工教育培训', '期'),
    inner(figure('12', 'training.attendances', '参加人次', '人次')),
    figure('13', 'competition.events', '劳动和技能竞赛', '场'),
    inner(figure('14', 'competition.attendances', '女职工参加人次', '人次')),
    figure('15', 'skillClass.sessions', '实用技能培训班', '期'),
    inner(figure('16', 'skillClass.attendances', '参加人次', '人次')),
    inner(figure('17', 'skillClass.employed', '培训后就业', '人')),
    figure('18', 'lecture.events', '智慧女工大课堂', '场'),
    inner(figure('19', 'lecture.persons', '参加人数', '名')),
  ],
}

const rights: Section = {
  title: '权益维护',
  lines: [
    figure('21', 'contract.signed', '本期签订专项集体合同', '份'),
    figure('22', 'contract.valid', '期末有效专项集体合同', '份'),
    figure('23', 'lawTalk.events', '普法讲座与科普宣传', '场'),
    inner(figure('24', 'lawTalk.attendances', '参加人次', '人次')),
    figure('25', 'quiz.attendances', '有奖答题参加人次', '人次'),
    figure('26', 'policyInput.documents', '参与法律政策制定', '件'),
  ],
}

const care: Section = {
  title: '关爱服务',
  lines: [
    figure('31', 'screening.persons', '“两癌”筛查', '人'),
    figure('32', 'careRoom.built', '本期新建关爱室', '个'),
    figure('33', 'careRoom.total', '期末关爱室', '个'),
    inner(figure('34', 'careRoom.open', '对外开放并上图', '个')),
    figure('35', 'childcare.classes', '职工子女托管班', '个'),
    inner(figure('36', 'childcare.children', '入托儿童', '人')),
    figure('37', 'jobReferral.referrals', '就业推介', '次'),
    inner(figure('38', 'jobReferral.persons', '惠及人数', '人')),
    figure('39', 'matchmaking.events', '婚恋交友活动', '场'),
    inner(figure('40', 'matchmaking.attendances', '职工参加人次', '人次')),
  ],
}

const honours: Section = {
  title: '表彰与家庭文化',
  lines: [
    figure('41', 'honour.persons', '受表彰女职工个人', '人'),
    figure('42', 'honour.collectives', '受表彰女职工集体', '个'),
    figure('43', 'familyTalk.events', '家风家教大讲堂', '场'),
    inner(figure('44', 'familyTalk.attendances', '参加人次', '人次')),
  ],
}

export const layouts: readonly Layout[] = [
  {
    key: 'annual',
    label: '工会女职工工作统计年报表',
    calendar: 'statistics',
    dueDays: 31,
    sections: [organisation, learning, rights, care, honours],
  },
  {
    key: 'half',
    label: '工会女职工工作半年报表',
    calendar: 'half',
    dueDays: 15,
    sections: [learning, rights, care, honours],
  },
  {
    key: 'quarter',
    label: '工会女职工工作季报表',
    calendar: 'quarter',
    dueDays: 10,
    sections: [learning, rights, care],
  },
]

export type LayoutKey = Layout['key']
export const layoutKeys = ['annual', 'half', 'quarter'] as const satisfies readonly LayoutKey[]

/** The layout of a key. */
export const layoutOf = (key: LayoutKey): Layout => layouts.find((l) => l.key === key)!

export const linesOf = (layout: Layout): Line[] => layout.sections.flatMap((s) => s.lines)
