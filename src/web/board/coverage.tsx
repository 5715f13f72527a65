import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Board, Coverage } from '#figures/board/api.ts'
import { useMe } from '../api/hooks.tsx'
import { formatShare } from '../figures/format.ts'
import { paths } from '../paths.ts'
import { ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
import { Hatch } from './hatch.tsx'
import { coverageOf, foldButton, foldedName, foldUnits } from './fold.ts'

const parts = [
  { key: 'formed', label: '已建', fill: '#0958d9' },
  { key: 'overdue', label: '任期届满', fill: '#faad14' },
  { key: 'missing', label: '应建未建', fill: '#cf1322' },
  { key: 'notDue', label: '人数不足', fill: '#d9d9d9' },
  { key: 'unknown', label: '未核实', fill: 'url(#board-unknown)' },
] as const satisfies readonly { key: keyof Coverage; label: string; fill: string }[]

/** Stands for the units attached directly, taken together. */
const FOLDED = 0
type Row = { org: { id: number; shortName: string }; coverage: Coverage }

type CoverageProps = { board: Board; told: string; onOrg: (org: number) => void }

/** 组织覆盖: of all units those that have a women's committee, whose term ran out, that lack one, and where none is due. */
export function CoverageCard({ board, told, onOrg }: CoverageProps) {
  const { coverage, units } = board
  const due = coverage.formed + coverage.overdue + coverage.missing
  const [isOpen, setIsOpen] = useState(false)
  const { shown, direct } = foldUnits(units.filter((u) => u.coverage.units > 0))
  const folded = { org: { id: FOLDED, shortName: foldedName(direct) }, coverage: coverageOf(direct) }
  const rows: Row[] = [
    { org: { id: board.org.id, shortName: '合计' }, coverage },
    ...shown,
    ...(direct.length > 0 ? [folded] : []),
    ...(isOpen ? direct : []),
  ]
  const toggle = () => setIsOpen(!isOpen)
  return (
    <ChartCard
      title="女职工组织覆盖"
      scope={told}
      isToday
      hint={
        <>
          女会员 {board.committeeFrom} 人以上应建女职工委员会：应建 {due} 个，已建{' '}
          {coverage.formed + coverage.overdue} 个，
          <b>组建率 {formatShare(coverage.formed + coverage.overdue, due)}</b>；其中任期届满{' '}
          {coverage.overdue} 个。
          {coverage.unknown > 0 && `另有 ${coverage.unknown} 个还没有登记女会员数，不算覆盖。`}
        </>
      }
      drawing={<Bars rows={rows} isOpen={isOpen} onFold={toggle} />}
      table={
        <div className="board-scroll">
          <table className="board-table num">
            <thead>
              <tr>
                <th scope="col">单位</th>
                {parts.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {label}
                  </th>
                ))}
                <th scope="col">组建率</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ org, coverage: c }) => (
                <tr key={org.id}>
                  <th scope="row">
                    {org.id === board.org.id ? (
                      org.shortName
                    ) : org.id === FOLDED ? (
                      <button type="button" className="link" aria-expanded={isOpen} onClick={toggle}>
                        {org.shortName}，{isOpen ? '收起' : '展开'}
                      </button>
                    ) : (
                      <button type="button" className="link" onClick={() => onOrg(org.id)}>
                        {org.shortName}
                      </button>
                    )}
                  </th>
                  {parts.map(({ key }) => (
                    <td key={key}>{c[key]}</td>
                  ))}
                  <td>{formatShare(c.formed + c.overdue, c.formed + c.overdue + c.missing)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    />
  )
}

const nameWidth = 96
const phone = { barWidth: 170, legend: { from: 0, perRow: 4 } }
const wide = { barWidth: 360, legend: { from: nameWidth, perRow: 5 } }
const rowHeight = 22

type BarsProps = { rows: readonly Row[]; isOpen: boolean; onFold: () => void }

function Bars({ rows, isOpen, onFold }: BarsProps) {
  const { barWidth, legend } = useDrawing(wide, phone)
  const top = 4 + Math.ceil(parts.length / legend.perRow) * rowHeight
  const height = rows.length * rowHeight + top + 4
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${nameWidth + barWidth + 60} ${height}`}
      className="board-svg"
      role="group"
      aria-label="各单位女职工组织覆盖，数字见看表格"
    >
      <Hatch id="board-unknown" />
      {parts.map(({ key, label, fill }, i) => (
        <g
          key={key}
          transform={`translate(${legend.from + (i % legend.perRow) * 80} ${Math.floor(i / legend.perRow) * rowHeight})`}
        >
          <rect y={3} width={11} height={11} fill={fill} />
          <text x={16} y={13} fontSize={12} fill="#595552">
            {label}
          </text>
        </g>
      ))}
      {rows.map(({ org, coverage }, at) => {
        let x = nameWidth
        return (
          <g key={org.id} transform={`translate(0 ${top + at * rowHeight})`}>
            <text
              x={nameWidth - 8}
              y={13}
              textAnchor="end"
              fontSize={12}
              fontWeight={at === 0 ? 600 : 400}
              {...(org.id === FOLDED ? foldButton(isOpen, onFold) : { fill: '#262322' })}
            >
              {org.id === FOLDED
                ? `${isOpen ? '▾' : '▸'} ${org.shortName}`
                : org.shortName.length > 7
                  ? `${org.shortName.slice(0, 6)}…`
                  : org.shortName}
            </text>
            {parts.map(({ key, label, fill }) => {
              const width = (coverage[key] / Math.max(1, coverage.units)) * barWidth
              const left = x
              x += width
              if (width === 0) return null
              const bar = <rect x={left} y={2} width={width} height={14} fill={fill} />
              return org.id === FOLDED ? (
                <g key={key}>{bar}</g>
              ) : (
                <Segment
                  key={key}
                  org={org.id}
                  part={key}
                  name={`${org.shortName}${label} ${coverage[key]} 个`}
                >
                  {bar}
                </Segment>
              )
            })}
            <text x={nameWidth + barWidth + 6} y={13} fontSize={12} fill="#595552">
              {coverage.units} 个
            </text>
          </g>
        )
      })}
    </svg>
  )
}

type SegmentProps = { org: number; part: (typeof parts)[number]['key']; name: string; children: ReactNode }

/** A stretch of a bar opens the units that it counts; who may not see that list sees the unit. */
function Segment({ org, part, name, children }: SegmentProps) {
  const isCadre = useMe().post.role === 'cadre'
  return part === 'notDue' || part === 'unknown' || !isCadre ? (
    <Link to={paths.orgs} search={{ id: String(org) }} aria-label={name}>
      <title>{name}</title>
      {children}
    </Link>
  ) : (
    <Link to={paths.orgGaps} search={{ org: String(org), kind: part }} aria-label={name}>
      <title>{name}</title>
      {children}
    </Link>
  )
}

/** 覆盖盲区: units where a committee is due and missing, or past its term. */
export function BlindSpots({ board }: { board: Board }) {
  if (board.blind.length === 0) return <p className="panel-none">应建的都建了，任期也都在内。</p>
  return (
    <ul className="board-blind">
      {board.blind.map(({ org, above, womenMembers, why }) => (
        <li key={org.id}>
          <Link to={paths.orgs} search={{ id: String(org.id) }} title={org.name}>
            {org.shortName}
          </Link>
          <span>{above}</span>
          <span className="num">女会员 {womenMembers} 人</span>
          <span className={why === 'missing' ? 'is-missing' : 'is-overdue'}>
            {why === 'missing' ? '应建未建' : '任期届满'}
          </span>
        </li>
      ))}
    </ul>
  )
}
