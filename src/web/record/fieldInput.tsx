import { DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { isDay } from '#kit/day.ts'
import type { Field } from '#kit/field/kind.ts'
import { orgDetail } from '#org/api.ts'
import { useApi } from '../api/hooks.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { api } from '../paths.ts'
import { readDay, readNumber } from './read.ts'

export type InputProps = {
  id: string
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  onBlur: () => void
  today: string
  status: '' | 'error' | 'warning'
  describedBy?: string
  /** In a cell of a table: no radios, full width. */
  compact?: boolean
  /** Name for screen readers where no label stands beside the input. */
  label?: string
}

const dayFormats = ['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D', 'YYYY年M月D日', 'YYYYMMDD']
const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : ''

/** Options side by side while they fit a line, else a list. */
const fitsALine = (choices: readonly string[]): boolean =>
  choices.length <= 5 && choices.join('').length <= 24

/** The input of a field kind. A faulty value stays as typed; the form says what is wrong with it. */
export function FieldInput(props: InputProps) {
  const { id, field, value, onChange, onBlur, status, describedBy, compact = false } = props
  const common = {
    id,
    onBlur,
    status,
    'aria-invalid': status === 'error',
    'aria-required': field.required,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(props.label ? { 'aria-label': props.label } : {}),
  }
  switch (field.kind) {
    case 'text':
    case 'creditCode':
      return <Input {...common} value={shown(value)} onChange={(event) => onChange(event.target.value)} />
    case 'note':
      return (
        <Input.TextArea
          {...common}
          value={shown(value)}
          autoSize={{ minRows: compact ? 1 : 2, maxRows: 8 }}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'count':
    case 'money':
      return (
        <Input
          {...common}
          className={compact ? 'num' : 'num short-input'}
          inputMode={field.kind === 'count' ? 'numeric' : 'decimal'}
          value={shown(value)}
          onChange={(event) => onChange(readNumber(event.target.value))}
        />
      )
    case 'day':
      return <DayInput {...props} />
    case 'yesNo':
      return (
        <ChoiceInput
          {...props}
          choices={['是', '否']}
          picked={typeof value === 'boolean' ? (value ? '是' : '否') : undefined}
          pick={(word) => onChange(word === undefined ? null : word === '是')}
        />
      )
    case 'choice':
      return (
        <ChoiceInput
          {...props}
          choices={field.choices ?? []}
          picked={typeof value === 'string' ? value : undefined}
          pick={(word) => onChange(word ?? null)}
        />
      )
    case 'org':
      return <OrgInput {...props} />
  }
}

/** A day by calendar or keys. What cannot be read as one stays as typed, for the form to say so. */
function DayInput(props: InputProps) {
  const { id, value, onChange, onBlur, today, status, field, label } = props
  const faulty = typeof value === 'string' && value !== '' && !isDay(value)
  const [asText, setAsText] = useState(faulty)
  const take = (text: string): void => {
    const read = readDay(text)
    setAsText(read !== null && !isDay(read))
    onChange(read)
  }
  if (asText || faulty) {
    return (
      <Input
        id={id}
        className="short-input"
        value={shown(value)}
        status={status}
        aria-required={field.required}
        aria-invalid={status === 'error'}
        {...(label ? { 'aria-label': label } : {})}
        onChange={(event) => {
          setAsText(true)
          onChange(event.target.value)
        }}
        onBlur={(event) => {
          take(event.target.value)
          onBlur()
        }}
      />
    )
  }
  return (
    <span
      className="day-input"
      // The picker drops what it cannot read; here it is still to be had.
      onBlurCapture={({ target }) => {
        if (!(target instanceof HTMLInputElement)) return
        const read = readDay(target.value)
        if (read === null || isDay(read)) return
        take(target.value)
        onBlur()
      }}
    >
      <DatePicker
        id={id}
        className="short-input"
        value={typeof value === 'string' && isDay(value) ? dayjs(value) : null}
        status={status}
        format={dayFormats}
        aria-required={field.required}
        {...(label ? { 'aria-label': label } : {})}
        placeholder="例如 2019-03-08"
        // The business date may differ from the clock: the calendar opens there, and offers no 今天 of its own.
        defaultPickerValue={dayjs(today)}
        showNow={false}
        onChange={(picked) => onChange(picked ? picked.format('YYYY-MM-DD') : null)}
        onBlur={onBlur}
      />
    </span>
  )
}

type ChoiceProps = InputProps & {
  choices: readonly string[]
  picked: string | undefined
  pick: (word: string | undefined) => void
}

function ChoiceInput({ id, field, choices, picked, pick, onBlur, status, compact, label }: ChoiceProps) {
  if (!compact && fitsALine(choices)) {
    return (
      <Radio.Group
        id={id}
        className="choice-input"
        aria-label={field.label}
        value={picked ?? null}
        options={[...choices]}
        onChange={(event) => pick(event.target.value as string)}
      />
    )
  }
  return (
    <Select<string>
      id={id}
      className={compact ? '' : 'middle-input'}
      status={status}
      aria-label={label ?? field.label}
      value={picked ?? null}
      placeholder="请选择"
      allowClear={!field.required}
      options={choices.map((word) => ({ value: word, label: word }))}
      onChange={pick}
      onBlur={onBlur}
    />
  )
}

function OrgInput({ id, value, onChange, onBlur }: InputProps) {
  const orgId = typeof value === 'number' ? value : 0
  const { data } = useApi(api.org(orgId), orgDetail, { enabled: orgId > 0, staleTime: 600_000 })
  return (
    <OrgPicker
      id={id}
      value={data ? [data] : []}
      onBlur={onBlur}
      onChange={([org]) => onChange(org?.id ?? null)}
    />
  )
}
