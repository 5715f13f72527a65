import { choice, count, money, note, text, yesNo } from '#kit/field/index.ts'
import { readIdNumber } from '#kit/field/idNumber.ts'
import type { RowOf } from '#kit/field/kind.ts'
import type { AnyRow, ChildSpec, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'

/** 致困原因: one main, up to three further ones. */
export const causes = [
  '本人大病',
  '家庭成员大病',
  '残疾',
  '子女上学',
  '意外灾害',
  '下岗失业',
  '收入低无法维持基本生活',
  '供养直系亲属',
  '单亲抚养',
  '其他',
] as const

/** What is told of a household; all of it is sealed. `accident` is what an illness or disaster of the year cost. */
export const householdFields = {
  heads: count('家庭人口', { required: true, min: 1, max: 20, hint: '共同生活的人，含本人' }),
  income: money('上年家庭总收入（元）', { required: true, hint: '全家一年的各项收入合计' }),
  rigid: money('其中刚性支出（元）', { required: true, hint: '自付医药费、学费、房租等，没有填 0' }),
  accident: money('意外或大病自付支出（元）', { required: true, hint: '没有填 0' }),
  holdsMinimum: yesNo('是否持低保证', { required: true }),
  cause: choice('主要致困原因', causes, { required: true }),
  furtherCauses: text('其他致困原因', { max: 60, hint: '最多三项，用顿号分开' }),
  health: choice('健康状况', ['健康', '一般', '慢性病', '重病'], { required: true }),
  disability: choice('残疾情况', ['无', '一级', '二级', '三级', '四级'], { required: true }),
  job: choice('工作状态', ['在岗', '待岗', '下岗', '失业', '灵活就业', '病休', '退休'], { required: true }),
  housing: choice('住房类型', ['自有', '租赁', '公租房', '借住'], { required: true }),
  area: count('住房面积（平方米）', { min: 1, max: 999 }),
  marital: choice('婚姻状况', ['未婚', '已婚', '离异', '丧偶'], { required: true }),
  singleParent: yesNo('是否单亲（抚养未成年或在读子女）', { required: true }),
  migrant: yesNo('是否农民工', { required: true }),
  zeroEmployment: yesNo('是否零就业家庭', { required: true }),
  insurance: choice('医保情况', ['职工医保', '居民医保', '未参保'], { required: true }),
  address: text('家庭住址', { required: true, max: 100 }),
  bank: text('开户银行', { required: true, max: 60 }),
  account: text('银行账号', { required: true, min: 10, max: 30, hint: '须为本人账户' }),
  story: note('困难情况', { required: true, max: 800, hint: '写清收入来源和主要开支' }),
} as const

export const kinRelations = ['配偶', '子女', '父母', '公婆', '兄弟姐妹', '其他'] as const
export const kinFields = {
  name: text('姓名', { required: true, max: 30 }),
  relation: choice('与本人关系', kinRelations, { required: true }),
  idNumber: text('身份证号', { required: true, max: 30, hint: '只用来核对一户一档、夫妻不重复申领' }),
  health: choice('健康状况', ['健康', '一般', '慢性病', '重病', '残疾'], { required: true }),
  income: money('年收入（元）', { required: true }),
  school: text('就读学校', { max: 60 }),
} as const
export const householdChildren: Readonly<Record<'family', ChildSpec>> = {
  family: { label: '家庭成员', fields: kinFields, hint: '不含本人' },
}

export type Kin = RowOf<typeof kinFields>
export type Household = RowOf<typeof householdFields> & { family: Kin[] }

const mostKin = 12

/** Reads what was typed of a household. @param today no birth lies after it; @param own her own number, who is no member beside herself */
export function readHousehold(
  input: AnyRow,
  today: string,
  own: string | null = null,
): { household: Household; issues: [] } | { household: null; issues: Issue[] } {
  const { family: given = [], ...rest } = input
  const { row, issues } = readForm(householdFields, rest)
  const lines = Array.isArray(given) ? (given as AnyRow[]) : []
  if (!Array.isArray(given) || lines.length > mostKin)
    issues.push({ field: 'family', message: `家庭成员最多填 ${mostKin} 人` })
  const family = lines.slice(0, mostKin).map((line, at) => readKin(line, `family.${at}.`, today, issues))
  if (issues.length === 0) issues.push(...across(row as RowOf<typeof householdFields>, family, own))
  return issues.length > 0
    ? { household: null, issues }
    : { household: { ...(row as RowOf<typeof householdFields>), family }, issues: [] }
}

function readKin(line: AnyRow, prefix: string, today: string, issues: Issue[]): Kin {
  const read = readForm(kinFields, line)
  issues.push(...read.issues.map((issue) => ({ ...issue, field: prefix + issue.field })))
  const kin = read.row as Kin
  if (typeof kin.idNumber !== 'string') return kin
  const id = readIdNumber(kin.idNumber, today)
  if (id.fault !== null) {
    issues.push({ field: `${prefix}idNumber`, message: id.fault })
    return kin
  }
  return { ...kin, idNumber: id.number }
}

function across(row: RowOf<typeof householdFields>, family: readonly Kin[], own: string | null): Issue[] {
  const issues: Issue[] = []
  if (row.heads < family.length + 1)
    issues.push({
      field: 'heads',
      message: `家庭人口 ${row.heads} 少于本人和所填家庭成员共 ${family.length + 1} 人`,
    })
  if (row.rigid > row.income && row.income > 0 && row.rigid > 10 * row.income)
    issues.push({ field: 'rigid', message: '刚性支出超过收入十倍，请核对是否多填了位数' })
  const spouses = family.filter((kin) => kin.relation === '配偶')
  if (spouses.length > 1) issues.push({ field: 'family', message: '配偶只能填一人' })
  if (row.marital === '已婚' && spouses.length === 0)
    issues.push({ field: 'family', message: '已婚的请填写配偶，夫妻合并核对是否重复申领' })
  if (row.marital !== '已婚' && spouses.length > 0)
    issues.push({ field: 'marital', message: '填写了配偶，婚姻状况应为已婚' })
  if (row.singleParent && row.marital === '已婚')
    issues.push({ field: 'singleParent', message: '已婚的不能同时是单亲，请核对' })
  if ((row.furtherCauses ?? '').split(/[、，,；;]/).filter((word) => word.trim() !== '').length > 3)
    issues.push({ field: 'furtherCauses', message: '其他致困原因最多三项' })
  const seen = new Set(own === null ? [] : [own])
  for (const [at, kin] of family.entries()) {
    if (seen.has(kin.idNumber))
      issues.push({
        field: `family.${at}.idNumber`,
        message: '这个身份证号与本人或另一位家庭成员相同，请核对',
      })
    seen.add(kin.idNumber)
  }
  return issues
}
