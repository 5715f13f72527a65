import { calendars, hasPart, partsIn, periodOf, type Calendar, type Period } from '#kit/period.ts'

export const views = ['then', 'today'] as const
export type View = (typeof views)[number]

/** What a figure is asked for: unit (absent = one's own), period, and whose tree counts. */
export type Scope = { org?: number; calendar: Calendar; year: number; part: number; view: View }

/** A scope as text in the address; every part may be missing or wrong. */
export type ScopeSearch = { [K in keyof Scope]?: string | undefined }

export const calendarLabels: Record<Calendar, string> = {
  year: '日历年',
  statistics: '统计年度',
  half: '半年',
  quarter: '季度',
  month: '月',
  months: '数月',
}

/** The calendars that are offered; a run of months comes from a text that names one. */
export const offeredCalendars = calendars.filter((calendar) => calendar !== 'months')

/** 当时口径 and 现行口径 with what each means. */
export const viewChoices: readonly { value: View; label: string; hint: string }[] = [
  { value: 'then', label: '当时口径', hint: '按事项发生时的隶属关系统计，与当年上报的一致' },
  { value: 'today', label: '现行口径', hint: '按今天的隶属关系统计，划入的单位连同过去的数字一并计入' },
]

/** Label and hint of a view. */
export function viewOf(view: View): { label: string; hint: string } {
  return viewChoices.find(({ value }) => value === view)!
}

const FIRST_YEAR = 2015

/** The year people look at: until June still the year before, whose summary is under way. */
export function usualYear(today: string): number {
  const year = Number(today.slice(0, 4))
  return Number(today.slice(5, 7)) <= 6 ? year - 1 : year
}

/** Years offered, newest first. */
export function yearsOffered(today: string): number[] {
  const last = Number(today.slice(0, 4))
  return Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => last - i)
}

const inRange = (text: string | undefined, low: number, high: number): number | null => {
  const n = Number(text)
  return text !== undefined && Number.isInteger(n) && n >= low && n <= high ? n : null
}

/** A run of months that is none falls back to the whole year. */
function partIn(calendar: Calendar, text: string | undefined): number {
  const part = Number(text)
  if (hasPart(calendar, part)) return part
  return calendar === 'months' ? 112 : 1
}

/** The scope of an address; what is missing or impossible falls back to the usual. */
export function readScope(search: ScopeSearch, today: string): Scope {
  const calendar = calendars.find((c) => c === search.calendar) ?? 'year'
  const org = inRange(search.org, 1, Number.MAX_SAFE_INTEGER)
  return {
    ...(org === null ? {} : { org }),
    calendar,
    year: inRange(search.year, 2000, 2099) ?? usualYear(today),
    part: partIn(calendar, search.part),
    view: views.find((v) => v === search.view) ?? 'then',
  }
}

/** A scope as an address: what is usual is left out, so that links stay short. */
export function writeScope(scope: Scope, today: string): ScopeSearch {
  return {
    org: scope.org?.toString(),
    calendar: scope.calendar === 'year' ? undefined : scope.calendar,
    year: scope.year === usualYear(today) ? undefined : String(scope.year),
    part: scope.part === 1 ? undefined : String(scope.part),
    view: scope.view === 'then' ? undefined : scope.view,
  }
}

/** The same as parameters of the figure endpoints, nothing left out. */
export function scopeQuery({ org, calendar, year, part, view }: Scope): Record<string, string | undefined> {
  return { org: org?.toString(), calendar, year: String(year), part: String(part), view }
}

/** The period a scope names. */
export function periodOfScope({ calendar, year, part }: Scope): Period {
  return periodOf(calendar, year, part)
}

/** The next (1) or previous (−1) period of the same calendar. */
export function step(scope: Scope, by: 1 | -1): Scope {
  const parts = partsIn[scope.calendar]
  if (scope.calendar === 'months') return { ...scope, year: scope.year + by }
  const index = scope.year * parts + scope.part - 1 + by
  return { ...scope, year: Math.floor(index / parts), part: (index % parts) + 1 }
}

/** Keeps the year when the calendar changes and starts at its first part. */
export function withCalendar(scope: Scope, calendar: Calendar): Scope {
  return { ...scope, calendar, part: 1 }
}

/** The records of one month of the year shown, as the search of their page. */
export const monthSearch = ({ org, year, view }: Scope, month: number) => ({
  ...(org === undefined ? {} : { org: String(org) }),
  calendar: 'month',
  year: String(year),
  part: String(month),
  view,
})
