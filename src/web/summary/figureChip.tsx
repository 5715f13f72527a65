import { Link } from '@tanstack/react-router'
import { findLine } from '../figures/chapters.ts'
import { paths } from '../paths.ts'
import { exact, readinessLabels, type FigureRun, type Readiness } from './paper.ts'

type FigureChipProps = { figure: FigureRun; readiness: Readiness; hot: boolean }

/** A figure in the sentence: printed as plain text, on screen a link that opens its records. */
export function FigureChip({ figure, readiness, hot }: FigureChipProps) {
  const definition = findLine(figure.indicator)?.indicator.definition
  const state = readiness === 'complete' ? '' : `（${readinessLabels[readiness]}）`
  return (
    <>
      <Link
        to={paths.summary}
        search={(old) => ({ ...old, figure: figure.indicator })}
        resetScroll={false}
        className={`fig fig-${figure.correction ? 'corrected' : readiness}${hot ? ' is-hot' : ''}`}
        title={`${figure.label}：${exact(figure.value)}${figure.unit}${state}\n口径：${definition ?? '—'}`}
      >
        {figure.written}
      </Link>
      {figure.correction && (
        <span title={`${figure.correction.by}：${figure.correction.reason}`}>（人工更正）</span>
      )}
    </>
  )
}
