import type { YearLine } from '#figures/earlier/api.ts'
import { FEN_PER_YUAN } from '#figures/written.ts'
import type { Line } from './chapters.ts'

const INK = '#595959'
const HATCH = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: Math.PI / 4 } as const

/** Whether a year's value is no sum of counted records: entered as an estimate, or records of grade 估报 alone. */
export const isEstimate = ({ from, value, estimated }: YearLine['years'][number]): boolean =>
  from === 'estimate' || (value !== null && value !== 0 && estimated === value)

/**
 * Columns of years. What is estimated is hatched and carries a dashed line up to the first counted year, so that a step
 * between the two is not read as one of the work.
 */
export function yearsOption({ years }: Pick<YearLine, 'years'>, line: Line, openYear: number) {
  const { unit, label, kind } = line.indicator
  const scale = kind === 'money' ? FEN_PER_YUAN : 1
  const text = { color: INK, fontSize: 12 }
  const value = (n: number | null): number | null => (n === null ? null : n / scale)
  const lastEstimate = years.findLastIndex(isEstimate)
  const dashed = years.map(({ value: v }, at) => (at <= lastEstimate + 1 ? value(v) : null))
  return {
    aria: {
      enabled: true,
      decal: { show: true, decals: [{ symbol: 'none' }] },
      label: { description: `${label}历年走势，单位${unit}；带斜纹的是估报数` },
    },
    animation: false,
    grid: { left: 8, right: 12, top: 40, bottom: 4, outerBoundsMode: 'same' as const, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: text },
    tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const }, confine: true },
    xAxis: {
      type: 'category' as const,
      data: years.map((y) => `${y.year}年${y.year === openYear ? '\n未完' : isEstimate(y) ? '\n估报' : ''}`),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#d9d9d9' } },
      axisLabel: { ...text, interval: 0, lineHeight: 16 },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: unit === '元' ? 0 : 1,
      splitLine: { lineStyle: { color: '#f0f0f0' } },
      axisLabel: text,
    },
    series: [
      {
        name: '逐条记录',
        type: 'bar' as const,
        stack: 'year',
        barMaxWidth: 34,
        color: '#0958d9',
        itemStyle: { borderRadius: [2, 2, 0, 0] },
        data: years.map((y) => (isEstimate(y) ? null : value(y.value))),
      },
      ...(lastEstimate < 0
        ? []
        : [
            {
              name: '估报',
              type: 'bar' as const,
              stack: 'year',
              barMaxWidth: 34,
              color: '#e6e1d8',
              itemStyle: { borderColor: '#8c8c8c', borderWidth: 1, decal: { ...HATCH, color: '#8c8c8c' } },
              data: years.map((y) => (isEstimate(y) ? value(y.value) : null)),
            },
            {
              name: '估报走势',
              type: 'line' as const,
              color: '#8c8c8c',
              symbol: 'circle',
              symbolSize: 5,
              lineStyle: { width: 1.5, type: 'dashed' as const },
              tooltip: { show: false },
              data: dashed,
            },
          ]),
    ],
  }
}
