import { readIdNumber } from '#kit/field/idNumber.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import {
  detailFields,
  entryFields,
  identityFields,
  type DetailRow,
  type EntryRow,
  type IdentityRow,
} from './form.ts'

export type Read<T> = { row: T; issues: [] } | { row: null; issues: Issue[] }

/** Whole years from a birthday to a day; on 29 February one is a year older from 1 March on. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Under fourteen a guardian agrees first (个人信息保护法 第三十一条). */
export const guardedUntil = 14
/** Under sixteen nobody is employed (禁止使用童工规定 第二条), hence nobody a member. */
const employedFrom = 16
const child = '职工子女'

/** 11 digits of a mobile phone, or a fixed line with its area code; blanks and dashes as people write them. */
export function readPhone(typed: string): string | null {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s\-()]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$|^0\d{9,11}$/.test(digits) ? digits : null
}

/** The same where it must be a mobile phone, which alone takes text messages. */
export function readMobile(typed: string): string | null {
  const phone = readPhone(typed)
  return phone !== null && /^1\d{10}$/.test(phone) ? phone : null
}

export const phoneFault = '手机号码应为 11 位（1 开头），座机请带区号'

/** The number in the form that is stored and indexed; sex and birth where the number tells them. */
function identify<R extends IdentityRow>(row: R, today: string, issues: Issue[]): R {
  if (row.idKind === '居民身份证') {
    const read = readIdNumber(row.idNumber, today)
    if (read.fault === null) return { ...row, idNumber: read.number, sex: read.sex, birth: read.birth }
    issues.push({ field: 'idNumber', message: read.fault })
    return row
  }
  const idNumber = row.idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z0-9]{5,20}$/.test(idNumber))
    issues.push({ field: 'idNumber', message: '护照号码应为 5 至 20 位字母或数字' })
  if (!row.sex) issues.push({ field: 'sex', message: '请选择性别' })
  if (!row.birth) issues.push({ field: 'birth', message: '请选择出生日期' })
  else if (row.birth > today) issues.push({ field: 'birth', message: '出生日期不能晚于今天' })
  return { ...row, idNumber }
}

function tidyPhone<K extends string>(
  row: { [k in K]: string | null },
  key: K,
  issues: Issue[],
): string | null {
  const typed = row[key]
  if (typed === null) return null
  const phone = readPhone(typed)
  if (phone === null) issues.push({ field: key, message: phoneFault })
  return phone
}

/** Reads kind and number, with sex and birth. */
export function readIdentity(input: AnyRow, today: string): Read<IdentityRow> {
  const { row, issues } = readForm(identityFields, input)
  const read = issues.length > 0 ? null : identify(row as IdentityRow, today, issues)
  return read === null || issues.length > 0 ? { row: null, issues } : { row: read, issues: [] }
}

/** Reads what else is known of a person. */
export function readDetails(input: AnyRow): Read<DetailRow> {
  const { row, issues } = readForm(detailFields, input)
  const read = row as DetailRow
  const known = { ...read, phone: tidyPhone(read, 'phone', issues) }
  return issues.length > 0 ? { row: null, issues } : { row: known, issues: [] }
}

/**
 * Reads a new entry: person, place, and for a child under fourteen her guardian's consent, without which nothing is saved.
 * @param today business date
 */
export function readEntry(input: AnyRow, today: string): Read<EntryRow> {
  const { row, issues } = readForm(entryFields, input)
  if (issues.length > 0) return { row: null, issues }
  const read = row as EntryRow
  const known: EntryRow = {
    ...read,
    ...identify(read, today, issues),
    phone: tidyPhone(read, 'phone', issues),
    guardianPhone: tidyPhone(read, 'guardianPhone', issues),
  }
  if (issues.length === 0) issues.push(...placeIssues(known, today), ...guardianIssues(known, today))
  return issues.length > 0 ? { row: null, issues } : { row: known, issues: [] }
}

export function placeIssues(
  { birth, fromOn, kind }: Pick<EntryRow, 'birth' | 'fromOn' | 'kind'>,
  today: string,
): Issue[] {
  if (fromOn > today) return [{ field: 'fromOn', message: '起始日期不能晚于今天' }]
  if (fromOn < birth!) return [{ field: 'fromOn', message: `起始日期不能早于出生日期（${birth}）` }]
  if (kind !== child && ageOn(birth!, fromOn) < employedFrom)
    return [
      { field: 'kind', message: `起始时未满 ${employedFrom} 周岁，不能登记为${kind}；孩子请选“职工子女”` },
    ]
  if (kind === child && ageOn(birth!, today) >= 18)
    return [{ field: 'kind', message: '已满 18 周岁，不能登记为职工子女' }]
  return []
}

function guardianIssues(row: EntryRow, today: string): Issue[] {
  if (ageOn(row.birth!, today) >= guardedUntil) return []
  const missing = (['guardianName', 'guardianPhone', 'guardianAgreedOn'] as const).filter((k) => !row[k])
  if (missing.length > 0)
    return missing.map((field) => ({
      field,
      message: `未满 ${guardedUntil} 周岁，须先取得监护人同意，请填写${entryFields[field].label}`,
    }))
  if (row.guardianAgreedOn! > today) return [{ field: 'guardianAgreedOn', message: '同意日期不能晚于今天' }]
  return []
}

/** What the blind index is taken of: kind and canonical number. */
export const indexText = (idKind: string, idNumber: string): string => `${idKind}\u001f${idNumber}`
/** The same of a phone, in the form that is stored. */
export const phoneIndexText = (phone: string): string => `手机\u001f${phone}`
