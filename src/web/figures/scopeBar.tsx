import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Flex, Segmented, Select, Space } from 'antd'
import { partsIn, periodOf, type Period } from '#kit/period.ts'
import { useMe } from '../api/hooks.tsx'
import {
  calendarLabels,
  periodOfScope,
  step,
  viewChoices,
  viewOf,
  offeredCalendars,
  withCalendar,
  yearsOffered,
  type Scope,
} from './scope.ts'

type ScopeBarProps = { scope: Scope; onChange: (scope: Scope) => void }

const dotted = (ym: number): string => `${Math.floor(ym / 100)}.${String(ym % 100).padStart(2, '0')}`

const range = ({ fromYm, untilYm }: Period): string =>
  fromYm === untilYm ? dotted(fromYm) : `${dotted(fromYm)}—${dotted(untilYm)}`

/** Period picker and the switch 当时口径 / 现行口径 with what it means. */
export function ScopeBar({ scope, onChange }: ScopeBarProps) {
  const { today } = useMe()
  const { calendar, year } = scope
  const parts = Array.from({ length: partsIn[calendar] }, (_, i) => i + 1)
  const offered = calendar === 'months' ? [...offeredCalendars, calendar] : offeredCalendars
  const years = [...new Set([...yearsOffered(today), year])].sort((a, b) => b - a)
  return (
    <Flex className="scope-bar" gap="8px 20px" wrap align="flex-start">
      <Flex vertical gap={4} align="flex-start">
        <Flex gap={8} wrap align="center">
          <Segmented
            aria-label="期间种类"
            value={calendar}
            options={offered.map((value) => ({ value, label: calendarLabels[value] }))}
            onChange={(value) => onChange(withCalendar(scope, value))}
          />
          <Space.Compact>
            <Button icon={<LeftOutlined />} aria-label="上一期" onClick={() => onChange(step(scope, -1))} />
            <Select
              aria-label="年份"
              value={year}
              popupMatchSelectWidth={false}
              options={years.map((value) => ({ value, label: `${value}年` }))}
              onChange={(value) => onChange({ ...scope, year: value })}
            />
            {parts.length > 1 && (
              <Select
                aria-label={calendarLabels[calendar]}
                value={scope.part}
                popupMatchSelectWidth={false}
                options={parts.map((value) => ({
                  value,
                  label: periodOf(calendar, year, value).label.replace(/^\d+年/, ''),
                }))}
                onChange={(value) => onChange({ ...scope, part: value })}
              />
            )}
            <Button icon={<RightOutlined />} aria-label="下一期" onClick={() => onChange(step(scope, 1))} />
          </Space.Compact>
        </Flex>
        <span className="scope-hint">{range(periodOfScope(scope))}，审核通过的计入，待审核的列在旁边</span>
      </Flex>
      <Flex vertical gap={4} align="flex-start">
        <Segmented
          aria-label="口径"
          value={scope.view}
          options={viewChoices.map(({ value, label }) => ({ value, label }))}
          onChange={(view) => onChange({ ...scope, view })}
        />
        <span className="scope-hint">{viewOf(scope.view).hint}</span>
      </Flex>
    </Flex>
  )
}
