import { Link } from '@tanstack/react-router'
import type { Board, RoundStep } from '#figures/board/api.ts'
import { formatCount } from '../format.ts'
import { paths } from '../paths.ts'
import { ChartCard } from './card.tsx'
import { Hatch } from './hatch.tsx'

type Round = NonNullable<Board['screening']>[number]
type Step = Round['steps'][number]

const words: Readonly<Record<RoundStep, string>> = {
  places: '计划名额',
  listed: '列入名单',
  booked: '已预约',
  attended: '到检',
  called: '请其联系医院',
  followed: '已联系',
}
const few = '不列数'
const saidOf = ({ count }: Step): string => (count === null ? few : `${formatCount(count)} 人`)
const nameOf = ({ title, org, isWhole }: Round): string => `${title}（${isWhole ? org.shortName : '本单位'}）`

type ScreeningProps = { board: Board; told: string }

/** “两癌”筛查: how far the women of a round have come, step by step; what was found is nowhere. */
export function ScreeningCard({ board: { screening, year }, told }: ScreeningProps) {
  if (screening === null || screening.length === 0) return null
  return (
    <ChartCard
      title={`${year}年开始的“两癌”筛查`}
      scope={told}
      isToday
      hint={`每一步含后面各步的人；少于5人的，或与前一步相差不到5人的，${few}。点横条看轮次。`}
      drawing={<Bars rounds={screening} />}
      table={
        <div className="board-scroll">
          <table className="board-table num">
            <thead>
              <tr>
                <th scope="col">轮次</th>
                <th scope="col">步骤</th>
                <th scope="col">人数</th>
              </tr>
            </thead>
            <tbody>
              {screening.flatMap((round) =>
                round.steps.map((step) => (
                  <tr key={`${round.id} ${step.step}`}>
                    <th scope="row">{nameOf(round)}</th>
                    <td>{words[step.step]}</td>
                    <td>{saidOf(step)}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      }
    />
  )
}

const nameWidth = 96
const barWidth = 320
const rowHeight = 24
const titleHeight = 26
/** Of a step that isn't told. */
const fewWidth = 14

function Bars({ rounds }: { rounds: readonly Round[] }) {
  const tops = rounds.reduce<number[]>(
    (found, { steps }) => [...found, found.at(-1)! + titleHeight + steps.length * rowHeight + 8],
    [0],
  )
  return (
    <svg
      data-drawing
      viewBox={`0 0 ${nameWidth + barWidth + 90} ${tops.at(-1)!}`}
      className="board-svg"
      role="group"
      aria-label="“两癌”筛查各步人数，数字见看表格"
    >
      <Hatch id="screening-few" />
      {rounds.map((round, n) => {
        const most = Math.max(1, ...round.steps.map(({ count }) => count ?? 0))
        return (
          <g key={round.id} transform={`translate(0 ${tops[n]!})`}>
            <text x={0} y={16} fontSize={13} fontWeight={600} fill="#262322">
              {nameOf(round)}
            </text>
            {round.steps.map((step, at) => (
              <g key={step.step} transform={`translate(0 ${titleHeight + at * rowHeight})`}>
                <text x={nameWidth - 8} y={15} textAnchor="end" fontSize={12} fill="#262322">
                  {words[step.step]}
                </text>
                <Mark round={round} step={step} width={((step.count ?? 0) / most) * barWidth} />
              </g>
            ))}
          </g>
        )
      })}
    </svg>
  )
}

/** What is too small to be told opens nothing. */
function Mark({ round, step, width }: { round: Round; step: Step; width: number }) {
  const isTold = step.count !== null
  const drawn = (
    <>
      <title>{`${nameOf(round)} ${words[step.step]}：${saidOf(step)}`}</title>
      <rect
        x={nameWidth}
        y={3}
        width={isTold ? Math.max(width, 1) : fewWidth}
        height={15}
        fill={isTold ? (step.step === 'places' ? '#bfbfbf' : '#0958d9') : 'url(#screening-few)'}
      />
      <text x={nameWidth + (isTold ? width : fewWidth) + 6} y={15} fontSize={12} fill="#595552">
        {saidOf(step)}
      </text>
    </>
  )
  if (!isTold) return drawn
  const place = step.step === 'attended' && !round.isWhole ? { place: 'attended' as const } : {}
  return (
    <Link
      to={paths.screeningRound}
      params={{ id: round.id }}
      search={place}
      aria-label={`${nameOf(round)} ${words[step.step]} ${saidOf(step)}，看轮次`}
    >
      {drawn}
    </Link>
  )
}
