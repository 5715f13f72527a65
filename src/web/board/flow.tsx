import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Board, Filed } from '#figures/board/api.ts'
import { tierLabels } from '#org/api.ts'
import { useMe } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
import { acceptedOf, foldButton, foldedName, foldUnits } from './fold.ts'

type FlowProps = { board: Board; told: string; onOrg: (org: number) => void }

const nameWidth = 96

/** 在办积压: at which tier records wait, and how long the oldest has. */
export function StuckCard({ board, told }: Omit<FlowProps, 'onOrg'>) {
  const { stuck } = board
  const { post } = useMe()
  const barWidth = useDrawing(340, 90)
  const most = Math.max(1, ...stuck.map((s) => s.records))
  const all = stuck.reduce((n, s) => n + s.records, 0)
  return (
    <ChartCard
      title="在办积压"
      scope={told}
      isToday
      hint={all === 0 ? '没有等候审核的记录。' : `等候审核 ${all} 条；深色是等了七天以上的。`}
      drawing={
        <svg
          data-drawing
          viewBox={`0 0 ${nameWidth + barWidth + 150} ${Math.max(1, stuck.length) * 28}`}
          className="board-svg"
          role="group"
          aria-label={stuck
            .map((s) => `${tierLabels[s.tier]} ${s.records} 条，超过七天 ${s.late} 条`)
            .join('；')}
        >
          {stuck.map(({ tier, records, late, longest }, at) => (
            <g key={tier} transform={`translate(0 ${at * 28})`}>
              <text x={nameWidth - 8} y={17} textAnchor="end" fontSize={13} fill="#262322">
                {tierLabels[tier]}
              </text>
              <Link
                {...(post.role === 'cadre' && tier === post.org.tier && board.org.id === post.org.id
                  ? { to: paths.review, search: {} }
                  : { to: paths.figures, search: { by: 'units', org: String(board.org.id) } })}
                aria-label={`${tierLabels[tier]}等候审核 ${records} 条，去看`}
              >
                <rect x={nameWidth} y={4} width={(records / most) * barWidth} height={17} fill="#ffd591" />
                <rect x={nameWidth} y={4} width={(late / most) * barWidth} height={17} fill="#ad4e00" />
              </Link>
              <text x={nameWidth + (records / most) * barWidth + 6} y={17} fontSize={12} fill="#595552">
                {records} 条，最久 {longest} 天
              </text>
            </g>
          ))}
        </svg>
      }
    />
  )
}

const marks: Record<Filed, { fill: string; sign: string; word: string }> = {
  accepted: { fill: '#237804', sign: '✓', word: '有审核通过' },
  waiting: { fill: '#ad6800', sign: '…', word: '只有待审核' },
  none: { fill: '#8c8c8c', sign: '–', word: '没有' },
}

/** 逐月填报: which units reported in which months; no ranking, official order. */
export function FilingCard({ board, told, onOrg }: FlowProps) {
  const { units, year } = board
  const [isOpen, setIsOpen] = useState(false)
  const { cell, monthSize } = useDrawing({ cell: 34, monthSize: 12 }, { cell: 19, monthSize: 9 })
  if (units.length === 0) return null
  const { shown, direct } = foldUnits(units)
  const rows = isOpen ? [...shown, ...direct] : shown
  // The folded line stands between the offices and what it opens.
  const lineOf = (at: number) => at + 1 + (direct.length > 0 && at >= shown.length ? 1 : 0)
  const row = 24
  return (
    <ChartCard
      title={`${year}年逐月填报`}
      scope={told}
      hint={[
        ...Object.values(marks).map(({ sign, word }) => `${sign} ${word}`),
        ...(direct.length > 0 ? ['数字是有审核通过的家数'] : []),
        '点开看那个月的各项数字',
      ].join('　')}
      drawing={
        <svg
          data-drawing
          viewBox={`0 0 ${nameWidth + 12 * cell} ${(rows.length + (direct.length > 0 ? 2 : 1)) * row}`}
          className="board-svg"
          role="group"
          aria-label={`${year}年各单位逐月填报`}
        >
          {Array.from({ length: 12 }, (_, m) => (
            <text
              key={m}
              x={nameWidth + m * cell + cell / 2}
              y={16}
              textAnchor="middle"
              fontSize={monthSize}
              fill="#666666"
            >
              {m + 1}月
            </text>
          ))}
          {direct.length > 0 && (
            <g transform={`translate(0 ${(shown.length + 1) * row})`}>
              <text
                x={nameWidth - 8}
                y={16}
                textAnchor="end"
                fontSize={12}
                {...foldButton(isOpen, () => setIsOpen(!isOpen))}
              >
                {isOpen ? '▾' : '▸'} {foldedName(direct)}
              </text>
              {acceptedOf(direct).map((count, m) =>
                count === null ? null : (
                  <text
                    key={m}
                    x={nameWidth + m * cell + cell / 2}
                    y={16}
                    textAnchor="middle"
                    fontSize={12}
                    fill="#595552"
                  >
                    <title>{`${foldedName(direct)}，${m + 1}月有审核通过的 ${count} 家`}</title>
                    {count}
                  </text>
                ),
              )}
            </g>
          )}
          {rows.map(({ org, months }, at) => (
            <g key={org.id} transform={`translate(0 ${lineOf(at) * row})`}>
              <text
                x={nameWidth - 8}
                y={16}
                textAnchor="end"
                fontSize={12}
                fill="#0958d9"
                className="board-name"
                role="button"
                tabIndex={0}
                onClick={() => onOrg(org.id)}
                onKeyDown={(event) => event.key === 'Enter' && onOrg(org.id)}
              >
                {org.shortName.length > 7 ? `${org.shortName.slice(0, 6)}…` : org.shortName}
              </text>
              {months.map((filed, m) =>
                filed === null ? null : (
                  <Link
                    key={m}
                    to={paths.figures}
                    search={{
                      org: String(org.id),
                      calendar: 'month',
                      year: String(year),
                      part: String(m + 1),
                    }}
                    aria-label={`${org.shortName} ${m + 1}月 ${marks[filed].sign} ${marks[filed].word}`}
                  >
                    <title>{`${org.shortName} ${m + 1}月：${marks[filed].word}`}</title>
                    <rect x={nameWidth + m * cell} width={cell} height={row} fill="transparent" />
                    <text
                      x={nameWidth + m * cell + cell / 2}
                      y={16}
                      textAnchor="middle"
                      fontSize={13}
                      fill={marks[filed].fill}
                    >
                      {marks[filed].sign}
                    </text>
                  </Link>
                ),
              )}
            </g>
          ))}
        </svg>
      }
    />
  )
}
