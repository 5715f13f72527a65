import { useRules } from '../rules/useRules.tsx'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Flex } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { v4 as uuid } from 'uuid'
import { isCarried, type Fields } from '#kit/field/kind.ts'
import type { RuleBook } from '#kit/rule.ts'
import { offeredFields, type Issue, type Programme } from '#kit/programme.ts'
import { writtenAll, type Written } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { useUnsaved } from '../kit/useUnsaved.tsx'
import { api, paths } from '../paths.ts'
import { ChildRows } from './childRows.tsx'
import { TextRow } from './formRow.tsx'
import { blank, bodyOf, byField, carryForward, judge, layoutOf, type Values } from './formState.ts'
import { mostRows, spread } from './pastedRows.ts'
import { mayKeepHere } from './useAutosave.tsx'
import { useLast } from './useLast.tsx'
import { useTyped } from './useTyped.tsx'

/** Under which name pasted rows are kept; a change of the form's fields is another version. */
export const rowsKept = ({ key, fields }: Programme) => ({
  id: `rows:${key}`,
  version: Object.keys(fields).length,
})

type RowsGridProps = {
  programme: Programme
  first: readonly Values[]
  notes: readonly string[]
  onAgain: () => void
}

/** What must be filled, and what the pasted rows brought besides. */
function columnsOf(programme: Programme, rules: RuleBook, lines: readonly Values[], today: string): Fields {
  const wanted = new Set(lines.flatMap((line) => layoutOf(programme, line, today).main))
  return Object.fromEntries(
    Object.entries(offeredFields(programme, rules, {})).filter(
      ([name]) => wanted.has(name) || lines.some((line) => !blank(line[name])),
    ),
  )
}

const filledUp = (lines: readonly Values[], from: Values): Values[] =>
  lines.map((line) => ({
    ...Object.fromEntries(Object.entries(from).filter(([name]) => blank(line[name]))),
    ...Object.fromEntries(Object.entries(line).filter(([, value]) => !blank(value))),
  }))

