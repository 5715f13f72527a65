import { Link } from '@tanstack/react-router'
import { figureSet } from '#figures/api.ts'
import { targets } from '#figures/plan/api.ts'
import { useApi } from '../api/hooks.tsx'
import { figuresApi } from '../figures/addresses.ts'
import { findLine } from '../figures/chapters.ts'
import type { Scope } from '../figures/scope.ts'
import { paths } from '../paths.ts'
import { planApi } from '../plan/addresses.ts'
import { BulletBar } from '../plan/bulletBar.tsx'

type TargetsCardProps = { scope: Scope; onFigure: (indicator: string) => void }

/** Figures against the targets of the adopted plans, those furthest behind first; nothing where the year has no target. */
export function TargetsCard({ scope, onFigure }: TargetsCardProps) {
  const planned = useApi(planApi.targets(scope.org, scope.year), targets, { keep: true })
  const figures = useApi(figuresApi.set(scope), figureSet, { keep: true })
  if (!planned.data || !figures.data || planned.data.rows.length === 0) return null
  const values = new Map(figures.data.figures.map((f) => [f.indicator, f.value]))
  const lines = planned.data.rows
    .map((row) => ({ ...row, value: values.get(row.indicator) ?? null }))
    .toSorted((a, b) => behind(a) - behind(b))
  return (
    <section className="board-card">
      <header>
        <h2>计划目标</h2>
        <Link to={paths.plan} search={{ year: String(scope.year) }} className="no-print">
          看年度计划
        </Link>
      </header>
      <p className="board-hint">横条是完成数，长竖线是目标，短竖线是按已过时间应完成的数；落后的排在前面。</p>
      <ul className="board-targets">
        {lines.map((row) => (
          <li key={row.indicator}>
            <button type="button" className="figure-open" onClick={() => onFigure(row.indicator)}>
              {findLine(row.indicator)?.indicator.label ?? row.indicator}
            </button>
            <BulletBar {...row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How much of what should be there by now is there; what is not told comes last. */
const behind = ({
  value,
  target,
  elapsed,
}: {
  value: number | null
  target: number
  elapsed: number
}): number => (value === null ? Number.POSITIVE_INFINITY : value / Math.max(1, target * elapsed))
