import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'

type ChartProps = {
  option: EChartsCoreOption
  height?: number
  /** What a press on a mark opens, by its place on the axis. */
  onPick?: (at: number) => void
}

/** An ECharts drawing (SVG) that follows the width of its place. Its words for screen readers come from `option.aria`. */
export function Chart({ option, height = 240, onPick }: ChartProps) {
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
      // On paper, which is narrower, the drawing is made smaller as a whole.
      made.on('finished', () => {
        const svg = element.querySelector('svg')
        svg?.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`)
      })
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

  useEffect(() => {
    if (!chart || !onPick) return
    const pick = ({ dataIndex }: { dataIndex: number }) => onPick(dataIndex)
    chart.on('click', pick)
    return () => void chart.off('click', pick)
  }, [chart, onPick])

  return <div ref={place} style={{ height }} />
}
