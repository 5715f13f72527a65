import { Link, type LinkProps } from '@tanstack/react-router'
import type { Board, Process } from '#figures/board/api.ts'
import { aidStateWords, aidStates, fileStates, fileStateWords } from '#hardship/states.ts'
import { nominationStateWords } from '#honour/words.ts'
import { paths } from '../paths.ts'
import { CardTitle, ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'

type Step = Board['steps'][number]
type Named = { step: string; label: string; to: LinkProps }

const record: readonly Named[] = [
  { step: 'returned', label: '退回待改', to: { to: paths.inbox } },
  { step: 'submitted', label: '待审核', to: { to: paths.review } },
  { step: 'correction', label: '更正待审', to: { to: paths.review } },
]
const task: readonly Named[] = [
  { step: 'received', label: '已收待报', to: { to: paths.tasks } },
  { step: 'returned', label: '退回待改', to: { to: paths.tasks } },
  { step: 'reported', label: '已报待收', to: { to: paths.tasks } },
]
const nominationSteps = ['draft', 'unitNotice', 'upper', 'listed', 'chosen'] as const
const fileSteps = fileStates.filter((s) => !['open', 'closed', 'refused', 'withdrawn'].includes(s))
const aidSteps = aidStates.filter((s) => !['paid', 'refused'].includes(s))

/** The steps of each kind of work in their order, and where each opens. */
const processes: readonly { key: Process; title: string; steps: readonly Named[] }[] = [
  { key: 'record', title: '记录', steps: record },
  { key: 'task', title: '任务', steps: task },
  {
    key: 'honour',
    title: '评选推荐',
    steps: nominationSteps.map((step) => ({
      step,
      label: nominationStateWords[step],
      to: { to: paths.honours },
    })),
  },
  {
    key: 'hardship',
    title: '困难建档',
    steps: fileSteps.map((stage) => ({
      step: stage,
      label: fileStateWords[stage],
      to: { to: paths.hardship, search: { stage } },
    })),
  },
  {
    key: 'aid',
    title: '帮扶发放',
    steps: aidSteps.map((aid) => ({
      step: aid,
      label: aidStateWords[aid],
      to: { to: paths.hardshipAids, search: { aid } },
    })),
  },
]

type StepsProps = { board: Board; told: string }

/** 各步办理: where work stands between two hands, how much at each step and how long the oldest. */
export function StepsCard({ board, told }: StepsProps) {
  const find = (process: Process, step: string): Step | undefined =>
    board.steps.find((s) => s.process === process && s.step === step)
  const shown = processes.filter(({ key }) => board.steps.some(({ process }) => process === key))
  if (shown.length === 0)
    return (
      <section className="board-card">
        <header>
          <CardTitle title="各步办理" isToday />
        </header>
        <p className="panel-none">没有停在半路的事项。</p>
      </section>
    )
  return (
    <ChartCard
      title="各步办理"
      scope={told}
      isToday
      hint="每一步停着多少件、最久停了几天；颜色越深越久。涉及个人的少于5件不列数，本单位不经手的少于5件不计入。"
      drawing={<Flows shown={shown} find={find} />}
      table={
        <div className="board-scroll">
          <table className="board-table num">
            <thead>
              <tr>
                <th scope="col">事项</th>
                <th scope="col">步骤</th>
                <th scope="col">件数</th>
                <th scope="col">最久（天）</th>
              </tr>
            </thead>
            <tbody>
              {shown.flatMap(({ key, title, steps }) =>
                steps.map(({ step, label }) => {
                  const found = find(key, step)
                  return (
                    <tr key={`${key} ${step}`}>
                      <th scope="row">{title}</th>
                      <td>{label}</td>
                      <td>{countOf(found)}</td>
                      <td>{found?.longest ?? ''}</td>
                    </tr>
                  )
                }),
              )}
            </tbody>
          </table>
        </div>
      }
    />
  )
}

const countOf = (step: Step | undefined): string =>
  step === undefined ? '0' : step.count === null ? '少于5' : String(step.count)

const nameWidth = 72
const boxWidth = 116
const boxHeight = 46
const gap = 8

/** Fresh, over a week, over a month; text keeps 4.5:1 on each. */
const shades = [
  { from: 31, fill: '#ad4e00', ink: '#ffffff' },
  { from: 8, fill: '#ffd591', ink: '#262322' },
  { from: 0, fill: '#fff1e0', ink: '#262322' },
]
const empty = { fill: '#f6f3ec', ink: '#666666' }

type FlowsProps = {
  shown: readonly (typeof processes)[number][]
  find: (process: Process, step: string) => Step | undefined
}

function Flows({ shown, find }: FlowsProps) {
  const perRow = useDrawing(4, 2)
  const tops = shown.reduce<number[]>(
    (found, { steps }) => [
      ...found,
      found.at(-1)! + Math.ceil(steps.length / perRow) * (boxHeight + gap) + 6,
    ],
    [0],
  )
  const rows = shown.map((process, n) => ({ ...process, at: tops[n]! }))
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${nameWidth + perRow * (boxWidth + gap)} ${tops.at(-1)!}`}
      className="board-svg"
      role="group"
      aria-label="各步办理，数字见看表格"
    >
      {rows.map(({ key, title, steps, at }) => (
        <g key={key} transform={`translate(0 ${at})`}>
          <text x={nameWidth - 10} y={27} textAnchor="end" fontSize={13} fill="#262322">
            {title}
          </text>
          {steps.map(({ step, label, to }, i) => {
            const found = find(key, step)
            const shade = found ? shades.find(({ from }) => found.longest >= from)! : empty
            const x = nameWidth + (i % perRow) * (boxWidth + gap)
            const y = Math.floor(i / perRow) * (boxHeight + gap)
            const said = found ? `${countOf(found)} 件，最久 ${found.longest} 天` : '没有'
            const box = (
              <g transform={`translate(${x} ${y})`}>
                <title>{`${title}·${label}：${said}`}</title>
                <rect width={boxWidth} height={boxHeight} rx={6} fill={shade.fill} stroke="#d8d2c8" />
                <text x={boxWidth / 2} y={18} textAnchor="middle" fontSize={12} fill={shade.ink}>
                  {label}
                </text>
                <text x={boxWidth / 2} y={36} textAnchor="middle" fontSize={12} fill={shade.ink}>
                  {said}
                </text>
              </g>
            )
            // What is too small to be told opens nothing.
            return found === undefined || found.count === null ? (
              <g key={step}>{box}</g>
            ) : (
              <Link key={step} {...to} aria-label={`${title} ${label} ${said}`}>
                {box}
              </Link>
            )
          })}
        </g>
      ))}
    </svg>
  )
}
