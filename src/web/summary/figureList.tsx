import { CheckCircleOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'
import {
  exact,
  figureKey,
  figuresByHeading,
  readinessLabels,
  type Block,
  type FigureRun,
  type Readiness,
} from './paper.ts'

const icons: Record<Readiness, ReactNode> = {
  complete: <CheckCircleOutlined />,
  waiting: <ClockCircleOutlined />,
  missing: <WarningOutlined />,
}

const states = ['complete', 'waiting', 'missing'] as const

type FigureListProps = {
  blocks: readonly Block[]
  readiness: (indicator: string, value: number) => Readiness
  onHot: (indicator: string | null) => void
}

/** Every figure of the text: exact value, how it is written, whether it is complete. */
export function FigureList({ blocks, readiness, onHot }: FigureListProps) {
  const groups = figuresByHeading(blocks)
  const all = groups.flatMap(({ figures }) => figures)
  return (
    <>
      <div className="side-sum">
        <b>全文 {all.length} 个数字</b>
        {states
          .map((state) => ({
            state,
            n: all.filter(({ indicator, value }) => readiness(indicator, value) === state).length,
          }))
          .filter(({ n }) => n > 0)
          .map(({ state, n }) => (
            <span key={state} className={`is-${state}`}>
              {icons[state]} {readinessLabels[state]} {n}
            </span>
          ))}
      </div>
      {all.length === 0 && <p className="side-none">还没有数字：记录审核通过后，用“插入数字”写进正文。</p>}
      {groups.map(({ heading, figures }) => (
        <section key={heading} className="side-group">
          <h3>{heading}</h3>
          <ul>
            {figures.map((figure) => (
              <Line
                key={figureKey(figure)}
                figure={figure}
                readiness={readiness(figure.indicator, figure.value)}
                onHot={onHot}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

type LineProps = { figure: FigureRun; readiness: Readiness; onHot: (indicator: string | null) => void }

function Line({ figure, readiness, onHot }: LineProps) {
  const { indicator } = figure
  return (
    <li>
      <Link
        to={paths.summary}
        search={(old) => ({ ...old, figure: indicator })}
        resetScroll={false}
        onMouseEnter={() => onHot(indicator)}
        onMouseLeave={() => onHot(null)}
        onFocus={() => onHot(indicator)}
        onBlur={() => onHot(null)}
      >
        <span className="side-label">{figure.label}</span>
        <span className="side-value num">
          {exact(figure.value)}
          <small>{figure.unit}</small>
        </span>
        <span className={`side-state is-${readiness}`} title={readinessLabels[readiness]}>
          {icons[readiness]} {readiness !== 'complete' && readinessLabels[readiness]}
        </span>
        <span className="side-written">
          写作“{figure.written}”{figure.correction && <b className="side-by-hand">人工更正</b>}
        </span>
      </Link>
    </li>
  )
}
