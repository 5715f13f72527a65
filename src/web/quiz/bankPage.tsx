import '../hardship/hardship.css'
import './quiz.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { bankDetail, bankDone, mostQuestions, type BankDetail, type BankQuestion } from '#quiz/api.ts'
import { questionKindWords } from '#quiz/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { ApiProblem, issueAt } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { useTyped } from '../record/useTyped.tsx'
import { quizApi } from './addresses.ts'
import { PasteModal } from './pasteModal.tsx'
import { QuestionModal } from './questionModal.tsx'

const route = getRouteApi(paths.quizBank)

/** A bank of questions: typed one by one or pasted from a sheet; each time it is saved is a version. */
export function QuizBankPage() {
  const { id } = route.useParams()
  const query = useApi(quizApi.bank(id), bankDetail, { enabled: id !== 'new' })
  if (id === 'new') return <Editor before={null} />
  return <Loaded query={query}>{(found) => <Editor key={found.version} before={found} />}</Loaded>
}

type Draft = { title: string; questions: BankQuestion[] }

function Editor({ before }: { before: BankDetail | null }) {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<number | 'new' | 'paste' | null>(null)
  const typed = useTyped(
    { id: `quizBank:${before?.id ?? 'new'}`, version: before?.version ?? 0 },
    { title: before?.title ?? '', questions: before?.questions ?? [] },
  )
  const { title, questions } = typed.values as Draft
  const put = (more: Partial<Draft>) => typed.change({ title, questions, ...more })
  const save = useAct(
    async (body: Draft, key) => {
      const sent = { ...body, typed: await typed.settled() }
      return before === null
        ? call(quizApi.banks, bankDone, { method: 'POST', key, body: sent })
        : call(quizApi.bank(before.id), bankDone, {
            method: 'PUT',
            key,
            body: { ...sent, version: before.version },
          })
    },
    ({ id, version }) => {
      typed.sent()
      void message.success(`已保存，现在是第 ${version} 版`)
      void navigate({ to: paths.quizBank, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  const keep = (one: BankQuestion) => {
    put({
      questions:
        typeof asking === 'number'
          ? questions.map((old, n) => (n === asking ? one : old))
          : [...questions, one],
    })
    setAsking(null)
  }
  return (
    <>
      <PageHead
        title={before === null ? '新建题库' : before.title}
        sub={
          before === null
            ? '一道一道写，或者从 Excel 粘贴'
            : `第 ${before.version} 版；已经发布的答题用发布时的版本，改这里不影响它们`
        }
      />
      <section className="hardship-card">
        <label>
          题库名称
          <Input
            value={title}
            maxLength={60}
            placeholder="例如：女职工权益知识"
            onChange={(event) => put({ title: event.target.value })}
          />
        </label>
        {issueAt(save.error, 'title') && <p className="quiz-fault">{issueAt(save.error, 'title')}</p>}
      </section>
      <section className="hardship-card">
        <div className="hardship-head">
          <h2>{`题目 ${questions.length} 道`}</h2>
          <span>
            <Button onClick={() => setAsking('paste')}>从 Excel 粘贴</Button>{' '}
            <Button disabled={questions.length >= mostQuestions} onClick={() => setAsking('new')}>
              加一道题
            </Button>
          </span>
        </div>
        {issueAt(save.error, 'questions') && <p className="quiz-fault">{issueAt(save.error, 'questions')}</p>}
        <ol className="quiz-questions">
          {questions.map((one, n) => (
            <li key={`${n} ${one.stem}`}>
              <Question
                one={one}
                n={n}
                fault={['stem', 'options', 'answer']
                  .map((field) => issueAt(save.error, `questions.${n}.${field}`))
                  .find(Boolean)}
              />
              <span className="quiz-acts">
                <Button type="link" onClick={() => setAsking(n)}>
                  修改
                </Button>
                <Button
                  type="text"
                  aria-label={`删去第 ${n + 1} 题`}
                  onClick={() => put({ questions: questions.filter((_, k) => k !== n) })}
                >
                  删去
                </Button>
              </span>
            </li>
          ))}
        </ol>
        {Boolean(save.error) && !told && <Failure error={save.error} />}
        <div className="hardship-foot">
          <Button type="primary" loading={save.busy} onClick={() => save.run({ title, questions })}>
            保存
          </Button>
          <span className="save-line" role="status">
            {typed.said}
          </span>
        </div>
      </section>
      {(asking === 'new' || typeof asking === 'number') && (
        <QuestionModal
          before={typeof asking === 'number' ? questions[asking]! : null}
          onDone={keep}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'paste' && (
        <PasteModal
          room={mostQuestions - questions.length}
          onDone={(more) => {
            put({ questions: [...questions, ...more] })
            setAsking(null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

const letters = 'ABCDEFGH'

function Question({ one, n, fault }: { one: BankQuestion; n: number; fault: string | undefined }) {
  return (
    <div>
      <p>
        {`${n + 1}. ${one.stem}`} <span className="hardship-aside">{questionKindWords[one.kind]}</span>
      </p>
      <ul className="quiz-options">
        {one.options.map((option, k) => (
          <li key={option} className={one.answer.includes(k + 1) ? 'is-right' : undefined}>
            {`${letters[k]}. ${option}`}
          </li>
        ))}
      </ul>
      {one.explanation !== '' && <p className="hardship-aside">{`解析：${one.explanation}`}</p>}
      {fault && <p className="quiz-fault">{fault}</p>}
    </div>
  )
}
