import { Button, Flex, Input, Select } from 'antd'
import { useState } from 'react'
import type { FillBody, IntakeRow, IntakeSheet } from '#intake/api.ts'

export type Fill = Pick<FillBody, 'column' | 'how' | 'text' | 'line' | 'was'>

type FillToolsProps = {
  sheet: IntakeSheet
  row: IntakeRow
  column: string
  busy: boolean
  onFill: (fill: Fill) => void
}

/** From the cell she stands on into many: down, or wherever the column says the same. */
export function FillTools({ sheet, row, column: key, busy, onFill }: FillToolsProps) {
  const column = sheet.columns.find((c) => c.key === key)
  const text = row.cells[key] ?? ''
  if (!column) return null
  const from = { column: key, line: row.line, text }
  return (
    <section className="intake-tools" aria-label="批量填写">
      <p>
        {column.label}：{text || '（空）'}
      </p>
      <Flex gap={6} wrap>
        <Button
          size="small"
          disabled={busy || text === ''}
          title="填到下面第一个不空的格为止（Ctrl+D）"
          onClick={() => onFill({ ...from, how: 'gap' })}
        >
          向下填空格
        </Button>
        <Button
          size="small"
          disabled={busy || text === ''}
          title="下面各行的这一栏都改成这个内容"
          onClick={() => onFill({ ...from, how: 'below' })}
        >
          下面全部改成它
        </Button>
      </Flex>
      <Replace
        key={`${key} ${text}`}
        {...{ column, text, busy }}
        onReplace={(to) => onFill({ ...from, how: 'replace', was: text, text: to })}
      />
    </section>
  )
}

type ReplaceProps = {
  column: IntakeSheet['columns'][number]
  text: string
  busy: boolean
  onReplace: (to: string) => void
}

function Replace({ column, text, busy, onReplace }: ReplaceProps) {
  const [to, setTo] = useState('')
  const label = text === '' ? '把这一栏的空格都填成' : `把这一栏的“${text.slice(0, 12)}”都改成`
  return (
    <label className="intake-replace">
      <span>{label}</span>
      <Flex gap={6}>
        {column.choices ? (
          <Select
            size="small"
            className="intake-choice"
            showSearch
            aria-label={label}
            value={to || null}
            options={column.choices.map((c) => ({ value: c, label: c }))}
            onChange={(value: string | null) => setTo(value ?? '')}
          />
        ) : (
          <Input size="small" aria-label={label} value={to} onChange={(event) => setTo(event.target.value)} />
        )}
        <Button size="small" disabled={busy || to === '' || to === text} onClick={() => onReplace(to)}>
          替换
        </Button>
      </Flex>
    </label>
  )
}
