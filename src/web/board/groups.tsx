import { Link } from '@tanstack/react-router'
import type { Board } from '#figures/board/api.ts'
import { formatCount } from '../format.ts'
import { formatShare } from '../figures/format.ts'
import { paths } from '../paths.ts'
import { CardTitle, ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
import { Hatch } from './hatch.tsx'

type Row = NonNullable<Board['groups']>[number]
type GroupsProps = { board: Board; told: string }

const few = '少于5'
const title = '八大群体和新就业形态覆盖'

/** 八大群体和新就业形态: of the women registered how many have joined; a part that is too small is told on neither side. */
export function GroupsCard({ board: { org, groups }, told }: GroupsProps) {
  if (groups === null) return null
  const where = (
    <Link
      to={paths.orgGaps}
      search={{ org: String(org.id), kind: 'unorganised' }}
      className="no-print board-more"
    >
      看未入会女职工在哪些单位
    </Link>
  )
  if (groups.length === 0)
    return (
      <section className="board-card">
        <header>
          <CardTitle title={title} isToday />
        </header>
        <p className="panel-none">会员实名册里还没有登记这些群体的女职工。</p>
        {where}
      </section>
    )
  return (
    <ChartCard
      title={title}
      scope={told}
      isToday
      hint="会员实名册里登记的女职工；少于5人的不列数。点横条看名册。"
      drawing={<Bars rows={groups} />}
      table={
        <div className="board-scroll">
          <table className="board-table num">
            <thead>
              <tr>
                <th scope="col">群体</th>
                <th scope="col">登记女职工</th>
                <th scope="col">已入会</th>
                <th scope="col">入会率</th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ group, women, members }) => (
                <tr key={group}>
                  <th scope="row">{group}</th>
                  <td>{women === null ? few : formatCount(women)}</td>
                  <td>{members === null ? '不列' : formatCount(members)}</td>
                  <td>{women === null || members === null ? '不列' : formatShare(members, women)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      {where}
    </ChartCard>
  )
}

const nameWidth = 96
const phone = { barWidth: 110, legend: 0 }
const wide = { barWidth: 320, legend: nameWidth }
const rowHeight = 24

function Bars({ rows }: { rows: readonly Row[] }) {
  const { barWidth, legend } = useDrawing(wide, phone)
  const most = Math.max(1, ...rows.map(({ women }) => women ?? 0))
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${nameWidth + barWidth + 120} ${rows.length * rowHeight + 26}`}
      className="board-svg"
      role="group"
      aria-label="各群体女职工入会，数字见看表格"
    >
      <Hatch id="group-few" />
      {[
        ['#0958d9', '已入会'],
        ['#ffd591', '未入会'],
        ['url(#group-few)', '人数少，不分列'],
      ].map(([fill, label], i) => (
        <g key={label} transform={`translate(${legend + i * 88} 0)`}>
          <rect y={3} width={11} height={11} fill={fill} />
          <text x={16} y={13} fontSize={12} fill="#595552">
            {label}
          </text>
        </g>
      ))}
      {rows.map(({ group, women, members }, at) => {
        const whole = women === null ? 14 : (women / most) * barWidth
        const joined = women === null || members === null ? 0 : (members / most) * barWidth
        const said =
          women === null
            ? `${few}人`
            : members === null
              ? `${formatCount(women)} 人`
              : `${formatCount(members)} / ${formatCount(women)} 人，${formatShare(members, women)}`
        return (
          <Link key={group} to={paths.members} search={{ group }} aria-label={`${group} ${said}`}>
            <g transform={`translate(0 ${22 + at * rowHeight})`}>
              <title>{`${group}：看名册`}</title>
              <text x={nameWidth - 8} y={15} textAnchor="end" fontSize={12} fill="#262322">
                {group}
              </text>
              <rect
                x={nameWidth}
                y={3}
                width={whole}
                height={15}
                fill={members === null ? 'url(#group-few)' : '#ffd591'}
              />
              <rect x={nameWidth} y={3} width={joined} height={15} fill="#0958d9" />
              <text x={nameWidth + whole + 6} y={15} fontSize={12} fill="#595552">
                {said}
              </text>
            </g>
          </Link>
        )
      })}
    </svg>
  )
}
