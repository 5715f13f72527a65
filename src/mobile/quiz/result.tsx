import type { AttemptSheet, SheetQuestion } from '#quiz/api.ts'
import { Go } from '../kit/link.tsx'
import { Head } from '../kit/parts.tsx'
import { timeWords } from '../kit/times.ts'
import { paths } from '../paths.ts'

const letters = 'ABCDEFGH'
const named = ({ kind, options }: SheetQuestion, numbers: readonly number[]): string =>
  numbers.length === 0
    ? '没有作答'
    : numbers
        .map((n) => (kind === 'truth' ? options[n - 1] : `${letters[n - 1]}. ${options[n - 1]}`))
        .join('；')

const isRight = ({ choice, answer }: SheetQuestion): boolean => String(choice) === String(answer)

/** How an attempt went; the right answers from when the organiser lets them be read. */
export function Result({ sheet }: { sheet: AttemptSheet }) {
  const isTold = sheet.questions.every(({ answer }) => answer !== null)
  return (
    <>
      <Head title={sheet.title} back={paths.quizzes} />
      <section className="card">
        <h2 className="num">{`答对 ${sheet.score} 道，共 ${sheet.asked} 道`}</h2>
        <p>
          <span className={sheet.isPassed ? 'mark mark-good' : 'mark'}>
            {sheet.isPassed ? '合格' : `没有合格，要答对 ${sheet.passMark}%`}
          </span>
        </p>
        {sheet.answered < sheet.asked && (
          <p className="soft small num">{`${sheet.asked - sheet.answered} 道没有作答，不算有效答题`}</p>
        )}
        {!isTold && (
          <p className="soft small num">{`正确答案和解析在 ${timeWords(sheet.closesAt)} 截止以后公布`}</p>
        )}
      </section>
      <ol className="cards quiz-told">
        {sheet.questions.map((one, n) => (
          <li key={one.id} className="card">
            <h3>{`${n + 1}. ${one.stem}`}</h3>
            <p>
              您选的：{named(one, one.choice)}{' '}
              {one.answer !== null && (
                <span className={isRight(one) ? 'mark mark-good' : 'mark mark-warn'}>
                  {isRight(one) ? '对' : '不对'}
                </span>
              )}
            </p>
            {one.answer !== null && !isRight(one) && <p>正确答案：{named(one, one.answer)}</p>}
            {one.explanation !== null && one.explanation !== '' && (
              <p className="soft small">解析：{one.explanation}</p>
            )}
          </li>
        ))}
      </ol>
      <Go to={paths.quiz} params={{ id: sheet.quizId }} className="button button-wide">
        回到这场答题
      </Go>
    </>
  )
}
