import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'

type ChartProps = { option: EChartsCoreOption; height?: number }

/** An ECharts drawing (SVG) that follows the width of its place. Its words for screen readers come from `option.aria`. */
export function Chart({ option, height = 240 }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)

  useEffect(() => {
    const element = place.current
    if (!element) return
    let made: EChartsType | null = null
    let gone = false
    const watch = new ResizeObserver(() => made?.resize())
    void import('./echarts.dom.ts').then(({ init }) => {
      if (gone) return
      made = init(element, null, { renderer: 'svg' })
      watch.observe(element)
      setChart(made)
    })
    return () => {
      gone = true
      watch.disconnect()
      made?.dispose()
      setChart(null)
    }
  }, [])

  useEffect(() => {
    chart?.setOption(option, { notMerge: true })
  }, [chart, option])

  return <div ref={place} style={{ height }} />
}