/** The pasted rows as a small sheet: faults at the cells, blanks filled together, then all of them in one sending. */
export function RowsGrid({ programme, first, notes, onAgain }: RowsGridProps) {
  const { today } = useMe()
  const mayKeep = mayKeepHere(programme)
  const typed = useTyped({ ...rowsKept(programme), mayKeep }, { lines: first, note: '' })
  const lines = typed.values['lines'] as readonly Values[]
  const note = typed.values['note'] as string
  const setNote = (next: string): void => typed.change({ note: next })
  const [warned, setWarned] = useState<readonly Issue[]>([])
  const [refused, setRefused] = useState<readonly Issue[]>([])
  const [told, setTold] = useState(false)
  const sending = useRef({ content: '', key: '', typed: 0 })
  const last = useLast(programme, true)
  const send = useAct(
    async (records: object[]) => {
      // The same rows sent again after a lost answer are the same sending: one key, one set of records.
      const content = JSON.stringify(records)
      const settled = await typed.settled()
      if (sending.current.content !== content) sending.current = { content, key: uuid(), typed: settled }
      const { key, typed: copy } = sending.current
      return call(`${api.records(programme.key)}/batch`, writtenAll, {
        method: 'POST',
        body: { records, typed: copy },
        key,
      })
    },
    () => typed.sent(sending.current.typed),
    (error) => {
      const { body } = toProblem(error)
      const issues = (body.issues ?? []).map((issue) =>
        issue.field.startsWith('records.') ? issue : { ...issue, field: `records.0.${issue.field}` },
      )
      if (body.details?.['warnings'] === true) setWarned(issues)
      else setRefused(issues)
    },
  )
  const done = send.done?.records
  useUnsaved(lines.length > 0 && !done, {
    title: mayKeep ? '这些行还没有提交' : '这些行还没有提交，离开就没有了',
    ...(mayKeep ? { content: '已自动保存，回到“粘贴多条”可以接着改。' } : {}),
  })
  const rules = useRules(programme)
  const fields = useMemo(() => columnsOf(programme, rules, lines, today), [programme, rules, lines, today])
  const faults = useMemo(
    () =>
      lines.flatMap((line, i) =>
        judge(programme, line, today, rules).issues.map((issue) => ({
          ...issue,
          field: `records.${i}.${issue.field}`,
        })),
      ),
    [programme, lines, today, rules],
  )
  const offered = last ? carryForward(programme, last.body) : {}
  const empty = (name: string): number => lines.filter((line) => blank(line[name])).length
  const fromLast = Object.keys(offered).filter((name) => fields[name]?.required && empty(name) > 0)
  const fromFirst = Object.entries(fields).flatMap(([name, field]) =>
    isCarried(field) && !blank(lines[0]?.[name]) && empty(name) > 0 ? [name] : [],
  )
  const update = (change: (old: readonly Values[]) => readonly Values[]): void => {
    setRefused([])
    setWarned([])
    typed.change((old) => ({
      lines: change(old['lines'] as readonly Values[])
        .slice(0, mostRows)
        .map((line) => spread(programme, line)),
    }))
  }
  const submit = (): void => {
    setTold(true)
    if (faults.length > 0 || (warned.length > 0 && blank(note))) return
    const warningNote = note.trim()
    send.run(
      lines.map((line) => ({ body: bodyOf(programme, line), ...(warningNote ? { warningNote } : {}) })),
    )
  }
  if (done) return <RowsDone programme={programme} records={done} />
  // Faults that no column holds, as rows that a record must have.
  const beside = faults.find(({ field }) => !Object.hasOwn(fields, field.split('.')[2] ?? ''))
  const errors = byField([...refused, ...faults])
  if (beside) errors['records'] = `第 ${Number(beside.field.split('.')[1]) + 1} 行：${beside.message}`
  const wrong = new Set(faults.map(({ field }) => field.split('.')[1])).size
  return (
    <section className="form-sheet rows-sheet">
      {notes.map((text) => (
        <Alert key={text} type="info" showIcon title={text} className="rows-note" />
      ))}
      <Flex gap={8} wrap align="center" className="rows-tools">
        <b>
          {lines.length} 条{wrong > 0 ? `，其中 ${wrong} 条要补充或更正` : '，都可以提交'}
        </b>
        {fromLast.length > 0 && last && (
          <Button
            size="small"
            onClick={() =>
              update((old) => filledUp(old, Object.fromEntries(fromLast.map((n) => [n, offered[n]]))))
            }
          >
            空着的{fromLast.map((name) => fields[name]!.label).join('、')}使用上次的值（{last.endsOn}）
          </Button>
        )}
        {fromFirst.length > 0 && lines.length > 1 && (
          <Button
            size="small"
            onClick={() =>
              update((old) => filledUp(old, Object.fromEntries(fromFirst.map((n) => [n, old[0]?.[n]]))))
            }
          >
            空着的{fromFirst.map((name) => fields[name]!.label).join('、')}与第 1 行相同
          </Button>
        )}
        <Button
          size="small"
          type="text"
          onClick={() => {
            typed.forget()
            onAgain()
          }}
        >
          重新粘贴
        </Button>
      </Flex>
      <ChildRows
        name="records"
        spec={{ label: '核对后提交', fields }}
        lines={lines}
        update={update}
        onBlur={() => undefined}
        errors={errors}
        remarks={[]}
        today={today}
      />
      {warned.length > 0 && (
        <div className="form-warnings" role="status">
          <b>请再核对 {warned.length} 处，属实的写明情况即可提交</b>
          <ul>
            {warned.map(({ field, message }) => (
              <li key={field + message}>{`第 ${Number(field.split('.')[1]) + 1} 行：${message}`}</li>
            ))}
          </ul>
          <TextRow
            id="warningNote"
            label="情况说明"
            value={note}
            onChange={setNote}
            max={500}
            error={told && blank(note) ? '请写明情况，审核人会看到' : undefined}
          />
        </div>
      )}
      {send.error && refused.length === 0 && warned.length === 0 && (
        <Failure error={send.error} retry={send.again} />
      )}
      <div className="form-bar">
        <span className="save-line" role="status">
          {typed.said}；全部提交，或一条也不提交，提交前不会进入任何数字
        </span>
        <Button type="primary" loading={send.busy} disabled={lines.length === 0} onClick={submit}>
          {`提交 ${lines.length} 条`}
        </Button>
      </div>
    </section>
  )
}

function RowsDone({ programme, records }: { programme: Programme; records: readonly Written[] }) {
  const params = { programme: programme.key }
  return (
    <section className="done-view">
      <h1>已提交 {records.length} 条</h1>
      <p>{records[0]?.turnOf ? `现由${records[0].turnOf.name}审核` : '现在等待审核'}</p>
      <Flex gap={10} justify="center" wrap>
        <Link to={paths.records} params={params} search={{}}>
          <Button type="primary">查看这些记录</Button>
        </Link>
        <Link to={paths.inbox} search={{ box: 'mine' }}>
          <Button>我提交的</Button>
        </Link>
      </Flex>
    </section>
  )
}
