import type { Estimates, Figure } from '#figures/api.ts'
import type { Targets } from '#figures/plan/api.ts'
import { BulletBar } from '../plan/bulletBar.tsx'
import type { Line } from './chapters.ts'
import { DefinitionButton, NotDeduplicated } from './definition.tsx'
import { waitingText } from './drillRows.ts'
import { estimatedText, formatDelta, formatValue } from './format.ts'
import { WithheldMark } from './withheld.tsx'

/** How much of a figure and of its year before is estimated; undefined = nothing, or not told. */
export type Estimated = Estimates['rows'][number] | undefined
/** Totals of years without records, entered as estimates; undefined = none. */
export type Early = Estimates['years'][number] | undefined

type FigureLineProps = {
  line: Line
  figure: Figure | undefined
  target: Targets['rows'][number] | undefined
  estimated: Estimated
  early: Early
  onOpen: (indicator: string) => void
}

/** One figure: accepted value, what waits beside it, last year's same period, what is only seen; below, the target it stands against. */
export function FigureLine({ line, figure, target, estimated, early, onOpen }: FigureLineProps) {
  const { label, unit, kind } = line.indicator
  return (
    <li className="figure-line">
      <div className="figure-name">
        <span>{label}</span>
        <NotDeduplicated line={line} />
        <DefinitionButton line={line} />
      </div>
      <div className="figure-value">
        {figure && figure.waiting !== null && figure.waiting !== 0 && (
          <span className="figure-waiting">{waitingText(figure.waiting, kind)}</span>
        )}
        <button type="button" className="figure-open" onClick={() => onOpen(line.id)}>
          {figure?.withheld ? (
            <WithheldMark why={figure.withheld} />
          ) : (
            <strong>{formatValue(figure?.value, kind)}</strong>
          )}
          <span className="figure-unit">{unit}</span>
        </button>
      </div>
      <div className="figure-beside">
        {figure ? <Beside figure={figure} line={line} estimated={estimated} early={early} /> : '本期未报'}
      </div>
      {target && figure && <BulletBar {...target} value={figure.value} />}
    </li>
  )
}

/** Last year's same period, the difference, and what comes in through the view line, apart from the value. */
type BesideProps = { figure: Figure; line: Line; estimated: Estimated; early: Early }

export function Beside({ figure, line, estimated, early }: BesideProps) {
  const { kind } = line.indicator
  const { value, before, viewed, withheld } = figure
  const now = value === null ? '' : estimatedText(estimated?.value ?? 0, value, kind)
  if (withheld) return <span>{withheld === 'small' ? '人数过少，不予显示' : '本期没有发布表'}</span>
  return (
    <>
      {before === null ? (
        <span>上年同期不予显示</span>
      ) : before === 0 ? (
        <span>
          {typeof early?.before === 'number'
            ? `上年全年 ${formatValue(early.before, kind)}（估报）`
            : '上年同期无记录'}
        </span>
      ) : (
        <>
          <span>
            上年同期 {formatValue(before, kind)}
            {estimatedText(estimated?.before ?? 0, before, kind)}
          </span>
          {value !== null && (
            <span className={value < before ? 'figure-less' : value > before ? 'figure-more' : undefined}>
              {formatDelta(value, before, kind)}
            </span>
          )}
        </>
      )}
      {now && <span>本期{now}</span>}
      {typeof early?.value === 'number' && <span>无逐条记录，全年估报 {formatValue(early.value, kind)}</span>}
      {viewed !== null && viewed !== 0 && (
        <span title="双重管理单位经会看线可见的部分，不在本数之内">
          会看 {formatValue(viewed, kind)}（另计）
        </span>
      )}
    </>
  )
}
