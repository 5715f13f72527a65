import { isDay } from '#kit/day.ts'
import type { Field, Fields } from '#kit/field/kind.ts'
import { readDay, readNumber } from '#intake/normal.ts'
import type { Values } from './formState.ts'

const numbered = /^\s*[(（]?\d{1,3}\s*[.、．)）:：]\s*(?=\D|\d{4}|\d{1,2}月)/u

/** Lines of a chat roll (接龙), numbers taken off; empty when the text is none: 「1. 张三 138…」「2、3月8日 插花课 45人」. */
export function rollLines(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const own = lines.filter((line) => numbered.test(line))
  return own.length >= 2 || (own.length === 1 && lines.length <= 2)
    ? own.map((line) => line.replace(numbered, '').trim())
    : []
}

const person = /^[\p{Script=Han}·]{2,4}(\s*[,，:：]?\s*1\d{10})?$/u

/** A roll of persons and telephone numbers, which no activity's form holds: only how many they are is of use. */
export const isRoster = (lines: readonly string[]): boolean =>
  lines.length >= 2 && lines.every((line) => person.test(line))

/** 「3月8日」, 「3.8」 → the last such day that is not after today; a full date as it stands; null for no day. */
export function dayIn(text: string, today: string): string | null {
  const full = readDay(text)
  if (full) return full
  const m = /^(\d{1,2})[月.／/](\d{1,2})[日号]?$/u.exec(text)
  if (!m) return null
  const year = Number(today.slice(0, 4))
  const [month, date] = [m[1]!.padStart(2, '0'), m[2]!.padStart(2, '0')]
  return (
    [year, year - 1].map((y) => `${y}-${month}-${date}`).find((day) => isDay(day) && day <= today) ?? null
  )
}

/** 「3月8日-10日」, 「3月8日至4月2日」 as two days; one day as itself. */
function daysIn(token: string, today: string): string[] {
  const one = dayIn(token, today)
  if (one) return [one]
  const m = /^(.+?)[-—~～至到](\d{1,2}[月.])?(\d{1,2})[日号]?$/u.exec(token)
  const from = m ? dayIn(m[1]!, today) : null
  if (!m || !from) return []
  const month = m[2] ? m[2].slice(0, -1).padStart(2, '0') : from.slice(5, 7)
  const until = `${from.slice(0, 5)}${month}-${m[3]!.padStart(2, '0')}`
  return isDay(until) ? [from, until] : []
}

/** Measure words that tell which number is meant. */
const measures: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:女职工|女工|女)[:：]?(\d+)(?:人|名|人次)?$|^(\d+)(?:名|位)?女(?:职工|工)?$/u, ['women']],
  [/^(?:共|总|参加)?[:：]?(\d+)(?:人次|人|名|位)$/u, ['all', 'persons', 'beneficiaries', 'children']],
  [/^(\d+)(?:期|场|次)$/u, ['count']],
  [/^(\d+)(?:份|册)$/u, ['copies']],
  [/^(\d+(?:\.\d+)?)(?:学时|课时|小时)$/u, ['hours']],
  [/^(\d+(?:\.\d+)?万?)元$/u, ['cost', 'amount']],
]

const isPlace = (token: string): boolean =>
  /(?:区|县|街道|乡|镇|社区|中心|学校|中学|小学|公司|厂|馆|室|厅|校区|园|楼|礼堂|路\d*号?)$/u.test(token)

/** Reads the tokens of one line into the fields of a form, each by what it looks like; what fits nowhere goes to the note. */
export function readRollLine(fields: Fields, line: string, today: string): Values {
  const row: Record<string, unknown> = {}
  const free = (name: string): boolean => fields[name] !== undefined && row[name] === undefined
  const firstOf = (fits: (field: Field, name: string) => boolean): string | undefined =>
    Object.keys(fields).find((name) => free(name) && fits(fields[name]!, name))
  const counts = Object.keys(fields).filter((name) => fields[name]!.kind === 'count')
  const onlyCount = (): string | undefined => (counts.length === 1 ? counts.find(free) : undefined)
  const words: string[] = []
  for (const token of line.split(/[\s,，、;；|]+/u).filter(Boolean)) {
    const days = daysIn(token, today)
    if (days.length > 0) {
      for (const day of days) {
        const name = firstOf((field) => field.kind === 'day')
        if (name) row[name] = day
      }
      continue
    }
    const labelled = /^(.{2,12})[:：](.+)$/u.exec(token)
    const named = labelled && firstOf((field) => field.label.includes(labelled[1]!))
    if (labelled && named) {
      row[named] = readNumber(labelled[2]!) ?? labelled[2]
      continue
    }
    const measured = measures.flatMap(([pattern, names]) => {
      const m = pattern.exec(token)
      const name = m ? (names.find(free) ?? onlyCount()) : undefined
      return m && name ? [{ name, text: m.slice(1).find((part) => part !== undefined)! }] : []
    })[0]
    if (measured) {
      row[measured.name] = readNumber(measured.text)
      continue
    }
    const number = /^\d+(?:\.\d+)?$/u.test(token) && token.length < 8 ? readNumber(token) : null
    const counted = number === null ? undefined : firstOf((field) => field.kind === 'count' && field.required)
    if (counted) {
      row[counted] = number
      continue
    }
    const chosen = firstOf((field) => field.choices?.includes(token) === true)
    if (chosen) row[chosen] = token
    else words.push(token)
  }
  const texts = Object.keys(fields).filter((name) => fields[name]!.kind === 'text' && fields[name]!.required)
  for (const word of words) {
    const name = isPlace(word) && free('place') ? 'place' : texts.find(free)
    if (name) row[name] = word
    else if (fields['note']) row['note'] = [row['note'], word].filter(Boolean).join(' ')
  }
  // 「插花课」 alone names the class and says what it taught.
  const [title, content] = texts
  if (title && content && fields[content]?.own && free(content) && row[title] !== undefined)
    row[content] = row[title]
  return row
}
