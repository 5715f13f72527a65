import type { Trend } from '#figures/api.ts'
import { FEN_PER_YUAN } from '#figures/written.ts'
import type { Line } from './chapters.ts'

const MONTHS = Array.from({ length: 12 }, (_, i) => `${i + 1}月`)

/** A month of the chart and of the table beside it; null = not come yet. Money in yuan. */
export type TrendMonth = {
  month: string
  value: number | null
  waiting: number | null
  before: number
  open: boolean
}

/** Twelve months; those after `todayYm` have no value, the one of `todayYm` is still open. */
export function trendMonths(trend: Trend, line: Line, todayYm: number): TrendMonth[] {
  const unit = line.indicator.kind === 'money' ? FEN_PER_YUAN : 1
  return MONTHS.map((month, i) => {
    const ym = trend.year * 100 + i + 1
    const come = ym <= todayYm
    return {
      month,
      value: come ? (trend.value[i] ?? 0) / unit : null,
      waiting: come ? (trend.waiting[i] ?? 0) / unit : null,
      before: (trend.before[i] ?? 0) / unit,
      open: ym === todayYm,
    }
  })
}

const HATCH = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: Math.PI / 4 } as const
const INK = '#595959'

/** Monthly columns with last year's line; what awaits acceptance is hatched on top and named as not counted. */
export function trendOption(months: TrendMonth[], trend: Trend, line: Line) {
  const { unit, label } = line.indicator
  const waits = months.some((m) => m.waiting)
  const text = { color: INK, fontSize: 12 }
  return {
    aria: {
      enabled: true,
      // Patterns only where we set them: the open month and what waits.
      decal: { show: true, decals: [{ symbol: 'none' }] },
      label: { description: `${label}，${trend.year}年各月与上年同月，单位${unit}` },
    },
    animation: false,
    grid: { left: 8, right: 12, top: 40, bottom: 4, outerBoundsMode: 'same' as const, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: text },
    tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const }, confine: true },
    xAxis: {
      type: 'category' as const,
      data: months.map((m) => (m.open ? `${m.month}\n未完` : m.month)),
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
      {
        name: `${trend.year}年`,
        type: 'bar' as const,
        stack: 'year',
        barMaxWidth: 22,
        color: '#0958d9',
        data: months.map((m) => ({
          value: m.value,
          itemStyle: {
            borderRadius: [2, 2, 0, 0],
            ...(m.open ? { decal: { ...HATCH, color: 'rgba(255,255,255,.7)' } } : {}),
          },
        })),
      },
      ...(waits
        ? [
            {
              name: '待审核（未计入）',
              type: 'bar' as const,
              stack: 'year',
              barMaxWidth: 22,
              color: '#fff1b8',
              itemStyle: { borderColor: '#ad6800', borderWidth: 1, decal: { ...HATCH, color: '#d48806' } },
              data: months.map((m) => m.waiting || null),
            },
          ]
        : []),
      {
        name: `${trend.year - 1}年`,
        type: 'line' as const,
        color: '#8c8c8c',
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 1.5, type: 'dashed' as const },
        data: months.map((m) => m.before),
      },
    ],
  }
}
