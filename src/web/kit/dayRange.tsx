import './dayRange.css'
import { DatePicker } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState, type AriaAttributes } from 'react'
import { paired, type DayPair } from './dayPair.ts'

type DayRangeProps = {
  id?: string
  /** Name of both fields together, where no label of a form names them. */
  label?: string
  value?: DayPair | null
  /** Both days, or null while one is missing; with `allowEmpty` whatever is chosen. */
  onChange?: (days: DayPair | null) => void
  allowEmpty?: boolean
  unit?: 'date' | 'month'
  size?: 'small'
  /** Month that opens while nothing is chosen. */
  opensAt?: Dayjs
  disabledDate?: (day: Dayjs) => boolean
  className?: string
} & Pick<AriaAttributes, 'aria-required' | 'aria-invalid' | 'aria-describedby'>

const none: DayPair = [null, null]

/**
 * Two days as two fields of their own. The library's range field moves the focus back to its first half when the page is drawn
 * anew just then, and what was typed for the end went into the start (docs/decisions/220-two-day-fields.md).
 */
export function DayRange(props: DayRangeProps) {
  const { id, label, value, onChange, allowEmpty = false, unit = 'date', size, opensAt, className } = props
  const [half, setHalf] = useState<DayPair | null>(null)
  const shown = half ?? value ?? none
  const choose = (at: 0 | 1, day: Dayjs | null): void => {
    const days = paired(shown, at, day)
    const isDone = allowEmpty || !days.includes(null)
    setHalf(isDone ? null : days)
    onChange?.(isDone ? days : null)
  }
  const word = unit === 'month' ? '月份' : '日期'
  const shared = {
    picker: unit,
    showNow: false,
    allowClear: allowEmpty,
    ...(size && { size }),
    ...(opensAt && { defaultPickerValue: opensAt }),
    ...(props.disabledDate && { disabledDate: props.disabledDate }),
    'aria-required': props['aria-required'],
    'aria-invalid': props['aria-invalid'],
    'aria-describedby': props['aria-describedby'],
  }
  return (
    <span className={['day-range', className].filter(Boolean).join(' ')} role="group" aria-label={label}>
      <DatePicker
        {...shared}
        {...(id ? { id } : { 'aria-label': `开始${word}` })}
        placeholder={`开始${word}`}
        value={shown[0]}
        onChange={(day) => choose(0, day)}
      />
      <span aria-hidden>至</span>
      <DatePicker
        {...shared}
        aria-label={`结束${word}`}
        placeholder={`结束${word}`}
        value={shown[1]}
        onChange={(day) => choose(1, day)}
      />
    </span>
  )
}
