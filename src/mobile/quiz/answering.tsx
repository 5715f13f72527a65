import { useEffect, useRef, useState } from 'react'
import { submitDone, type AttemptSheet, type SheetQuestion } from '#quiz/api.ts'
import { questionKindWords } from '#quiz/states.ts'
import { call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { ApiProblem } from '../../web/api/problem.ts'
import { Fault, Head, Sheet } from '../kit/parts.tsx'
import { paths } from '../paths.ts'
import { quizPaths } from './useQuizzes.tsx'
import { useSheet } from './useSheet.tsx'

const letters = 'ABCDEFGH'

const secondsTo = (instant: number): number => Math.max(0, Math.round((instant - Date.now()) / 1000))

/** Seconds until an attempt is due, by the server's clock. */
function useLeft({ now, dueAt }: Pick<AttemptSheet, 'now' | 'dueAt'>, readAt: number): number {
  const behind = Date.parse(now) - readAt
  const leftAt = (): number => secondsTo(Date.parse(dueAt) - behind)
  const [left, setLeft] = useState(leftAt)
  useEffect(() => {
    const timer = window.setInterval(() => setLeft(secondsTo(Date.parse(dueAt) - behind)), 1000)
    return () => window.clearInterval(timer)
  }, [dueAt, behind])
  return left
}

const leftWords = (seconds: number): string =>
  seconds >= 86_400
    ? `还剩 ${Math.floor(seconds / 86_400)} 天`
    : seconds >= 3600
      ? `还剩 ${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`
      : `还剩 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** `readAt`: the phone's clock when the sheet came. */
export function Answering({ sheet, readAt }: { sheet: AttemptSheet; readAt: number }) {
  const { chosen, choose, send, waiting, refused } = useSheet(sheet)
  const open = (one: SheetQuestion) => (chosen[one.id] ?? []).length === 0
  const [at, setAt] = useState(() => Math.max(0, sheet.questions.findIndex(open)))
  const [asking, setAsking] = useState(false)
  const left = useLeft(sheet, readAt)
  const submit = useAct(async (_: null, key) => {
    // What has not arrived goes first; without a line nothing is handed in, and the answers stay on the phone.
    if (!(await send()) && left > 0)
      throw new ApiProblem(0, { code: '网络', message: '还有答案没有送到，请在有网络的地方再交卷' })
    return call(quizPaths.submit(sheet.id), submitDone, { method: 'POST', key })
  })
  const isOver = left === 0
  const { run } = submit
  const handedIn = useRef(false)
  useEffect(() => {
    if (!isOver || handedIn.current) return
    handedIn.current = true
    run(null)
  }, [isOver, run])
  const total = sheet.questions.length
  const answered = sheet.questions.filter((one) => !open(one)).length
  const one = sheet.questions[at]!
  return (
    <>
      <Head title={sheet.title} back={paths.quizzes} />
      <div className="quiz-bar num">
        <span>{`第 ${at + 1} 题，共 ${total} 题`}</span>
        <span>{leftWords(left)}</span>
      </div>
      <progress className="quiz-progress" max={total} value={answered} aria-label={`已答 ${answered} 题`} />
      <Question key={one.id} one={one} choice={chosen[one.id] ?? []} onChoose={(to) => choose(one.id, to)} />
      {Boolean(refused) && <Fault error={refused} />}
      <p className="soft small" role="status">
        {waiting > 0 ? `网络不通，${waiting} 道题的答案存在手机上，接通后自动送出` : '答案已保存'}
      </p>
      {submit.error && !asking && <Fault error={submit.error} again={submit.again} />}
      <div className="quiz-acts">
        <button type="button" className="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
          上一题
        </button>
        {at + 1 < total ? (
          <button type="button" className="button button-main" onClick={() => setAt(at + 1)}>
            下一题
          </button>
        ) : (
          <button
            type="button"
            className="button button-main"
            disabled={submit.busy}
            onClick={() => setAsking(true)}
          >
            交卷
          </button>
        )}
      </div>
      {asking && (
        <Sheet title="交卷？" onClose={() => setAsking(false)}>
          <p>
            {answered < total
              ? `还有 ${total - answered} 道题没有答，没有全部作答的不算有效答题。`
              : '全部作答了，交卷后不能再改。'}
          </p>
          {submit.error && <Fault error={submit.error} again={submit.again} />}
          <div className="acts">
            <button
              type="button"
              className="button"
              style={{ flex: 1 }}
              onClick={() => {
                setAsking(false)
                if (answered < total) setAt(sheet.questions.findIndex(open))
              }}
            >
              {answered < total ? '去答没有答的' : '再看看'}
            </button>
            <button
              type="button"
              className="button button-main"
              style={{ flex: 1 }}
              disabled={submit.busy}
              onClick={() => submit.run(null)}
            >
              {submit.busy ? '正在交卷…' : '交卷'}
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}

type QuestionProps = { one: SheetQuestion; choice: readonly number[]; onChoose: (to: number[]) => void }

function Question({ one, choice, onChoose }: QuestionProps) {
  const many = one.kind === 'multiple'
  const toggle = (number: number) =>
    many
      ? choice.includes(number)
        ? choice.filter((n) => n !== number)
        : [...choice, number].sort((a, b) => a - b)
      : [number]
  return (
    <fieldset className="quiz-question">
      <legend>
        <span className="mark">{questionKindWords[one.kind]}</span> {one.stem}
      </legend>
      {one.options.map((option, n) => (
        <label key={option} className="quiz-option" data-on={choice.includes(n + 1) ? 'yes' : undefined}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={one.id}
            checked={choice.includes(n + 1)}
            onChange={() => onChoose(toggle(n + 1))}
          />
          <span>{one.kind === 'truth' ? option : `${letters[n]}. ${option}`}</span>
        </label>
      ))}
    </fieldset>
  )
}
