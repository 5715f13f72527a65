import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { longDay } from '#kit/day.ts'
import { fieldsOfRule, linesOf, type RuleField } from '#rules/drawn.ts'
import type { Rule, RuleBook } from '#kit/rule.ts'
import { ruleVersions, type RuleBookAnswer } from '#rules/tablesApi.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { rulesApi } from './addresses.ts'
import { Editor } from './editor.tsx'
import { Waiting } from './waiting.tsx'
import { CutNote } from '../kit/cutNote.tsx'

type TableViewProps = { rule: Rule; book: RuleBook; data: RuleBookAnswer }

/** One table: what holds today, what waits, what held and will hold. */
export function TableView({ rule, book, data }: TableViewProps) {
  const { today } = useMe()
  const [editing, setEditing] = useState(false)
  const query = useApi(rulesApi.versions(rule.key), ruleVersions, { enabled: data.mayEdit })
  const rows = query.data ?? []
  const fields = fieldsOfRule(rule)
  const now = book.on(rule, today)
  const waiting = rows.find(({ state }) => state === 'proposed')
  return (
    <section className="rules-table" aria-label={rule.title}>
      <header>
        <div>
          <h2>{rule.title}</h2>
          <p className="page-sub">{rule.explain}</p>
        </div>
        {data.mayEdit && !waiting && !editing && (
          <Button type="primary" onClick={() => setEditing(true)}>
            提出新版本
          </Button>
        )}
      </header>
      {waiting && <Waiting rule={rule} row={waiting} mayDecide={data.mayDecide} />}
      {!waiting && data.waiting.includes(rule.key) && !data.mayEdit && (
        <Alert type="info" showIcon title="有一个新版本正在等待核定" />
      )}
      {editing && <Editor rule={rule} fields={fields} start={now.value} onClose={() => setEditing(false)} />}
      <h3>
        今天执行的版本 <span className="page-sub num">自 {longDay(now.fromOn)} 起</span>
      </h3>
      <Values fields={fields} value={now.value} />
      <p className="page-sub">依据：{now.basis}</p>
      <History rule={rule} data={data} rows={rows} today={today} />
    </section>
  )
}

/** A value as a reader wants it: names and numbers, rows as a table. */
export function Values({ fields, value }: { fields: readonly RuleField[]; value: unknown }) {
  const given = value as Record<string, unknown>
  const tables = fields.filter(({ kind }) => kind === 'rows')
  const lines = linesOf(
    fields.filter(({ kind }) => kind !== 'rows'),
    value,
  )
  return (
    <>
      {lines.length > 0 && (
        <dl className="rules-values">
          {lines.map(({ label, text, path }) => (
            <div key={path}>
              <dt>{label}</dt>
              <dd className="num">{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {tables.map((field) => (
        <div
          key={field.name}
          className="rules-rows"
          role="region"
          aria-label={field.label}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reached by the keyboard
          tabIndex={0}
        >
          <table className="plain-table">
            <caption className="visually-hidden">{field.label}</caption>
            <thead>
              <tr>
                {field.fields!.map(({ name, label }) => (
                  <th key={name}>{label}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(given[field.name] as Record<string, unknown>[]).map((row, n) => (
                // oxlint-disable-next-line react/no-array-index-key -- rows of a version have no other name
                <tr key={n}>
                  {field.fields!.map((cell) => (
                    <td key={cell.name} className={cell.kind === 'number' ? 'num' : ''}>
                      {cell.kind === 'number' && row[cell.name] === null
                        ? '—'
                        : linesOf([cell], row)
                            .map(({ text }) => text)
                            .join('；')}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </>
  )
}

type Row = (typeof ruleVersions)['_zod']['output'][number]
type HistoryProps = { rule: Rule; data: RuleBookAnswer; rows: readonly Row[]; today: string }

/** Every version, newest first: the program's, and the city's with who proposed and who approved it. */
function History({ rule, data, rows, today }: HistoryProps) {
  const [open, setOpen] = useState<string | null>(null)
  const fields = fieldsOfRule(rule)
  const own = data.entered.filter(({ key }) => key === rule.key)
  const list = [
    ...rule.versions.map((v) => ({ ...v, id: `p${v.fromOn}`, from: '随系统' })),
    ...own.map((v) => {
      const row = rows.find((r) => r.state === 'approved' && r.fromOn === v.fromOn)
      const from = row ? `${row.proposedBy}提出，${row.decidedBy}核定` : '本市核定'
      return { ...v, id: `c${v.fromOn}`, from }
    }),
  ].sort((a, b) => (a.fromOn < b.fromOn ? 1 : -1))
  const refused = rows.filter(({ state }) => state === 'rejected' || state === 'withdrawn')
  return (
    <>
      <h3>各个版本</h3>
      <ul className="rules-history">
        {list.map((version) => (
          <li key={version.id}>
            <div>
              <b className="num">{version.fromOn} 起</b>
              {version.fromOn > today && <Tag color="blue">未到期</Tag>}
              <span className="page-sub">{version.from}</span>
              <Button
                type="link"
                size="small"
                aria-expanded={open === version.id}
                onClick={() => setOpen(open === version.id ? null : version.id)}
              >
                {open === version.id ? '收起' : '查看'}
              </Button>
            </div>
            <div className="page-sub">{version.basis}</div>
            {open === version.id && <Values fields={fields} value={version.value} />}
          </li>
        ))}
        {refused.map((row) => (
          <li key={row.id}>
            <div>
              <b className="num">{row.fromOn} 起</b>
              <Tag>{row.state === 'rejected' ? '未通过' : '已撤回'}</Tag>
              <span className="page-sub">
                {row.proposedBy}提出
                {row.state === 'rejected' && `，${row.decidedBy}：${row.reason}`}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <CutNote list="ruleVersions" count={rows.length} />
    </>
  )
}
