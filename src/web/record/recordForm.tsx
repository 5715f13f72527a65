import { App, Button, Flex } from 'antd'
import { useState } from 'react'
import { offeredFields, type Issue, type Programme } from '#kit/programme.ts'
import type { Written } from '#record/api.ts'
import { useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatValue } from '../format.ts'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { LockNotice } from '../lock/lockNotice.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { useRules } from '../rules/useRules.tsx'
import type { Autosave } from './autosave.ts'
import { ChildRows } from './childRows.tsx'
import { Elsewhere, goesOn } from './elsewhere.tsx'
import { EvidenceBox } from './evidenceBox.tsx'
import { FieldInput } from './fieldInput.tsx'
import { FormAside } from './formAside.tsx'
import { FormRow, TextRow } from './formRow.tsx'
import { blank, carryForward, onScreen } from './formState.ts'
import { MergeCard } from './mergeCard.tsx'
import { MoreFields } from './moreFields.tsx'
import type { Opened } from './opening.dom.ts'
import { SaveLine } from './saveLine.tsx'
import { SubmitFailure } from './submitFailure.tsx'
import { useAutosave } from './useAutosave.tsx'
import { useLast } from './useLast.tsx'
import { useRecordForm } from './useRecordForm.tsx'
import { useSubmit } from './useSubmit.tsx'

type RecordFormProps = {
  programme: Programme
  opened: Opened
  onWritten: (result: Written) => void
  /** Asked with the queue, which has to stop before the draft is deleted. */
  onDiscard: (queue: Autosave) => void
  /** The form goes on as another: brought onto a newer version, or under an id of its own. */
  onGoOn: (next: Opened, queue: Autosave) => void
}

const remarksAt = ({ remarks }: Opened, name: string): string[] =>
  remarks.filter((r) => !r.resolved && r.field.split('.')[0] === name).map((r) => r.body)

