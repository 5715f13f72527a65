import { Link } from '@tanstack/react-router'
import { figureSet } from '#figures/api.ts'
import { summaryPreview } from '#figures/summaryApi.ts'
import { useApi } from '../api/hooks.tsx'
import { figuresApi } from '../figures/addresses.ts'
import type { Scope } from '../figures/scope.ts'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { summaryApi } from '../summary/addresses.ts'
import {
  exact,
  figureKey,
  figuresByHeading,
  readinessLabels,
  readinessOf,
  stateWords,
} from '../summary/paper.ts'

const most = 10

type ReadyProps = { scope: Scope; onFigure: (indicator: string) => void }

/** 总结准备: which figures of her unit's summary may be printed as they stand, and what is still open. */
export function ReadyCard({ scope, onFigure }: ReadyProps) {
  const { year } = scope
  const preview = useApi(summaryApi.preview(year), summaryPreview)
  const figures = useApi(figuresApi.set(scope), figureSet, { keep: true })
  return (
    <section className="board-card">
      <header>
        <h2>{year}年总结准备</h2>
        <Link to={paths.summary} search={{ year: String(year) }} className="no-print">
          看年度总结
        </Link>
      </header>
      <Loaded query={preview} rows={3}>
        {({ blocks, comments, state }) => {
          const waiting = new Map(figures.data?.figures.map((f) => [f.indicator, f.waiting ?? 0]))
          const all = figuresByHeading(blocks).flatMap(({ figures: under }) =>
            under.map((figure) => ({
              ...figure,
              ready: readinessOf(figure.value, waiting.get(figure.indicator) ?? 0),
            })),
          )
          const open = all.filter(({ ready }) => ready !== 'complete')
          const remarks = comments.filter(({ resolvedAt }) => resolvedAt === null).length
          return (
            <>
              <p className="board-hint">
                {stateWords[state].label}；{all.length} 个数字，齐全 {all.length - open.length} 个
                {remarks > 0 && `；${remarks} 条批注没有处理`}。
              </p>
              {open.length > 0 && (
                <div className="board-scroll">
                  <table className="board-table num">
                    <tbody>
                      {open.slice(0, most).map((figure) => (
                        <tr key={figureKey(figure)}>
                          <th scope="row">
                            <button type="button" className="link" onClick={() => onFigure(figure.indicator)}>
                              {figure.label}
                            </button>
                          </th>
                          <td>
                            {exact(figure.value)} {figure.unit}
                          </td>
                          <td>{readinessLabels[figure.ready]}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                  {open.length > most && (
                    <p className="panel-none">另有 {open.length - most} 个，在年度总结里看。</p>
                  )}
                </div>
              )}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}
