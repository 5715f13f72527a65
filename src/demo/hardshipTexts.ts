import type { Household, Kin } from '#hardship/household.ts'
import type { FileState } from '#hardship/states.ts'

/** A made-up file: how far it has come, and on which days. `at` 0 = the unit of the picker, else the units near it. */
export type DemoFile = {
  state: FileState
  at: number
  appliedOn: string
  openedOn?: string
  recheckedOn?: string
  closedOn?: string
  closedFor?: string
  note?: string
  aids?: readonly { kind: string; period: string; amount: number; paidOn: string | null }[]
  changes?: Partial<Household>
}

/** Who lives with her. Her surname and the number are set for each household: `idNumber` holds the day of birth until then. */
const kin = (
  relation: Kin['relation'],
  name: string,
  birth: string,
  others: Partial<Pick<Kin, 'health' | 'income' | 'school'>> = {},
): Kin => ({ name, relation, idNumber: birth, health: '健康', income: 0, school: null, ...others })
const mother = kin('父母', '例贤', '1949-06-18', { health: '慢性病', income: 6000 })

export const plainHousehold: Household = {
  heads: 2,
  income: 24_600,
  rigid: 2400,
  accident: 0,
  holdsMinimum: false,
  cause: '单亲抚养',
  furtherCauses: null,
  health: '一般',
  disability: '无',
  job: '在岗',
  housing: '租赁',
  area: 42,
  marital: '离异',
  singleParent: true,
  migrant: false,
  zeroEmployment: false,
  insurance: '职工医保',
  address: '演示路 18 号 2 单元 501',
  bank: '演示银行',
  account: '6222000000000000000',
  story: '一人抚养读小学的孩子，工资是全部收入，另付房租。',
  family: [kin('子女', '小例', '2010-09-03', { school: '示例小学' })],
}

const ill: Partial<Household> = {
  heads: 3,
  income: 52_000,
  rigid: 6000,
  accident: 46_000,
  cause: '本人大病',
  furtherCauses: '收入低无法维持基本生活',
  health: '重病',
  job: '病休',
  marital: '未婚',
  singleParent: false,
  story: '住院治疗一年，自付医药费超过全家收入的八成，与父母同住。',
  family: [kin('父母', '例福', '1947-02-11', { income: 18_000 }), mother],
}
const minimum: Partial<Household> = {
  heads: 2,
  income: 14_400,
  rigid: 0,
  holdsMinimum: true,
  cause: '收入低无法维持基本生活',
  job: '灵活就业',
  marital: '丧偶',
  singleParent: false,
  story: '持有低保证，与母亲同住，打零工。',
  family: [mother],
}

/** In every state, so that each step has somebody waiting for it. */
export const demoFiles: readonly DemoFile[] = [
  { state: 'applied', at: 0, appliedOn: '2020-04-15' },
  { state: 'checked', at: 0, appliedOn: '2020-04-10', changes: ill },
  {
    state: 'returned',
    at: 0,
    appliedOn: '2020-04-03',
    note: '银行账号不是本人账户，请核实后补正',
  },
  {
    state: 'open',
    at: 0,
    appliedOn: '2020-01-06',
    openedOn: '2020-02-17',
    aids: [
      { kind: '慰问', period: '2020Q1', amount: 1000, paidOn: '2020-03-06' },
      { kind: '生活', period: '2020上', amount: 3000, paidOn: null },
    ],
  },
  { state: 'visited', at: 1, appliedOn: '2020-04-01', changes: minimum },
  { state: 'visited', at: 2, appliedOn: '2020-03-30' },
  { state: 'inquired', at: 1, appliedOn: '2020-03-20', changes: ill },
  { state: 'verified', at: 2, appliedOn: '2020-03-16', changes: minimum },
  { state: 'noticed', at: 1, appliedOn: '2020-03-09' },
  {
    state: 'open',
    at: 2,
    appliedOn: '2020-01-08',
    openedOn: '2020-02-17',
    changes: minimum,
    aids: [{ kind: '生活', period: '2020上', amount: 3000, paidOn: '2020-03-20' }],
  },
  { state: 'open', at: 1, appliedOn: '2020-02-10', openedOn: '2020-03-23', changes: ill },
  {
    state: 'open',
    at: 2,
    appliedOn: '2018-02-20',
    openedOn: '2018-03-30',
    recheckedOn: '2019-03-29',
  },
  {
    state: 'closed',
    at: 1,
    appliedOn: '2020-01-03',
    openedOn: '2020-02-17',
    closedOn: '2020-03-31',
    closedFor: '脱困',
    aids: [{ kind: '慰问', period: '2020Q2', amount: 800, paidOn: '2020-04-08' }],
  },
  { state: 'refused', at: 2, appliedOn: '2020-03-02', note: '民政核对后家庭收入高于标准' },
  { state: 'withdrawn', at: 1, appliedOn: '2020-03-05', note: '本人不再申请' },
]
