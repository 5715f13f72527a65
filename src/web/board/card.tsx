import { PictureOutlined } from '@ant-design/icons'
import { App, Button, Segmented } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { formatInstant } from '../format.ts'
import { useMe } from '../api/hooks.tsx'
import { savePng } from './png.dom.ts'

type CardProps = {
  title: string
  /** Unit and period that the drawing speaks of. */
  scope: string
  /** One line on how to read it. */
  hint?: ReactNode
  drawing: ReactNode
  /** The same as a table; absent where the drawing is one. */
  table?: ReactNode
  children?: ReactNode
}

/** A chart with 看表格 beside it and a picture to take along: title, scope, moment. */
export function ChartCard({ title, scope, hint, drawing, table, children }: CardProps) {
  const { message } = App.useApp()
  const { mode } = useMe()
  const place = useRef<HTMLDivElement>(null)
  const [as, setAs] = useState<'drawing' | 'table'>('drawing')
  const take = () => {
    const svg = place.current?.querySelector<SVGSVGElement>('svg[data-drawing], .echarts svg, div > svg')
    if (!svg) return
    const moment = `${scope}　截至 ${formatInstant(new Date().toISOString())}${mode === 'demo' ? '　演示数据' : ''}`
    savePng(svg, [title, moment], `${title}_${scope}`).catch(() =>
      message.error('图片没有生成，请换一个浏览器再试，或用打印'),
    )
  }
  return (
    <section className="board-card">
      <header>
        <h2>{title}</h2>
        <span className="no-print">
          {table !== undefined && (
            <Segmented
              size="small"
              aria-label={`${title}看图或看表格`}
              value={as}
              onChange={setAs}
              options={[
                { value: 'drawing', label: '看图' },
                { value: 'table', label: '看表格' },
              ]}
            />
          )}
          {as === 'drawing' && (
            <Button
              size="small"
              type="text"
              icon={<PictureOutlined />}
              aria-label={`存图：${title}`}
              onClick={take}
            >
              存图
            </Button>
          )}
        </span>
      </header>
      {hint && <p className="board-hint">{hint}</p>}
      {as === 'drawing' ? <div ref={place}>{drawing}</div> : table}
      {children}
    </section>
  )
}