/** The form of a programme, from its definition: one column, the rows, the folded rest, and what stands in the way. */
export function RecordForm({ programme, opened, onWritten, onDiscard, onGoOn }: RecordFormProps) {
  const { message } = App.useApp()
  const me = useMe()
  const { today } = me
  const { queue, settle, state } = useAutosave(programme, opened, me)
  const form = useRecordForm(programme, opened, { queue, settle }, today)
  const submit = useSubmit(programme, opened, queue)
  const [note, setNote] = useState(opened.note)
  const [reason, setReason] = useState(opened.reason)
  const [moreOpen, setMoreOpen] = useState(false)
  const { values, layout, errorAt, warningAt } = form
  const correcting = opened.kind === 'correction'
  const fields = offeredFields(programme, useRules(programme), values)
  const last = useLast(programme, opened.kind === 'draft' && opened.recordId === null && !opened.carried)
  const offered = last ? carryForward(programme, last.body) : {}
  const waiting = Object.keys(offered).filter((name) => blank(values[name]))

  const showFaults = (issues: readonly Issue[]): void => {
    if (issues.some((issue) => layout.more.includes(issue.field))) setMoreOpen(true)
    void message.warning(`还有 ${new Set(issues.map((i) => i.field)).size} 处要补充或更正，已在栏目下标出`)
    form.tell(issues[0]?.field ?? '')
  }
  const send = (): void => {
    if (submit.isPending) return
    if (form.rivals.length > 0) {
      void message.warning(`有 ${form.rivals.length} 处两边填得不一样，请先选用一个`)
      return form.tell('rivals')
    }
    if (form.issues.length > 0) return showFaults(form.issues)
    if (correcting && blank(reason)) return form.tell('reason')
    if (!correcting && form.warnings.length > 0 && blank(note)) return form.tell('warningNote')
    submit.mutate(
      { values, coHosts: form.coHosts, note, reason },
      {
        onSuccess: (outcome) => {
          if (outcome.kind === 'written') return onWritten(outcome.written)
          if (outcome.kind === 'warnings') {
            form.setWarned(outcome.warnings)
            return form.tell('warningNote')
          }
          form.setFromServer(outcome.issues)
          showFaults(outcome.issues)
        },
        onError: (error) => {
          const { body } = toProblem(error)
          const issues = onScreen(programme, values, body.issues ?? [])
          if (body.details?.['warnings'] === true) {
            form.setWarned(issues)
            return form.tell('warningNote')
          }
          form.setFromServer(issues)
          if (issues.length > 0) showFaults(issues)
        },
      },
    )
  }
  const now = (): Opened => ({
    ...opened,
    values,
    coHosts: form.coHosts,
    rivals: form.rivals,
    taken: form.taken,
    note,
    reason,
    base: queue.base,
  })
  const save = (): void => void queue.flush().then((kept) => kept && message.success('已保存'))
  useHotkeys({ 'ctrl+s': save, 'ctrl+enter': send })

  const row = (name: string) => {
    const field = fields[name]!
    const error = errorAt[name]
    const warning = warningAt[name]
    const was = opened.was && opened.was[name] !== values[name] ? opened.was[name] : undefined
    const remarks = remarksAt(opened, name)
    const again =
      last && !blank(offered[name])
        ? {
            value: formatValue(field, offered[name]),
            on: last.endsOn,
            used: values[name] === offered[name],
            use: blank(values[name]) ? () => form.set(name, offered[name]) : undefined,
          }
        : undefined
    return (
      <FormRow key={name} id={name} field={field} notes={{ error, warning, remarks, was, again }}>
        <FieldInput
          id={name}
          field={field}
          value={values[name]}
          today={today}
          status={error ? 'error' : warning ? 'warning' : ''}
          describedBy={`${name}-notes`}
          onChange={(value) => form.set(name, value)}
          onBlur={() => form.touch(name)}
        />
      </FormRow>
    )
  }

  return (
    <div className="form-page">
      <form className="form-sheet" noValidate onSubmit={(event) => event.preventDefault()}>
        <MergeCard
          {...{ programme, moved: opened.moved }}
          rivals={form.rivals}
          taken={form.taken}
          choose={form.choose}
        />
        <LockNotice day={values[programme.dated ?? 'endsOn']} correcting={correcting} />
        {last && waiting.length > 0 && (
          <div className="last-bar">
            <span>
              上次填的是 {last.endsOn}“{last.title}”，有 {waiting.length} 项多半还一样
            </span>
            <Button
              size="small"
              onClick={() => form.setAll(Object.fromEntries(waiting.map((name) => [name, offered[name]])))}
            >
              使用上次的值
            </Button>
          </div>
        )}
        {layout.main.map(row)}
        {Object.entries(programme.children).map(([name, spec]) => (
          <ChildRows
            key={name}
            {...{ name, spec, today }}
            lines={form.linesOf(name)}
            update={(change) => form.updateLines(name, change)}
            onBlur={form.touch}
            errors={errorAt}
            remarks={remarksAt(opened, name)}
          />
        ))}
        <div className="form-row">
          <span className="form-label">佐证材料</span>
          <div className="form-cell">
            <EvidenceBox
              programme={programme}
              id={opened.recordId ?? opened.id}
              {...(opened.recordId === null && queue.sequence === 0 ? { prepare: form.keep } : {})}
            />
            {correcting && <p className="form-hint">更正时添加的材料直接附在原记录上，不用等审核</p>}
          </div>
        </div>
        <MoreFields count={layout.more.length + 1} open={moreOpen} onToggle={setMoreOpen}>
          {layout.more.map(row)}
          <div className="form-row">
            <label htmlFor="coHosts">联办单位</label>
            <div className="form-cell">
              <OrgPicker id="coHosts" multiple value={form.coHosts} onChange={form.setCoHosts} />
              <p className="form-hint">联办单位看得到这条记录，数字只计在本单位</p>
            </div>
          </div>
        </MoreFields>
        {correcting && (
          <TextRow
            id="reason"
            label="更正理由"
            value={reason}
            onChange={setReason}
            max={1000}
            error={form.told && blank(reason) ? '请写明为什么更正' : undefined}
            hint="审核通过以前，数字仍按原值计"
          />
        )}
        {!correcting && form.warnings.length > 0 && (
          <div className="form-warnings" role="status">
            <b>请再核对 {form.warnings.length} 处，属实的写明情况即可提交</b>
            <ul>
              {form.warnings.map((warning) => (
                <li key={warning.field + warning.message}>{warning.message}</li>
              ))}
            </ul>
            <TextRow
              id="warningNote"
              label="情况说明"
              value={note}
              onChange={setNote}
              max={500}
              error={form.told && blank(note) ? '请写明情况，审核人会看到' : undefined}
            />
          </div>
        )}
        <Elsewhere
          {...{ programme, state, error: submit.error, now, onGoOn: (next) => onGoOn(next, queue) }}
        />
        {!goesOn(submit.error, state) && (
          <SubmitFailure error={submit.error} recordId={opened.recordId} programme={programme} retry={send} />
        )}
        <div className="form-bar">
          <SaveLine state={state} undecided={form.rivals.length} />
          <Flex gap={8}>
            <Button onClick={() => onDiscard(queue)}>放弃</Button>
            <Button onClick={save} title="Ctrl+S" className="hide-narrow">
              保存草稿
            </Button>
            <Button type="primary" loading={submit.isPending} onClick={send} title="Ctrl+Enter">
              {correcting ? '提交更正' : '提交'}
            </Button>
          </Flex>
        </div>
      </form>
      <FormAside programme={programme} values={values} />
    </div>
  )
}
