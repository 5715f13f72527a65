import type { Household } from './household.ts'

/** What an export of files knows of each. */
export type NationalRow = {
  no: string
  name: string
  idNumber: string
  unit: string
  category: string
  perHead: number | null
  openedOn: string
  checkedOn: string
  household: Household
}

/** What a column of the national system may be taken from. */
export const nationalSources = [
  '档案编号',
  '姓名',
  '身份证号',
  '所在单位',
  '困难类别',
  '家庭月人均收入',
  '家庭人口',
  '家庭年收入',
  '家庭刚性支出',
  '健康状况',
  '残疾情况',
  '工作状态',
  '住房类型',
  '婚姻状况',
  '是否单亲',
  '是否农民工',
  '是否零就业家庭',
  '医保情况',
  '主要致困原因',
  '其他致困原因',
  '开户银行',
  '银行账号',
  '家庭成员',
  '建档日期',
  '最近复核日期',
] as const
export type NationalSource = (typeof nationalSources)[number]

const yes = (value: boolean | null): string => (value ? '是' : '否')

const taken: Readonly<Record<NationalSource, (row: NationalRow) => string | number | null>> = {
  档案编号: (r) => r.no,
  姓名: (r) => r.name,
  身份证号: (r) => r.idNumber,
  所在单位: (r) => r.unit,
  困难类别: (r) => r.category,
  家庭月人均收入: (r) => r.perHead,
  家庭人口: (r) => r.household.heads,
  家庭年收入: (r) => r.household.income,
  家庭刚性支出: (r) => r.household.rigid,
  健康状况: (r) => r.household.health,
  残疾情况: (r) => r.household.disability,
  工作状态: (r) => r.household.job,
  住房类型: (r) => r.household.housing,
  婚姻状况: (r) => r.household.marital,
  是否单亲: (r) => yes(r.household.singleParent),
  是否农民工: (r) => yes(r.household.migrant),
  是否零就业家庭: (r) => yes(r.household.zeroEmployment),
  医保情况: (r) => r.household.insurance,
  主要致困原因: (r) => r.household.cause,
  其他致困原因: (r) => r.household.furtherCauses,
  开户银行: (r) => r.household.bank,
  银行账号: (r) => r.household.account,
  家庭成员: (r) => r.household.family.map((one) => `${one.relation} ${one.name}`).join('；'),
  建档日期: (r) => r.openedOn,
  最近复核日期: (r) => r.checkedOn,
}

/** The cell of a column. */
export const nationalCell = (from: NationalSource, row: NationalRow): string | number | null =>
  taken[from](row)
