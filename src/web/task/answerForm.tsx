import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Checkbox, Flex } from 'antd'
import { findProgramme } from '#programmes/index.ts'
import type { Task, TaskAnswer } from '#task/api.ts'
import { actors, burdenOf, surveyFields } from '#task/rules.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { formatInstant, formatValue } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { FieldInput } from '../record/fieldInput.tsx'
import { FormRow } from '../record/formRow.tsx'
import { taskApi } from './addresses.ts'
import { useTyped } from '../record/useTyped.tsx'

type AnswerProps = { task: Task; answer: TaskAnswer }

/** What her unit owes: the records that count already, or the questions, filled in where the system knows. */
export function AnswerForm({ task, answer }: AnswerProps) {
  const { message } = App.useApp()
  const { post } = useMe()
  const fields = surveyFields(task.questions)
  const known = Object.fromEntries(Object.entries(task.prefilled).map(([key, { value }]) => [key, value]))
  const typed = useTyped(
    { id: `task:${task.id}`, version: task.version, sentAt: answer.reportedAt },
    { ...known, ...answer.answers, isNil: answer.isNil },
  )
  const { said, change } = typed
  const { isNil: ticked, ...values } = typed.values
  const isNil = ticked === true
  const act = useAct(
    async (kind: 'receive' | 'report', key) => {
      return call(taskApi.answer(task.id), anything, {
        method: 'POST',
        key,
        body: {
          act: kind,
          version: answer.version,
          taskVersion: task.version,
          ...(kind === 'report' ? { isNil, answers: isNil ? {} : values, typed: await typed.settled() } : {}),
        },
      })
    },
    (_, kind) => {
      if (kind === 'report') typed.sent()
      void message.success(kind === 'report' ? '已上报' : '已接收')
    },
  )
  const mayReport = post.role === 'cadre' && !task.isOver && actors.report.from.includes(answer.state)
  const mayReceive = post.role === 'cadre' && !task.isOver && actors.receive.from.includes(answer.state)
  const told =
    act.error &&
    (issueAt(act.error, 'isNil') ??
      Object.keys(fields)
        .map((key) => issueAt(act.error, `answers.${key}`))
        .find(Boolean))
  return (
    <section className="task-answer">
      <h2>本单位填报</h2>
      {answer.state === 'returned' && <Alert type="warning" showIcon title={`退回意见：${answer.reason}`} />}
      {answer.reportedAt && answer.state !== 'returned' && (
        <p className="page-sub">
          {answer.reportedBy} 于 {formatInstant(answer.reportedAt)} 上报{answer.isNil && '：本期无此项工作'}
        </p>
      )}
      {!mayReport ? (
        <Reported task={task} answer={answer} />
      ) : (
        <>
          {task.programme === null ? (
            <SurveyRows
              task={task}
              values={values}
              isNil={isNil}
              error={act.error}
              onChange={(key, value) => change({ [key]: value })}
            />
          ) : (
            <Entered task={task} answer={answer} />
          )}
          <Checkbox
            className="task-nil"
            checked={isNil}
            onChange={(event) => change({ isNil: event.target.checked })}
          >
            本期无此项工作（零报告）
          </Checkbox>
          {issueAt(act.error, 'isNil') && (
            <p className="form-error" role="alert">
              {issueAt(act.error, 'isNil')}
            </p>
          )}
          {Boolean(act.error) && !told && <Failure error={act.error} retry={act.again} />}
          <p className="page-sub" role="status">
            {said}
          </p>
          <Flex gap={8}>
            <Button type="primary" loading={act.busy} onClick={() => act.run('report')}>
              上报
            </Button>
            {mayReceive && (
              <Button disabled={act.busy} onClick={() => act.run('receive')}>
                先接收，稍后再报
              </Button>
            )}
          </Flex>
        </>
      )}
    </section>
  )
}

type SurveyProps = {
  task: Task
  values: Record<string, unknown>
  isNil: boolean
  error: unknown
  onChange: (key: string, value: unknown) => void
}

function SurveyRows({ task, values, isNil, error, onChange }: SurveyProps) {
  const { today } = useMe()
  const fields = surveyFields(task.questions)
  const { fields: all, known, minutes } = burdenOf(fields, new Set(Object.keys(task.prefilled)))
  return (
    <>
      <p className="page-sub">
        必填 {all} 项{known > 0 && `，其中 ${known} 项系统已填好，请核对`}；大约 {minutes} 分钟
      </p>
      {!isNil &&
        Object.entries(fields).map(([key, field]) => {
          const from = task.prefilled[key]
          const fault = issueAt(error, `answers.${key}`)
          return (
            <FormRow
              key={key}
              id={key}
              field={{
                ...field,
                ...(from
                  ? { hint: `来自${from.on ? ` ${from.on} ` : '未注明日期'}的${from.source}，请核对` }
                  : {}),
              }}
              notes={{ error: fault }}
            >
              <FieldInput
                id={key}
                field={field}
                value={values[key]}
                today={today}
                status={fault ? 'error' : ''}
                describedBy={`${key}-notes`}
                onChange={(value) => onChange(key, value)}
                onBlur={() => undefined}
              />
            </FormRow>
          )
        })}
    </>
  )
}

/** The records of the period: what is there is not typed again. */
function Entered({ task, answer }: AnswerProps) {
  const programme = findProgramme(task.programme ?? '')
  const { submitted, accepted } = answer.entered ?? { submitted: 0, accepted: 0 }
  const all = submitted + accepted
  if (!programme) return null
  return (
    <Flex gap={12} align="center" wrap className="task-entered">
      <span>
        {all === 0 ? (
          `${task.fromOn} 至 ${task.untilOn} 还没有“${programme.label}”记录`
        ) : (
          <>
            这段时间已有 <b className="num">{all}</b> 条“{programme.label}”记录（审核通过 {accepted}，待审核{' '}
            {submitted}
            ），核对无误即可上报
          </>
        )}
      </span>
      {all > 0 && (
        <Link
          to={paths.records}
          params={{ programme: programme.key }}
          search={{ from: task.fromOn, until: task.untilOn }}
        >
          <Button size="small">看记录</Button>
        </Link>
      )}
      <Link to={paths.form} params={{ programme: programme.key }} search={{}}>
        <Button size="small">去填一条</Button>
      </Link>
    </Flex>
  )
}

/** What was answered, where nothing may be changed. */
function Reported({ task, answer }: AnswerProps) {
  if (task.programme !== null) return <Entered task={task} answer={answer} />
  if (answer.isNil || Object.keys(answer.answers).length === 0) return null
  return (
    <dl className="task-answers">
      {Object.entries(surveyFields(task.questions)).map(([key, field]) => (
        <div key={key}>
          <dt>{field.label}</dt>
          <dd>{formatValue(field, answer.answers[key])}</dd>
        </div>
      ))}
    </dl>
  )
}
