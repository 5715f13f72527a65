import { Select } from 'antd'
import { useMe } from '../api/hooks.tsx'
import { yearsOffered } from './scope.ts'

type YearPickProps = { year: number; onYear: (year: number) => void; label?: string }

/** The years that may be looked at, newest first; one that came with the address stands among them. */
export function YearPick({ year, onYear, label = '年份' }: YearPickProps) {
  const { today } = useMe()
  const years = [...new Set([...yearsOffered(today), year])].toSorted((a, b) => b - a)
  return (
    <Select
      aria-label={label}
      value={year}
      popupMatchSelectWidth={false}
      options={years.map((value) => ({ value, label: `${value}年` }))}
      onChange={onYear}
    />
  )
}
