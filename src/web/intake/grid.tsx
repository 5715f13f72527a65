import { Input, Select, Table, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import type { IntakeRow, IntakeSheet } from '#intake/api.ts'
import { stateWords } from './words.ts'

type Cell = { line: number; column: string; text: string }
type GridProps = {
  sheet: IntakeSheet
  rows: IntakeRow[]
  editable: boolean
  busy: boolean
  onMend: (cell: Cell) => void
}

/** Rows of the file with what is to be said about each cell; a cell is mended where it stands. */
export function Grid({ sheet, rows, editable, busy, onMend }: GridProps) {
  const [editing, setEditing] = useState<{ line: number; column: string } | null>(null)
  // What is neither in the file nor faulted would only push the rest out of sight.
  const columns = sheet.columns.filter(
    (c) =>
      sheet.mapping.includes(c.key) ||
      rows.some((row) => row.cells[c.key] || row.issues.some((issue) => issue.column === c.key)),
  )
  const mend = (cell: Cell, before: string) => {
    setEditing(null)
    if (cell.text.trim() !== before) onMend({ ...cell, text: cell.text.trim() })
  }
  return (
    <Table
      size="small"
      bordered
      className="num intake-grid"
      rowKey="line"
      loading={busy}
      pagination={false}
      dataSource={rows}
      scroll={{ x: 'max-content', y: 460 }}
      locale={{ emptyText: '没有这样的行' }}
      columns={[
        { title: '行', dataIndex: 'line', width: 56, fixed: 'start' },
        {
          title: '核对结果',
          width: 104,
          render: (_, row) => <Tag color={stateWords[row.state].color}>{stateWords[row.state].label}</Tag>,
        },
        {
          title: '说明',
          width: 280,
          render: (_, row) => (
            <ul className="intake-said">
              {row.issues.map((issue) => (
                <li key={`${issue.column} ${issue.message}`} className={issue.level}>
                  {issue.column && `${labelOf(sheet, issue.column)}：`}
                  {issue.message}
                </li>
              ))}
            </ul>
          ),
        },
        ...columns.map(({ key, label, required, choices }) => ({
          title: required ? `${label}＊` : label,
          key,
          width: key === 'idNumber' ? 190 : 150,
          onCell: (row: IntakeRow) => ({ className: gradeOf(row, key) }),
          render: (_: unknown, row: IntakeRow) => {
            const text = row.cells[key] ?? ''
            if (editing?.line === row.line && editing.column === key)
              return (
                <Editor
                  text={text}
                  label={label}
                  choices={choices}
                  onDone={(typed) => mend({ line: row.line, column: key, text: typed }, text)}
                  onLeave={() => setEditing(null)}
                />
              )
            const said = row.issues.filter((issue) => issue.column === key).map((issue) => issue.message)
            const body = text || (said.length > 0 ? '（空）' : ' ')
            const shown =
              editable && row.state !== 'done' ? (
                <button
                  type="button"
                  className="intake-cell"
                  aria-label={`修改第 ${row.line} 行的${label}`}
                  onClick={() => setEditing({ line: row.line, column: key })}
                >
                  {body}
                </button>
              ) : (
                body
              )
            return said.length > 0 ? <Tooltip title={said.join('；')}>{shown}</Tooltip> : shown
          },
        })),
      ]}
    />
  )
}

const labelOf = (sheet: IntakeSheet, key: string): string =>
  sheet.columns.find((c) => c.key === key)?.label ?? key

function gradeOf(row: IntakeRow, key: string): string {
  const levels = row.issues.filter((issue) => issue.column === key).map((issue) => issue.level)
  return levels.includes('error') ? 'cell-error' : levels.length > 0 ? 'cell-warning' : ''
}

type EditorProps = {
  text: string
  label: string
  choices: string[] | null
  onDone: (text: string) => void
  onLeave: () => void
}

function Editor({ text, label, choices, onDone, onLeave }: EditorProps) {
  const [typed, setTyped] = useState(text)
  if (choices)
    return (
      <Select
        autoFocus
        defaultOpen
        allowClear
        showSearch
        size="small"
        className="intake-choice"
        aria-label={label}
        value={choices.includes(text) ? text : null}
        options={choices.map((c) => ({ value: c, label: c }))}
        onChange={(value?: string | null) => onDone(value ?? '')}
        onBlur={onLeave}
      />
    )
  return (
    <Input
      autoFocus
      size="small"
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => onDone(typed)}
      onBlur={() => onDone(typed)}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    />
  )
}
