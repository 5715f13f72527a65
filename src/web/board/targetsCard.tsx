import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useState } from 'react'
import { figureSet } from '#figures/api.ts'
import { targets, type Targets } from '#figures/plan/api.ts'
import { boundWords } from '#figures/plan/words.ts'
import { useApi } from '../api/hooks.tsx'
import { figuresApi } from '../figures/addresses.ts'
import { chapters, type Line } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatValue } from '../figures/format.ts'
import type { Scope } from '../figures/scope.ts'
import { paths } from '../paths.ts'
import { planApi } from '../plan/addresses.ts'
import { behindOf, bulletOf, percentOf } from '../plan/bullet.ts'
import { ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
import { Loaded } from '../kit/states.tsx'

type Row = Targets['rows'][number] & { line: Line; value: number | null }
type Sort = 'gap' | 'chapter' | 'name'

const collator = new Intl.Collator('zh-Hans-CN')
const lines = chapters.flatMap((chapter) => chapter.lines)

const orders: Readonly<Record<Sort, (a: Row, b: Row) => number>> = {
  gap: (a, b) => Math.min(1e9, behindOf(a.value, a)) - Math.min(1e9, behindOf(b.value, b)),
  chapter: (a, b) => lines.indexOf(a.line) - lines.indexOf(b.line),
  name: (a, b) => collator.compare(a.line.indicator.label, b.line.indicator.label),
}

type TargetsCardProps = { scope: Scope; told: string; onFigure: (indicator: string) => void }

/** Figures against the targets of the adopted plans, those furthest behind first unless another order is chosen. */
export function TargetsCard({ scope, told, onFigure }: TargetsCardProps) {
  const planned = useApi(planApi.targets(scope.org, scope.year), targets, { keep: true })
  const figures = useApi(figuresApi.set(scope), figureSet, { keep: true })
  const [sort, setSort] = useState<Sort>('gap')
  return (
    <Loaded query={planned} rows={4}>
      {(data) => {
        const values = new Map(figures.data?.figures.map((f) => [f.indicator, f.value]))
        const rows = data.rows
          .flatMap((row): Row[] => {
            const line = lines.find(({ id }) => id === row.indicator)
            return line ? [{ ...row, line, value: values.get(row.indicator) ?? null }] : []
          })
          .toSorted(orders[sort])
        const link = (
          <Link to={paths.plan} search={{ year: String(scope.year) }} className="link in-text no-print">
            看年度计划
          </Link>
        )
        if (rows.length === 0)
          return (
            <section className="board-card">
              <header>
                <h2>计划目标</h2>
              </header>
              <p className="panel-none">
                {scope.year}年没有通过的计划给本单位定目标。{link}
              </p>
            </section>
          )
        return (
          <ChartCard
            title="计划目标"
            scope={told}
            hint={
              <>
                横条是完成数，红竖线是目标，虚线是按已过时间应完成的数。
                <Segmented<Sort>
                  size="small"
                  className="board-order no-print"
                  aria-label="目标的次序"
                  value={sort}
                  onChange={setSort}
                  options={[
                    { value: 'gap', label: '按与计划差距' },
                    { value: 'chapter', label: '按章节' },
                    { value: 'name', label: '按名称' },
                  ]}
                />
              </>
            }
            drawing={<Bullets rows={rows} onFigure={onFigure} />}
            table={<BulletTable rows={rows} onFigure={onFigure} />}
          >
            {link}
          </ChartCard>
        )
      }}
    </Loaded>
  )
}

const rowHeight = 54

type RowsProps = { rows: readonly Row[]; onFigure: (indicator: string) => void }

const saidOf = ({ line, value, bound, target, elapsed }: Row): string => {
  const { kind, unit } = line.indicator
  const wanted = `目标${boundWords[bound]} ${formatValue(target, kind)} ${unit}`
  return value === null
    ? wanted
    : `${formatValue(value, kind)}，${wanted}；完成 ${percentOf(value, target)}%，时间过去 ${Math.round(elapsed * 100)}%`
}

function Bullets({ rows, onFigure }: RowsProps) {
  const width = useDrawing(520, 320)
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${width} ${rows.length * rowHeight}`}
      className="board-svg"
      role="group"
      aria-label="各指标与计划目标"
    >
      {rows.map((row, at) => {
        const { indicator, line, value, target, elapsed } = row
        const place = bulletOf(value ?? 0, target, elapsed)
        const x = (percent: number) => (percent / 100) * (width - 4)
        const said = saidOf(row)
        const open = () => onFigure(indicator)
        return (
          <g
            key={indicator}
            transform={`translate(0 ${at * rowHeight})`}
            role="button"
            tabIndex={0}
            aria-label={`${line.indicator.label} ${said}`}
            className="board-tile"
            onClick={open}
            onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && open()}
          >
            <text y={14} fontSize={13} fill="#0958d9">
              {line.indicator.label}
            </text>
            <rect y={20} width={width - 2} height={12} rx={3} fill="#efe9dd" />
            <rect
              y={23}
              width={x(place.value)}
              height={6}
              rx={2}
              fill={(value ?? 0) < target * elapsed ? '#ad6800' : '#0958d9'}
            />
            <line
              x1={x(place.time)}
              x2={x(place.time)}
              y1={20}
              y2={32}
              stroke="#595552"
              strokeWidth={2}
              strokeDasharray="2 2"
            />
            <rect x={x(place.target) - 1} y={18} width={3} height={16} fill="#8c1f26" />
            <text y={46} fontSize={12} fill="#595552">
              {said}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function BulletTable({ rows, onFigure }: RowsProps) {
  return (
    <div className="board-scroll">
      <table className="board-table num">
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col">完成</th>
            <th scope="col">目标</th>
            <th scope="col">完成率</th>
            <th scope="col">时间过去</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ indicator, line, value, bound, target, elapsed }) => (
            <tr key={indicator}>
              <th scope="row">
                <button type="button" className="link" onClick={() => onFigure(indicator)}>
                  {line.indicator.label}（{line.indicator.unit}）
                </button>
                <DefinitionButton line={line} />
              </th>
              <td>{formatValue(value, line.indicator.kind)}</td>
              <td>
                {boundWords[bound]} {formatValue(target, line.indicator.kind)}
              </td>
              <td>{value === null ? '—' : `${percentOf(value, target)}%`}</td>
              <td>{Math.round(elapsed * 100)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
