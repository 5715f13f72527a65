import type { MyQuiz, QuizLine } from '#quiz/api.ts'
import { quizPhaseWords } from '#quiz/states.ts'
import { Go } from '../kit/link.tsx'
import { timeWords } from '../kit/times.ts'
import { paths } from '../paths.ts'

/** What an attempt asks of her. */
export const askWords = ({ draws, minutes, timesADay }: QuizLine): string =>
  `每次 ${draws} 道题，${minutes === null ? '不限时' : `限 ${minutes} 分钟`}，每天 ${timesADay} 次`

const whenWords = ({ phase, opensAt, closesAt }: QuizLine): string =>
  phase === 'before' ? `${timeWords(opensAt)} 开始` : `${timeWords(closesAt)} 截止`

/** The best that she has done so far; null before she handed in. */
export const bestOf = ({ attempts }: MyQuiz): number | null =>
  attempts.reduce<number | null>(
    (best, { score }) => (score === null ? best : Math.max(best ?? 0, score)),
    null,
  )

export function QuizCard({ one, mark }: { one: QuizLine; mark?: string | undefined }) {
  return (
    <Go to={paths.quiz} params={{ id: one.id }} className="card">
      <span className="row">
        <h3>{one.title}</h3>
        <span className={one.phase === 'running' ? 'mark mark-good' : 'mark'}>
          {mark ?? quizPhaseWords[one.phase]}
        </span>
      </span>
      <p className="num">{whenWords(one)}</p>
      <p className="soft small num">{askWords(one)}</p>
      <p className="soft small">
        {one.org.name}
        {one.prizes > 0 && ` · 合格的抽奖，奖品 ${one.prizes} 份`}
      </p>
    </Go>
  )
}
