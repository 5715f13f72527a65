import type { Trend } from '#figures/api.ts'
import { FEN_PER_YUAN } from '#figures/written.ts'
import type { Line } from './chapters.ts'

/** A target of the year: value as the books hold it, the month by which it is due, how much of that time is over. */
export type YearTarget = { target: number; dueOn: string; elapsed: number }

/** The end of a month: what the year has by then, the year before had, and the plan should have; null = not come, or none. */
export type SumMonth = {
  month: number
  value: number | null
  before: number
  planned: number | null
  open: boolean
}

/** Sums from January on; the plan rises evenly from the first of January to its due month. Money in yuan. */
export function sumMonths(
  trend: Trend,
  line: Line,
  todayYm: number,
  target: YearTarget | undefined,
): SumMonth[] {
  const unit = line.indicator.kind === 'money' ? FEN_PER_YUAN : 1
  const dueMonths = target === undefined ? 12 : monthsUntil(trend.year, target.dueOn)
  let [value, before] = [0, 0]
  return trend.value.map((n, i) => {
    value += n
    before += trend.before[i] ?? 0
    const ym = trend.year * 100 + i + 1
    return {
      month: i + 1,
      value: ym <= todayYm ? value / unit : null,
      before: before / unit,
      planned: target === undefined ? null : (target.target / unit) * Math.min(1, (i + 1) / dueMonths),
      open: ym === todayYm,
    }
  })
}

const monthsUntil = (year: number, dueOn: string): number =>
  Math.max(1, (Number(dueOn.slice(0, 4)) - year) * 12 + Number(dueOn.slice(5, 7)))

const series = (name: string, data: (number | null)[], color: string, more: object = {}) => ({
  name,
  type: 'line' as const,
  color,
  symbol: 'circle',
  symbolSize: 6,
  data,
  ...more,
})

const text = { color: '#595959', fontSize: 12 }

/** Cumulative line against the plan, last year's beside it, and a mark at how much of the time is over. */
export function cumulativeOption(
  months: readonly SumMonth[],
  { year, line, target }: { year: number; line: Line; target: YearTarget | undefined },
) {
  const { unit, label } = line.indicator
  const open = months.findIndex((m) => m.open)
  const over = target && open >= 0 ? `时间过去 ${Math.round(target.elapsed * 100)}%` : '到本月'
  return {
    aria: { enabled: true, label: { description: `${label}，${year}年各月累计与计划，单位${unit}` } },
    animation: false,
    grid: { left: 8, right: 16, top: 52, bottom: 4, outerBoundsMode: 'same' as const, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 20, itemHeight: 10, textStyle: text },
    tooltip: { trigger: 'axis' as const, confine: true },
    xAxis: {
      type: 'category' as const,
      data: months.map(({ month, open: isOpen }) => (isOpen ? `${month}月\n未完` : `${month}月`)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#d9d9d9' } },
      axisLabel: { ...text, hideOverlap: true, lineHeight: 16 },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: unit === '元' ? 0 : 1,
      splitLine: { lineStyle: { color: '#f0f0f0' } },
      axisLabel: text,
    },
    series: [
      series(
        `${year}年累计`,
        months.map((m) => m.value),
        '#0958d9',
        {
          lineStyle: { width: 2.5 },
          ...(open < 0
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  label: { formatter: over, color: '#595959', fontSize: 12 },
                  lineStyle: { color: '#595959', type: 'dotted' as const, width: 1.5 },
                  data: [{ xAxis: open }],
                },
              }),
        },
      ),
      ...(target === undefined
        ? []
        : [
            series(
              '计划（按时间均分）',
              months.map((m) => m.planned),
              '#8c1f26',
              { symbol: 'none', lineStyle: { width: 1.5 } },
            ),
          ]),
      series(
        `${year - 1}年累计`,
        months.map((m) => m.before),
        '#8c8c8c',
        { symbolSize: 4, lineStyle: { width: 1.5, type: 'dashed' as const } },
      ),
    ],
  }
}
