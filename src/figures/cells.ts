/** One year of a figure: the opening balance of a stock and what each of the twelve months added. */
export type Cells = { yr: number; stock: boolean; months: readonly number[] }

const sum = (list: readonly number[]): number => list.reduce((n, m) => n + m, 0)

/** The twelve values of a year as a trend shows them: of a flow its months, of a stock the balance at each month's end. */
export function trendOf({ stock, months }: Cells): number[] {
  return months.slice(1).map((m, k) => (stock ? sum(months.slice(0, k + 2)) : m))
}
