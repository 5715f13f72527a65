import { longDay } from '#kit/day.ts'
import type { AnyRow } from '#kit/row.ts'
import type { CertificateLayout } from './layouts.ts'

const shape = {
  each: /\[(\w+)\|([^|\]]*)\|([^\]]*)\]/g,
  where: /\[\?(\w+)\|([^\]]*)\]/g,
  field: /\{(@?\w+)\}/g,
}

/** 「于3月1日至3月1日」: what began and ended on one day was on that day. */
const ofOneDay = /(\d+年\d+月\d+日)至\1/g

const written = (value: unknown): string => {
  if (typeof value === 'number') return value.toLocaleString('zh-CN')
  if (typeof value !== 'string') return ''
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? longDay(value) : value.trim()
}

/** The record with the rows alone that the issuer gave; a committee of the issuer gives in its name. */
export function givenBy({ given }: CertificateLayout, row: AnyRow, issuer: string): AnyRow {
  if (!given) return row
  const lines = (row[given.child] ?? []) as AnyRow[]
  return { ...row, [given.child]: lines.filter((line) => written(line[given.by]).startsWith(issuer)) }
}

/** Whether the issuer gave any of it. */
export const isGiven = ({ given }: CertificateLayout, row: AnyRow): boolean =>
  !given || ((row[given.child] ?? []) as AnyRow[]).length > 0

/** The words of a certificate for a record. @param org name of the unit whose record it is */
export function wordsFor(layout: CertificateLayout, row: AnyRow, org: string): string {
  const fill = (text: string, from: AnyRow): string =>
    text.replace(shape.field, (_, name: string) => (name === '@org' ? org : written(from[name])))
  const each = layout.words.replace(shape.each, (_, child: string, text: string, between: string) =>
    ((row[child] ?? []) as AnyRow[]).map((line) => fill(text, line)).join(between),
  )
  const said = each.replace(shape.where, (_, name: string, text: string) => (written(row[name]) ? text : ''))
  return fill(said, row).replace(ofOneDay, '$1')
}

/** Fields that a layout binds, those of rows of children as `titles.giver`. */
export function boundBy(layout: CertificateLayout): string[] {
  const inRows: string[] = []
  const rest = layout.words.replace(shape.each, (_, child: string, text: string) => {
    inRows.push(...[...text.matchAll(shape.field)].map((m) => `${child}.${m[1]}`))
    return ''
  })
  return [
    ...inRows,
    ...[...rest.matchAll(shape.where)].map((m) => m[1]!),
    ...[...rest.matchAll(shape.field)].map((m) => m[1]!).filter((name) => name !== '@org'),
    ...(typeof layout.recipient === 'object' ? [layout.recipient.field] : []),
    ...(layout.persons ? [layout.persons.field] : []),
  ]
}

/** Whether who gets it is a person, whose name strangers see masked. */
export const isForPerson = ({ recipient, persons }: CertificateLayout, row: AnyRow): boolean =>
  recipient === 'names' || (persons !== undefined && persons.is.includes(String(row[persons.field])))

/** Names as they are pasted, one a line or parted by 、; none twice. */
export const namesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\n\r、，,;；\t]+/)
      .map((name) => name.normalize('NFC').trim())
      .filter(Boolean),
  ),
]
