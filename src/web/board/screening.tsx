import { Link, type LinkProps } from '@tanstack/react-router'
import type { Board, RoundStep } from '#figures/board/api.ts'
import { formatCount } from '../format.ts'
import { paths } from '../paths.ts'
import { ChartCard } from './card.tsx'
import { useDrawing } from './drawing.ts'
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

/** One bar: a round, or those of the units below together, which open the list. */
type Bar = { key: string; name: string; steps: readonly Step[]; to: LinkProps; attended?: LinkProps }
const barOf = (round: Round): Bar => ({
  key: round.id,
  name: nameOf(round),
  steps: round.steps,
  to: { to: paths.screeningRound, params: { id: round.id } },
  ...(round.isWhole ? {} : { attended: { search: { place: 'attended' } } as LinkProps }),
})
const belowOf = ({ rounds, steps }: NonNullable<Board['screeningBelow']>): Bar => ({
  key: 'below',
  name: `下级单位的${rounds}轮合计`,
  steps,
  to: { to: paths.screening },
})

type ScreeningProps = { board: Board; told: string }

/** “两癌”筛查: how far the women of a round have come, step by step; what was found is nowhere. */
export function ScreeningCard({ board: { screening, screeningBelow, year }, told }: ScreeningProps) {
  const bars = [...(screening ?? []).map(barOf), ...(screeningBelow ? [belowOf(screeningBelow)] : [])]
  if (bars.length === 0) return null
  return (
    <ChartCard
      title={`${year}年开始的“两癌”筛查`}
      scope={told}
      isToday
      hint={`每一步含后面各步的人；少于5人的，或与前一步相差不到5人的，${few}。点横条看轮次。`}
      drawing={<Bars bars={bars} />}
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
              {bars.flatMap((bar) =>
                bar.steps.map((step) => (
                  <tr key={`${bar.key} ${step.step}`}>
                    <th scope="row">{bar.name}</th>
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
const rowHeight = 24
const titleHeight = 26
/** Of a step that isn't told. */
const fewWidth = 14

function Bars({ bars }: { bars: readonly Bar[] }) {
  const barWidth = useDrawing(320, 140)
  const tops = bars.reduce<number[]>(
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
      {bars.map((bar, n) => {
        const most = Math.max(1, ...bar.steps.map(({ count }) => count ?? 0))
        return (
          <g key={bar.key} transform={`translate(0 ${tops[n]!})`}>
            <text x={0} y={16} fontSize={13} fontWeight={600} fill="#262322">
              {bar.name}
            </text>
            {bar.steps.map((step, at) => (
              <g key={step.step} transform={`translate(0 ${titleHeight + at * rowHeight})`}>
                <text x={nameWidth - 8} y={15} textAnchor="end" fontSize={12} fill="#262322">
                  {words[step.step]}
                </text>
                <Mark bar={bar} step={step} width={((step.count ?? 0) / most) * barWidth} />
              </g>
            ))}
          </g>
        )
      })}
    </svg>
  )
}

/** What is too small to be told opens nothing. */
function Mark({ bar, step, width }: { bar: Bar; step: Step; width: number }) {
  const isTold = step.count !== null
  const drawn = (
    <>
      <title>{`${bar.name} ${words[step.step]}：${saidOf(step)}`}</title>
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
  return (
    <Link
      {...bar.to}
      {...(step.step === 'attended' ? bar.attended : {})}
      aria-label={`${bar.name} ${words[step.step]} ${saidOf(step)}，看轮次`}
    >
      {drawn}
    </Link>
  )
}
