import type { Board, Filed } from '#figures/board/api.ts'
import { tierLabels } from '#org/api.ts'
import { ChartCard } from './card.tsx'

type FlowProps = { board: Board; told: string; onOrg: (org: number) => void }

const nameWidth = 96
const barWidth = 340

/** 在办积压: at which tier records wait, and how long the oldest has. */
export function StuckCard({ board, told }: Omit<FlowProps, 'onOrg'>) {
  const { stuck } = board
  const most = Math.max(1, ...stuck.map((s) => s.records))
  const all = stuck.reduce((n, s) => n + s.records, 0)
  return (
    <ChartCard
      title="在办积压"
      scope={told}
      hint={all === 0 ? '没有等候审核的记录。' : `等候审核 ${all} 条；深色是等了七天以上的。`}
      drawing={
        <svg
          data-drawing
          viewBox={`0 0 ${nameWidth + barWidth + 150} ${Math.max(1, stuck.length) * 28}`}
          className="board-svg"
          role="img"
          aria-label={stuck
            .map((s) => `${tierLabels[s.tier]} ${s.records} 条，超过七天 ${s.late} 条`)
            .join('；')}
        >
          {stuck.map(({ tier, records, late, longest }, at) => (
            <g key={tier} transform={`translate(0 ${at * 28})`}>
              <text x={nameWidth - 8} y={17} textAnchor="end" fontSize={13} fill="#262322">
                {tierLabels[tier]}
              </text>
              <rect x={nameWidth} y={4} width={(records / most) * barWidth} height={17} fill="#ffd591" />
              <rect x={nameWidth} y={4} width={(late / most) * barWidth} height={17} fill="#ad4e00" />
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
  if (units.length === 0) return null
  const cell = 34
  const row = 24
  return (
    <ChartCard
      title={`${year}年逐月填报`}
      scope={told}
      hint={Object.values(marks)
        .map(({ sign, word }) => `${sign} ${word}`)
        .join('　')}
      drawing={
        <svg
          data-drawing
          viewBox={`0 0 ${nameWidth + 12 * cell} ${(units.length + 1) * row}`}
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
              fontSize={12}
              fill="#666666"
            >
              {m + 1}月
            </text>
          ))}
          {units.map(({ org, months }, at) => (
            <g key={org.id} transform={`translate(0 ${(at + 1) * row})`}>
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
                  <text
                    key={m}
                    x={nameWidth + m * cell + cell / 2}
                    y={16}
                    textAnchor="middle"
                    fontSize={13}
                    fill={marks[filed].fill}
                  >
                    <title>{`${org.shortName} ${m + 1}月：${marks[filed].word}`}</title>
                    {marks[filed].sign}
                  </text>
                ),
              )}
            </g>
          ))}
        </svg>
      }
    />
  )
}
