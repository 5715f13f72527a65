import { Link } from '@tanstack/react-router'
import type { Me } from '#identity/api.ts'
import { estimates, figureSet, type Estimates, type Figure } from '#figures/api.ts'
import { scaleOf } from '#kit/contribution.ts'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { tracePath, type TraceSearch } from '#web/figures/addresses.ts'
import { useApi } from '../api/hooks.tsx'
import { formatCount } from '../format.ts'
import { Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { keyLines } from './keyLines.ts'

/** This year's figures of her scope that have moved, in the order of the summary; the rest stands on the figure page. */
export function KeyFigures({ me, most }: { me: Me; most: number }) {
  const year = me.today.slice(0, 4)
  const scope = { org: String(me.post.org.id), calendar: 'year', year }
  const query = useApi(withQuery(api.figures, scope), figureSet)
  const estimated = useApi(withQuery('/figures/estimates', scope), estimates)
  return (
    <section className="home-card key-figures">
      <h2>
        {year}年指标
        <Link to={paths.figures}>全部指标</Link>
      </h2>
      <Loaded query={query}>
        {(set) => {
          const lines = keyLines(set.figures, most)
          if (lines.length === 0) return <p className="home-calm">今年还没有审核通过的记录</p>
          return (
            <table className="plain-table">
              <thead>
                <tr>
                  <th>指标</th>
                  <th className="right">今年已计入</th>
                  <th className="right">待审核</th>
                  <th className="right">上年同期</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <FigureRow key={line.indicator} line={line} search={scope} estimated={estimated.data} />
                ))}
              </tbody>
            </table>
          )
        }}
      </Loaded>
    </section>
  )
}

type FigureRowProps = { line: Figure; search: TraceSearch; estimated: Estimates | undefined }

function FigureRow({ line, search, estimated }: FigureRowProps) {
  const found = findLine(line.indicator)
  if (!found) return null
  const { indicator } = found
  const scale = scaleOf(indicator)
  const text = (value: number | null): string =>
    value === null ? '' : formatCount(value / 10 ** scale, scale)
  const part = estimated?.rows.find((row) => row.indicator === line.indicator)?.before ?? 0
  // In the first year with the system the year before is known as a whole, by its total.
  const whole = estimated?.years.find((row) => row.indicator === line.indicator)?.before ?? null
  return (
    <tr>
      <td>
        <Link to={tracePath} params={{ indicator: line.indicator }} search={search}>
          {indicator.label}
        </Link>
        <small> {indicator.unit}</small>
        <DefinitionButton line={found} />
      </td>
      <td className="right num">{text(line.value)}</td>
      <td className="right num is-waiting">
        {line.waiting !== null && line.waiting > 0 ? `+${text(line.waiting)}` : ''}
      </td>
      <td className="right num is-before">
        {line.before === 0 && whole !== null ? (
          <>
            {text(whole)}
            <small>全年估报</small>
          </>
        ) : (
          <>
            {text(line.before)}
            {part !== 0 && part === line.before && <small>估报</small>}
          </>
        )}
      </td>
    </tr>
  )
}
