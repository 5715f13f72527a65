import { useState } from 'react'
import { drill, type Drill } from '#figures/api.ts'
import { useApi } from '../api/hooks.tsx'
import { figuresApi } from '../figures/addresses.ts'
import type { Line } from '../figures/chapters.ts'
import { sumOf } from '../figures/drillRows.ts'
import { formatValue } from '../figures/format.ts'
import type { Scope } from '../figures/scope.ts'
import { UnitBars } from '../figures/unitBars.tsx'
import { Loaded } from '../kit/states.tsx'
import { ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
import { foldButton, foldedName, foldUnits } from './fold.ts'
import { inkOn, stepOf, steps, tilesOf } from './tiles.ts'

type WhereProps = { line: Line; scope: Scope; told: string; onOrg: (org: number) => void }

/** 分布: a tile for each unit below, industry unions in a strip beneath; a tile opens its unit. */
export function Where({ line, scope, told, onOrg }: WhereProps) {
  const query = useApi(figuresApi.drill(scope, [line.id]), drill, { keep: true })
  return (
    <Loaded query={query} rows={8}>
      {(data) => (
        <ChartCard
          title={`${line.indicator.label}：各单位`}
          scope={told}
          hint="颜色分五档，越深越多；方块大致按方位排列，不是地图。点方块看该单位。"
          drawing={<Tiles rows={data.rows} line={line} onOrg={onOrg} />}
          table={<UnitBars line={line} scope={scope} onOrg={onOrg} />}
        />
      )}
    </Loaded>
  )
}

const side = 92
/** Letters of a name in a row, and how large: drawn at half the size on a phone. */
const wide = { perLine: 6, name: 14, nameAt: 38, value: 18, valueAt: 64 }
const phone = { perLine: 4, name: 20, nameAt: 45, value: 26, valueAt: 76 }
const gap = 6

/** A name in rows of so many letters: 「卫生健康」「工会」. */
const inLines = (name: string, perLine: number): string[] =>
  name.length <= perLine ? [name] : [name.slice(0, -2), name.slice(-2)]

type TilesProps = { rows: Drill['rows']; line: Line; onOrg: (org: number) => void }

function Tiles({ rows, line, onOrg }: TilesProps) {
  const [isOpen, setIsOpen] = useState(false)
  const drawn = useDrawing(wide, phone)
  const below = rows.filter((row) => !row.own && row.line === 1)
  const industries = below.filter((row) => row.org.tier === 'industry')
  const { shown: offices, direct } = foldUnits(below.filter((row) => row.org.tier !== 'industry'))
  const tiles = tilesOf(isOpen ? [...offices, ...direct] : offices)
  const height = Math.max(0, ...tiles.map((t) => t.row + 1))
  const strip = industries.map((row, i) => ({
    ...row,
    column: i % 6,
    row: height + (height > 0 ? 0.35 : 0) + Math.floor(i / 6),
  }))
  const all = [...tiles, ...strip]
  const [together] = sumOf(direct, line.id)
  const values = all.map((t) => t.values[line.id]?.[0] ?? 0)
  const largest = Math.max(0, ...values)
  const rowsHigh = Math.max(1, ...all.map((t) => t.row + 1))
  const high = rowsHigh * (side + gap) - gap
  if (all.length === 0) return <p className="panel-none">下面没有单位。</p>
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${6 * (side + gap) - gap} ${high + (direct.length > 0 ? 30 : 0)}`}
      className="board-tiles"
      role="group"
      aria-label={`${line.indicator.label}，各单位`}
    >
      {strip.length > 0 && height > 0 && (
        <text x={0} y={height * (side + gap) + 20} fontSize={14} fill="#666666">
          产业工会
        </text>
      )}
      {direct.length > 0 && (
        <text x={0} y={high + 22} fontSize={drawn.name} {...foldButton(isOpen, () => setIsOpen(!isOpen))}>
          {isOpen ? '▾' : '▸'} {foldedName(direct)}，合计{' '}
          {together === null ? '＊' : formatValue(together, line.indicator.kind)} {line.indicator.unit}
        </text>
      )}
      {all.map((tile) => {
        const value = tile.values[line.id]?.[0]
        const step = stepOf(value ?? 0, largest)
        const open = () => onOrg(tile.org.id)
        const name = tile.org.shortName
        const short = name.length > 6 ? `${name.slice(0, 5)}…` : name
        const shown = value === null ? '＊' : formatValue(value ?? 0, line.indicator.kind)
        return (
          <g
            key={tile.org.id}
            transform={`translate(${tile.column * (side + gap)} ${tile.row * (side + gap)})`}
            role="button"
            tabIndex={0}
            aria-label={`${short} ${shown} ${line.indicator.unit}`}
            className="board-tile"
            onClick={open}
            onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && open()}
          >
            <title>{tile.org.name}</title>
            <rect width={side} height={side} rx={6} fill={steps[step]} stroke="#d8d2c8" />
            {inLines(short, drawn.perLine).map((line, n, { length }) => (
              <text
                key={line}
                x={side / 2}
                y={drawn.nameAt + (n - length + 1) * drawn.name}
                textAnchor="middle"
                fontSize={line.length > 5 ? drawn.name - 1 : drawn.name}
                fill={inkOn(step)}
              >
                {line}
              </text>
            ))}
            <text
              x={side / 2}
              y={drawn.valueAt}
              textAnchor="middle"
              fontSize={drawn.value}
              fontWeight={600}
              fill={inkOn(step)}
            >
              {shown}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
