import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Select, type InputRef } from 'antd'
import dayjs from 'dayjs'
import { useState, type Ref } from 'react'
import { grades } from '#kit/head.ts'
import type { Programme } from '#kit/programme.ts'
import { recordStates, stateLabels, type RecordState } from '#record/workflow.ts'
import type { ListSearch } from '../search.ts'
import { presetsOf, whereOptions } from './listQuery.ts'
import { DayRange } from '../kit/dayRange.tsx'

type ListSearchCardProps = {
  programme: Programme
  search: ListSearch
  today: string
  /** Changed filters; absent ones are taken away. */
  onChange: (filters: Partial<ListSearch>) => void
  onReset: () => void
  inputRef: Ref<InputRef>
}

/** Three filters, and 展开 for the rest. What is chosen is in the address at once. */
export function ListSearchCard({
  programme,
  search,
  today,
  onChange,
  onReset,
  inputRef,
}: ListSearchCardProps) {
  const [open, setOpen] = useState(search.grade !== undefined || search.where !== undefined)
  const options = whereOptions(programme)
  const usual = presetsOf(today)
  return (
    <section className="search-card" aria-label="筛选">
      <Input.Search
        key={search.q ?? ''}
        ref={inputRef}
        className="search-q"
        allowClear
        defaultValue={search.q ?? ''}
        maxLength={60}
        placeholder="按名称查找（按 / 键）"
        aria-label="按名称查找"
        onSearch={(q) => onChange({ q: q.trim() || undefined })}
      />
      <Select<RecordState>
        className="search-state"
        allowClear
        placeholder="全部状态"
        aria-label="状态"
        value={search.state}
        options={recordStates.map((state) => ({ value: state, label: stateLabels[state] }))}
        onChange={(state?: RecordState) => onChange({ state })}
      />
      <DayRange
        className="search-period"
        allowEmpty
        label="期间"
        value={[search.from ? dayjs(search.from) : null, search.until ? dayjs(search.until) : null]}
        opensAt={dayjs(today)}
        onChange={(days) =>
          onChange({ from: days?.[0]?.format('YYYY-MM-DD'), until: days?.[1]?.format('YYYY-MM-DD') })
        }
      />
      <Select
        className="search-preset"
        placeholder="常用期间"
        aria-label="常用期间"
        value={usual.find(({ from, until }) => from === search.from && until === search.until)?.label ?? null}
        options={usual.map(({ label }) => ({ value: label, label }))}
        onChange={(chosen) => {
          const { from, until } = usual.find(({ label }) => label === chosen)!
          onChange({ from, until })
        }}
      />
      {open && (
        <>
          <Select<string>
            className="search-grade"
            allowClear
            placeholder="证据等级"
            aria-label="证据等级"
            value={search.grade}
            options={grades.map((grade) => ({ value: grade, label: grade }))}
            onChange={(grade?: string) => onChange({ grade })}
          />
          {options.length > 0 && (
            <Select<string>
              className="search-where"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="按栏目筛选，如载体"
              aria-label="按栏目筛选"
              value={search.where}
              options={options}
              onChange={(where?: string) => onChange({ where })}
            />
          )}
        </>
      )}
      <Flex gap={4} className="search-acts">
        <Button type="text" onClick={onReset}>
          重置
        </Button>
        <Button type="link" icon={open ? <UpOutlined /> : <DownOutlined />} onClick={() => setOpen(!open)}>
          {open ? '收起' : '展开'}
        </Button>
      </Flex>
    </section>
  )
}
