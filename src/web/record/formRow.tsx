import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { Field } from '#kit/field/kind.ts'
import { formatValue } from '../format.ts'
import { blank } from './formState.ts'

export type RowNotes = {
  error?: string | undefined
  warning?: string | undefined
  /** Unresolved remarks of the reviewer at this field. */
  remarks?: readonly string[]
  /** The value that counts now, when it differs. */
  was?: unknown
  /** The value of the last record, its day, whether it stands here now, and how to use it. */
  again?: { value: string; on: string; used: boolean; use: (() => void) | undefined } | undefined
}

type FormRowProps = { id: string; field: Field; notes: RowNotes; children: ReactNode }

/** Label, input, and below it what is wrong, what to mind, what the reviewer said, or the hint. */
export function FormRow({ id, field, notes, children }: FormRowProps) {
  const { error, warning, remarks = [], was, again } = notes
  return (
    <div className={`form-row${error ? ' has-error' : ''}`} data-field={id}>
      <label htmlFor={id}>
        {field.label}
        {field.required && <i aria-hidden="true">*</i>}
      </label>
      <div className="form-cell">
        {children}
        <div id={`${id}-notes`} className="form-notes">
          {remarks.map((text) => (
            <p key={text} className="form-remark">
              审核意见：{text}
            </p>
          ))}
          {error && (
            <p className="form-error" role="alert">
              {error}
            </p>
          )}
          {!error && warning && <p className="form-warning">{warning}</p>}
          {!blank(was) && <p className="form-was">原为：{formatValue(field, was)}</p>}
          {!error && !warning && field.hint && <p className="form-hint">{field.hint}</p>}
          {again?.use && (
            <button type="button" className="form-again" onClick={again.use}>
              使用上次的值：{again.value}
              <small>{again.on}</small>
            </button>
          )}
          {again?.used && <p className="form-hint">与上次（{again.on}）相同</p>}
        </div>
      </div>
    </div>
  )
}

type TextRowProps = {
  id: string
  label: string
  value: string
  onChange: (text: string) => void
  max: number
  error?: string | undefined
  hint?: string
}

/** A required line of explanation that is no field of the programme: reason of a correction, note on a warning. */
export function TextRow({ id, label, value, onChange, max, error, hint }: TextRowProps) {
  return (
    <div className={`form-row${error ? ' has-error' : ''}`} data-field={id}>
      <label htmlFor={id}>
        {label}
        <i aria-hidden="true">*</i>
      </label>
      <div className="form-cell">
        <Input.TextArea
          id={id}
          value={value}
          maxLength={max}
          status={error ? 'error' : ''}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => onChange(event.target.value)}
        />
        <div className="form-notes">
          {error && (
            <p className="form-error" role="alert">
              {error}
            </p>
          )}
          {!error && hint && <p className="form-hint">{hint}</p>}
        </div>
      </div>
    </div>
  )
}
