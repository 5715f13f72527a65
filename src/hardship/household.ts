import { readIdNumber } from '#kit/field/idNumber.ts'
import type { RowOf } from '#kit/field/kind.ts'
import type { AnyRow, ChildSpec, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import { householdFields, kinFields } from './householdFields.ts'

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
