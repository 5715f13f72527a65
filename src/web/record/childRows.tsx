import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo, type ClipboardEvent } from 'react'
import type { ChildSpec } from '#kit/programme.ts'
import { FieldInput } from './fieldInput.tsx'
import type { Values } from './formState.ts'
import { fillRows, pastedRows } from './read.ts'
import { readRollLine, rollLines } from './roll.ts'

type Lines = readonly Values[]
/** Changes the rows from what they are then, so that a row drawn earlier never brings old neighbours back. */
type Update = (change: (lines: Lines) => Lines) => void

type ChildRowsProps = {
  name: string
  spec: ChildSpec
  lines: Lines
  update: Update
  onBlur: (field: string) => void
  /** `covered.2.women` → message. */
  errors: Readonly<Record<string, string>>
  /** Unresolved remarks of the reviewer at these rows. */
  remarks: readonly string[]
  today: string
}

const toldAtOnce = 5

/** Rows of a record as a small sheet: add, delete, and paste of a copied range from the cell on. */
export function ChildRows({ name, spec, lines, update, onBlur, errors, remarks, today }: ChildRowsProps) {
  const hint = [spec.hint, '可从表格软件复制多行，或复制聊天里的接龙，粘贴到起始的一格']
    .filter(Boolean)
    .join('；')
  const faults = lines.flatMap((_, i) =>
    Object.entries(spec.fields).flatMap(([key]) => {
      const message = errors[`${name}.${i}.${key}`]
      return message ? [`第 ${i + 1} 行：${message}`] : []
    }),
  )
  return (
    <fieldset className="child-rows" data-field={name}>
      <legend>{spec.label}</legend>
      <p className="form-hint">{hint}</p>
      {remarks.map((text) => (
        <p key={text} className="form-remark">
          审核意见：{text}
        </p>
      ))}
      {lines.length > 0 && (
        <div className="child-scroll">
          <table>
            <thead>
              <tr>
                <th className="child-no">序</th>
                {Object.entries(spec.fields).map(([key, field]) => (
                  <th key={key} className={`kind-${field.kind}`}>
                    {field.label}
                    {field.required && <i aria-hidden="true">*</i>}
                  </th>
                ))}
                <th aria-label="操作" />
              </tr>
            </thead>
            <tbody>
              {lines.map((line, i) => (
                <ChildRow
                  // Rows have no identity of their own; position is it.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={i}
                  {...{ name, i, spec, line, errors, today, update, onBlur }}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div role="alert">
        {[errors[name], ...faults.slice(0, toldAtOnce)].filter(Boolean).map((message) => (
          <p key={message} className="form-error">
            {message}
          </p>
        ))}
        {faults.length > toldAtOnce && <p className="form-error">另有 {faults.length - toldAtOnce} 处要改</p>}
      </div>
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => update((old) => [...old, {}])}
      >
        加一行
      </Button>
    </fieldset>
  )
}

type ChildRowProps = Omit<ChildRowsProps, 'lines' | 'remarks'> & { i: number; line: Values }

const sameRow = (a: ChildRowProps, b: ChildRowProps): boolean =>
  a.line === b.line &&
  a.today === b.today &&
  Object.keys(a.spec.fields).every(
    (key) => a.errors[`${a.name}.${a.i}.${key}`] === b.errors[`${b.name}.${b.i}.${key}`],
  )

// Hundreds of pasted rows: only the row that changed is drawn again.
const ChildRow = memo(ChildRowView, sameRow)

function ChildRowView({ name, i, spec, line, errors, today, update, onBlur }: ChildRowProps) {
  const set = (key: string, value: unknown): void =>
    update((lines) => lines.map((old, at) => (at === i ? { ...old, [key]: value } : old)))
  const paste = (from: string, event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain')
    const roll = text.includes('\t') ? [] : rollLines(text)
    const cells = pastedRows(text)
    if (roll.length === 0 && !cells) return
    event.preventDefault()
    update((lines) => {
      if (roll.length === 0) return fillRows(spec.fields, lines, i, from, cells!)
      const rows = roll.map((line) => readRollLine(spec.fields, line, today))
      return [...lines.slice(0, i), ...rows, ...lines.slice(i + 1)].slice(0, 500)
    })
  }
  return (
    <tr>
      <td className="child-no num">{i + 1}</td>
      {Object.entries(spec.fields).map(([key, field]) => {
        const id = `${name}.${i}.${key}`
        return (
          <td key={key} className={`kind-${field.kind}`} onPaste={(event) => paste(key, event)}>
            <FieldInput
              compact
              id={id}
              label={`第 ${i + 1} 行${field.label}`}
              field={field}
              value={line[key]}
              today={today}
              status={errors[id] ? 'error' : ''}
              onChange={(value) => set(key, value)}
              onBlur={() => onBlur(id)}
            />
          </td>
        )
      })}
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={`删除第 ${i + 1} 行`}
          onClick={() => update((lines) => lines.filter((_, at) => at !== i))}
        />
      </td>
    </tr>
  )
}
