import { PictureOutlined } from '@ant-design/icons'
import { App, Button, Segmented } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { longDay } from '#kit/day.ts'
import { formatInstant } from '../format.ts'
import { useMe } from '../api/hooks.tsx'
import { savePng } from './png.dom.ts'

type CardProps = {
  title: string
  /** Unit and period that the drawing speaks of. */
  scope: string
  /** It tells of today, whatever year the page shows. */
  isToday?: true
  /** One line on how to read it. */
  hint?: ReactNode
  drawing: ReactNode
  /** The same as a table; absent where the drawing is one. */
  table?: ReactNode
  children?: ReactNode
}

const AS_TODAY = '截至今日'

/** A heading; of what tells of today it says so, since the page shows a year. */
export function CardTitle({ title, isToday }: Pick<CardProps, 'title'> & { isToday: true | undefined }) {
  const { today } = useMe()
  return (
    <h2>
      {title}
      {isToday && (
        <span className="board-today">
          {AS_TODAY}（{longDay(today)}）
        </span>
      )}
    </h2>
  )
}

/** A chart with 看表格 beside it and a picture to take along: title, scope, moment. */
export function ChartCard({ title, scope, isToday, hint, drawing, table, children }: CardProps) {
  const { message } = App.useApp()
  const { mode, today } = useMe()
  const place = useRef<HTMLDivElement>(null)
  const [as, setAs] = useState<'drawing' | 'table'>('drawing')
  const take = () => {
    const svg = place.current?.querySelector<SVGSVGElement>('svg[data-drawing], .echarts svg, div > svg')
    if (!svg) return
    const made = formatInstant(new Date().toISOString())
    const moment = isToday ? `${AS_TODAY}（${longDay(today)}）　出图 ${made}` : `截至 ${made}`
    const line = `${scope}　${moment}${mode === 'demo' ? '　演示数据' : ''}`
    savePng(svg, [title, line], `${title}_${scope}`).catch(() =>
      message.error('图片没有生成，请换一个浏览器再试，或用打印'),
    )
  }
  return (
    <section className="board-card">
      <header>
        <CardTitle title={title} isToday={isToday} />
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
      {hint && <div className="board-hint">{hint}</div>}
      {as === 'drawing' ? (
        <div ref={place} className="board-drawing">
          {drawing}
        </div>
      ) : (
        table
      )}
      {children}
    </section>
  )
}
