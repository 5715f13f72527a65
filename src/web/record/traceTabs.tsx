import { formFields, type Programme } from '#kit/programme.ts'
import { scaleOf } from '#kit/contribution.ts'
import { stateLabels, type State } from '#record/workflow.ts'
import type { Change, RecordDetail } from '#record/api.ts'
import { indicators } from '#programmes/index.ts'
import { told } from '../clock.ts'
import { formatCount, formatInstant, formatMonth, formatValue } from '../format.ts'
import { Blank } from '../kit/states.tsx'
import { BatchLink } from './batch.tsx'
import { actWord, elapsed, originSentence } from './words.ts'

type TabProps = { programme: Programme; detail: RecordDetail }

/** 审核记录: who did what when, how long it took, and who has it next. */
export function HistoryTab({ programme, detail }: TabProps) {
  const { history, turnOf, state, acceptor } = detail
  const steps = [...history].sort((a, b) => a.at.localeCompare(b.at))
  const waiting = state === 'submitted' && turnOf !== null
  return (
    <ol className="trace-line">
      {steps.map((step, i) => (
        <li key={`${step.version} ${step.at} ${step.action}`} className={`act-${step.action}`}>
          <b>{actWord(step.action)}</b>
          <span>
            {step.org} · {step.behalf === null ? step.person : `${step.person} 代 ${step.behalf}`}
          </span>
          <small className="num">
            {formatInstant(step.at)}
            {i > 0 && ` · 用时 ${elapsed(told(steps[i - 1]!.at), told(step.at))}`}
          </small>
          {step.origin && (
            <p>
              <BatchLink programme={programme.key} batch={step.origin.import}>
                {originSentence(step.origin)}
              </BatchLink>
            </p>
          )}
          {step.reason && <p>{step.reason}</p>}
        </li>
      ))}
      {waiting && (
        <li className="is-future">
          <b>待审核</b>
          <span>现由{turnOf.name}审核</span>
        </li>
      )}
      {waiting && acceptor !== turnOf.name && (
        <li className="is-future">
          <b>审核通过</b>
          <span>随后由{acceptor}审核，通过后计入指标</span>
        </li>
      )}
    </ol>
  )
}

const fieldOf = (programme: Programme, name: string) => formFields(programme)[name]
const labelOf = (programme: Programme, name: string): string =>
  fieldOf(programme, name)?.label ?? programme.children[name]?.label ?? name

/** Old and new value side by side. */
export function ChangeTable({ programme, changes }: { programme: Programme; changes: readonly Change[] }) {
  return (
    <table className="plain-table change-table">
      <thead>
        <tr>
          <th>栏目</th>
          <th>原值</th>
          <th>新值</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <td>{labelOf(programme, change.field)}</td>
            <td className="is-old">{formatValue(fieldOf(programme, change.field), change.old)}</td>
            <td className="is-new">{formatValue(fieldOf(programme, change.field), change.new)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 变更记录: each version that changed a value, newest first. */
export function ChangesTab({ programme, detail }: TabProps) {
  const versions = detail.history
    .filter((step) => step.version > 1 && step.changes.length > 0)
    .sort((a, b) => b.at.localeCompare(a.at))
  if (versions.length === 0) return <Blank why="提交以后没有改过" />
  return versions.map((step) => (
    <section key={`${step.version} ${step.at}`} className="change-step">
      <h3>
        {actWord(step.action)} · {step.person}
        <small className="num">{formatInstant(step.at)}</small>
      </h3>
      {step.reason && <p>理由：{step.reason}</p>}
      <ChangeTable programme={programme} changes={step.changes} />
    </section>
  ))
}

/** 被引用: the figures that it counts in, and the frozen summaries that contain it. */
export function CitedTab({ detail }: { detail: RecordDetail }) {
  const { contributions, citedBy } = detail
  if (contributions.length === 0 && citedBy.length === 0) {
    const state = stateLabels[detail.state as State]
    return <Blank why={`现为“${state}”，没有计入任何指标`} />
  }
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th>计入指标</th>
            <th>月份</th>
            <th className="right">数值</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {contributions.map((c) => {
            const found = indicators.find(({ id }) => id === c.indicator)?.indicator
            const scale = found ? scaleOf(found) : 0
            return (
              <tr key={`${c.indicator} ${c.ym}`}>
                <td>{found?.label ?? c.indicator}</td>
                <td className="num">{formatMonth(c.ym)}</td>
                <td className="right num">
                  {formatCount(c.value / 10 ** scale, scale)} {found?.unit}
                </td>
                <td>{c.accepted ? '已计入' : '待审核，未计入'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="cited">
        {citedBy.length > 0 ? `已写入总结定稿：${citedBy.join('、')}` : '还没有写入定稿的总结'}
      </p>
    </>
  )
}
