import { addDays, daysIn } from '#kit/day.ts'
import type { Programme } from '#kit/programme.ts'
import type { RecordFilter, RecordQuery } from '#record/api.ts'

/** Filters that make a list shorter; paging and size don't. */
const filters = ['state', 'from', 'until', 'q', 'grade', 'where', 'batch'] as const

export const isFiltered = (search: Readonly<Record<string, unknown>>): boolean =>
  filters.some((name) => search[name] !== undefined)

/** A list's address after a change of filters: back to the first page, no drawer. */
export function refiltered<T extends RecordQuery & { id?: string | undefined }>(
  search: T,
  change: Partial<T>,
): T {
  return { ...search, after: undefined, before: undefined, page: undefined, id: undefined, ...change }
}

/** What is asked of the API: the address without the drawer, and her own scope where no unit is chosen. */
export function queryOf(search: RecordQuery & { id?: string | undefined }, ownOrg: number): RecordQuery {
  const { id: _, ...query } = search
  return { ...query, org: query.org ?? String(ownOrg) }
}

/** The same without paging: what its sums are asked with. */
export function filterOf(query: RecordQuery): RecordFilter {
  return { ...query, size: undefined, page: undefined, after: undefined, before: undefined } as RecordFilter
}

type Option = { label: string; title: string; options: { label: string; value: string }[] }

/** Choices of the programme as filters 「field:value」, grouped under the field's label. */
export function whereOptions(programme: Programme): Option[] {
  return Object.entries(programme.fields).flatMap(([name, field]) => {
    if (field.kind !== 'choice' && field.kind !== 'yesNo') return []
    const options =
      field.kind === 'yesNo'
        ? ['true', 'false'].map((value) => ({
            label: `${field.label}：${value === 'true' ? '是' : '否'}`,
            value,
          }))
        : (field.choices ?? []).map((value) => ({ label: `${field.label}：${value}`, value }))
    return [
      {
        label: field.label,
        title: field.label,
        options: options.map(({ label, value }) => ({ label, value: `${name}:${value}` })),
      },
    ]
  })
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Periods that are asked for most, seen from the business date. */
export function presetsOf(today: string): { label: string; from: string; until: string }[] {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const quarter = Math.ceil(month / 3)
  const lastOf = (y: number, m: number): string => `${y}-${two(m)}-${two(daysIn(y, m))}`
  return [
    { label: '近 30 天', from: addDays(today, -29), until: today },
    { label: '本月', from: `${year}-${two(month)}-01`, until: lastOf(year, month) },
    { label: '本季度', from: `${year}-${two(quarter * 3 - 2)}-01`, until: lastOf(year, quarter * 3) },
    { label: '今年', from: `${year}-01-01`, until: `${year}-12-31` },
    { label: '去年', from: `${year - 1}-01-01`, until: `${year - 1}-12-31` },
  ]
}
