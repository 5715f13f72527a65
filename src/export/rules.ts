import { formatInstant } from '#kit/day.ts'

/** Days for which a file waits to be fetched. */
export const keptDays = 7

/** Rows of one file. */
export const mostRows = 50_000
/** Rows of one file with sealed values: each of them is noted for the person. */
export const mostFullRows = 500

/** Kind of the job that makes a file. */
export const exportJob = 'export'
/** Persons whom one may take out alone in a day, where the operator says nothing else. */
export const aloneByDefault = 100
/** Days for which a request waits for a second person. */
export const secondDays = 3
/** Characters of a reason that a second person can decide by. */
export const leastReason = 10

/** Whether a second person must agree: to rows of persons that, with those of the day, are more than one may take alone; to some always. */
export const needsSecond = (
  { personal, rows, alwaysSecond }: { personal: boolean; rows: number; alwaysSecond?: true },
  takenToday: number,
  alone: number,
): boolean => alwaysSecond === true || (personal && rows + takenToday > alone)

/** Of one person in one day beyond which the audit administrator is told. */
export const alarmAt = { files: 30, rows: 20_000, fullRows: 200 } as const

export const isAlarm = (day: { files: number; rows: number; fullRows: number }): boolean =>
  day.files > alarmAt.files || day.rows > alarmAt.rows || day.fullRows > alarmAt.fullRows

/** What no file system takes goes. */
const plain = (text: string): string => text.replace(/[\\/:*?"<>|\s]/g, '').slice(0, 40)

/** 培训台账_沙河口区总工会_20261122_1430.xlsx; a demo's says so. */
export function fileNameOf(title: string, org: string, at: Date, format: string, isDemo: boolean): string {
  const stamp = formatInstant(at.toISOString()).replace(/[-:]/g, '').replace(' ', '_')
  return `${[plain(title), plain(org), stamp, ...(isDemo ? ['演示数据'] : [])].join('_')}.${format}`
}
