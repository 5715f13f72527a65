import { isMasked, refKey } from '#intake/ref.ts'
import type { Line } from '#intake/target.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import { detailFields, entryFields, joinFields, type EntryRow, type IdentityRow } from './form.ts'
import { indexText, placeIssues, readIdentity, readPhone, phoneFault } from './rules.ts'
import { guardianText } from './sealedText.ts'
import type { SealedField } from './purposes.ts'
import type { Stored } from './stored.ts'

/** What a row of a workbook says of a person who is registered, as far as it differs from what stands in clear. */
export type Wanted = {
  /** Details and the day of a guardian's consent. */
  details: Record<string, unknown>
  place: { kind?: EntryRow['kind']; fromOn?: string }
  /** Where the number was given in full. */
  identity: IdentityRow | null
  /** Given in full; whether they are new, only who may open what stands can tell. */
  sealed: Partial<Record<SealedField, string>>
}

const clearKeys = Object.keys(detailFields).filter((key) => key !== 'phone')
const identityKeys = ['idKind', 'sex', 'birth'] as const

/** Columns of which a row says something: not what it leaves out, what an export masked, or, of a row without a number, what is empty. */
const speaking = (line: Line, isNamed: boolean) => (key: string) =>
  line.given.has(key) &&
  !line.assumed.includes(key) &&
  !isMasked(line.values[key]) &&
  (isNamed || line.values[key] !== undefined)

/** Reads a row as changes of a person. Faults stand at their cells. */
export function changesOf(
  line: Line,
  stored: Stored,
  isNamed: boolean,
  today: string,
): { wanted: Wanted; issues: Issue[] } {
  const { values } = line
  const says = speaking(line, isNamed)
  const typed = (key: string): string | null => {
    const value = says(key) ? values[key] : undefined
    return typeof value === 'string' && value !== '' ? value : null
  }
  const known = clearKeys.filter(says)
  const { row, issues } = readForm(pick(detailFields, known), pick(values, known))
  const wanted: Wanted = {
    details: Object.fromEntries(
      Object.entries(row).filter(([key, value]) => (value ?? null) !== (stored[key] ?? null)),
    ),
    place: {},
    identity: null,
    sealed: {},
  }
  const phone = typed('phone')
  if (phone !== null) {
    const read = readPhone(phone)
    if (read === null) issues.push({ field: 'phone', message: phoneFault })
    else wanted.sealed.phone = read
  }
  readNumber(typed, stored, today, wanted, issues)
  readPlace(typed, stored, today, wanted, issues)
  readGuardian(typed, stored, today, wanted, issues)
  return { wanted, issues }
}

const pick = <T>(all: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])))

type Typed = (key: string) => string | null

/** Kind, number, sex and day of birth belong together: who changes one gives the number in full, as on the form. */
function readNumber(typed: Typed, stored: Stored, today: string, wanted: Wanted, issues: Issue[]): void {
  const idNumber = typed('idNumber')
  if (idNumber === null) {
    for (const field of identityKeys) {
      const value = typed(field)
      if (value !== null && value !== stored[field])
        issues.push({
          field,
          message: `${entryFields[field].label}与登记的不同；要改，请把证件号码一并填写完整`,
        })
    }
    return
  }
  const birth = typed('birth')
  const { row, issues: found } = readIdentity(
    {
      idKind: typed('idKind') ?? stored['idKind'],
      idNumber,
      sex: typed('sex') ?? stored['sex'],
      birth: birth ?? `${stored.birthYear}-01-01`,
    },
    today,
  )
  if (row === null) return void issues.push(...found)
  wanted.identity = row
  if (row.idKind !== '居民身份证' && birth !== null) wanted.sealed.birth = birth
}

/** When and as what she came; of the day of birth only the year is at hand where the number is masked. */
function readPlace(typed: Typed, stored: Stored, today: string, wanted: Wanted, issues: Issue[]): void {
  const kind = typed('kind') as EntryRow['kind'] | null
  const fromOn = typed('fromOn')
  if (kind !== null && kind !== stored['kind']) wanted.place.kind = kind
  if (fromOn !== null && fromOn !== stored['fromOn'] && fromOn !== stored.turnedOn)
    wanted.place.fromOn = fromOn
  const [changed] = Object.keys(wanted.place) as (keyof typeof joinFields)[]
  if (changed === undefined) return
  const say = (field: string, message: string) => void issues.push({ field, message })
  if (stored.untilOn !== null)
    return say(changed, `她已在 ${stored.untilOn} 离开，${joinFields[changed].label}不再修改`)
  if (wanted.place.kind && stored.rests)
    return say('kind', '她的会籍正在保留，表格不改；请在她的会员资料里先办恢复')
  if (wanted.place.kind && stored.notAfter)
    return say('kind', `她在 ${stored.turnedOn} 办过入会、保留或恢复，表格不改；请在她的会员资料里办理`)
  if (wanted.place.fromOn && stored.notBefore && wanted.place.fromOn < stored.notBefore)
    return say('fromOn', `不能早于她离开上一个单位的日期（${stored.notBefore}）`)
  if (wanted.place.fromOn && stored.notAfter && wanted.place.fromOn > stored.notAfter)
    return say('fromOn', `不能晚于她办理入会、保留或恢复的日期（${stored.notAfter}）`)
  const next = { kind: stored['kind'], fromOn: stored['fromOn'], ...wanted.place } as EntryRow
  const day = wanted.identity?.idKind === '居民身份证' ? wanted.identity.birth : null
  const days = day === null ? ['01-01', '12-31'].map((end) => `${stored.birthYear}-${end}`) : [day]
  const [first = [], other] = days.map((birth) => placeIssues({ ...next, birth }, today))
  if (other && other.length !== first.length)
    return say(changed, '年龄差不多刚够，要按出生日期核对，请把证件号码一并填写完整')
  issues.push(...first)
}

/** Of a guardian both columns make one value, and the consent stays dated. */
function readGuardian(typed: Typed, stored: Stored, today: string, wanted: Wanted, issues: Issue[]): void {
  const [name, phone] = [typed('guardianName'), typed('guardianPhone')]
  const agreed = typed('guardianAgreedOn')
  if (agreed !== null && agreed !== stored['guardianAgreedOn']) {
    if (agreed > today) issues.push({ field: 'guardianAgreedOn', message: '同意日期不能晚于今天' })
    wanted.details['guardianAgreedOn'] = agreed
  }
  if (name === null && phone === null) return
  if (name === null || phone === null) {
    const missing = name === null ? 'guardianName' : 'guardianPhone'
    issues.push({
      field: missing,
      message: `监护人的姓名和手机号码请一并填写，还缺${entryFields[missing].label}`,
    })
    return
  }
  const read = readPhone(phone)
  if (read === null) issues.push({ field: 'guardianPhone', message: phoneFault })
  else wanted.sealed.guardian = guardianText(name, read)!
}

/** What the blind index of a wanted number is taken of. */
export const numberText = ({ idKind, idNumber }: IdentityRow): string => indexText(idKind, idNumber)

/** What a row says of somebody new. */
export function entryOf({ values }: Line): AnyRow {
  const { [refKey]: _, ...entry } = values
  return entry
}
