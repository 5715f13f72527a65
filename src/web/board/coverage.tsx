import { Link } from '@tanstack/react-router'
import type { Board, Coverage } from '#figures/board/api.ts'
import { formatShare } from '../figures/format.ts'
import { paths } from '../paths.ts'
import { ChartCard } from './card.tsx'

const parts = [
  { key: 'formed', label: '已建', fill: '#0958d9' },
  { key: 'overdue', label: '任期届满', fill: '#faad14' },
  { key: 'missing', label: '应建未建', fill: '#cf1322' },
  { key: 'notDue', label: '人数不足', fill: '#d9d9d9' },
] as const satisfies readonly { key: keyof Coverage; label: string; fill: string }[]

type CoverageProps = { board: Board; told: string; onOrg: (org: number) => void }

/** 组织覆盖: of all units those that have a women's committee, whose term ran out, that lack one, and where none is due. */
export function CoverageCard({ board, told, onOrg }: CoverageProps) {
  const { coverage, units } = board
  const due = coverage.formed + coverage.overdue + coverage.missing
  const rows = [{ org: { id: 0, shortName: '合计' }, coverage }, ...units.filter((u) => u.coverage.units > 0)]
  return (
    <ChartCard
      title="女职工组织覆盖"
      scope={told}
      hint={
        <>
          女会员 {board.committeeFrom} 人以上应建女职工委员会：应建 {due} 个，已建{' '}
          {coverage.formed + coverage.overdue} 个，
          <b>组建率 {formatShare(coverage.formed + coverage.overdue, due)}</b>；其中任期届满{' '}
          {coverage.overdue} 个。
        </>
      }
      drawing={<Bars rows={rows} />}
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
                    {org.id === 0 ? (
                      org.shortName
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

const barWidth = 360
const nameWidth = 96
const rowHeight = 22

function Bars({ rows }: { rows: { org: { id: number; shortName: string }; coverage: Coverage }[] }) {
  const height = rows.length * rowHeight + 30
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${nameWidth + barWidth + 70} ${height}`}
      className="board-svg"
      role="img"
      aria-label="各单位女职工组织覆盖，数字见看表格"
    >
      {parts.map(({ key, label, fill }, i) => (
        <g key={key} transform={`translate(${nameWidth + i * 88} 0)`}>
          <rect y={3} width={11} height={11} fill={fill} />
          <text x={16} y={13} fontSize={12} fill="#595552">
            {label}
          </text>
        </g>
      ))}
      {rows.map(({ org, coverage }, at) => {
        let x = nameWidth
        return (
          <g key={org.id} transform={`translate(0 ${26 + at * rowHeight})`}>
            <text
              x={nameWidth - 8}
              y={13}
              textAnchor="end"
              fontSize={12}
              fill="#262322"
              fontWeight={at === 0 ? 600 : 400}
            >
              {org.shortName.length > 7 ? `${org.shortName.slice(0, 6)}…` : org.shortName}
            </text>
            {parts.map(({ key, fill }) => {
              const width = (coverage[key] / Math.max(1, coverage.units)) * barWidth
              const left = x
              x += width
              return <rect key={key} x={left} y={2} width={width} height={14} fill={fill} />
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
