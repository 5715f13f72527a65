import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { OrgBrief } from '#org/api.ts'
import { holdings, type Holdings } from '#org/change/api.ts'
import { useApi } from '../../api/hooks.tsx'
import { Loaded } from '../../kit/states.tsx'
import { changesApi } from '../addresses.ts'
import { pickByNames } from './names.ts'
import { CutNote } from '../../kit/cutNote.tsx'

export type Share = { persons: string[]; employers: string[]; records: string[]; children: number[] }
export const noShare: Share = { persons: [], employers: [], records: [], children: [] }

type SplitFieldsProps = { unit: OrgBrief; value: Share; onChange: (share: Share) => void }

/** What of a unit goes with the part: each person, employer, record and unit below chosen one by one. */
export function SplitFields({ unit, value, onChange }: SplitFieldsProps) {
  const query = useApi(changesApi.holdings(unit.id), holdings)
  return (
    <Loaded query={query} rows={4}>
      {(own) => <Choices own={own} value={value} onChange={onChange} />}
    </Loaded>
  )
}

const labels: Readonly<Record<keyof Share, { label: string; none: string }>> = {
  persons: { label: '划出的会员和女职工', none: '名册里没有人' },
  children: { label: '划出的直属下级', none: '没有直属下级' },
  employers: { label: '划出的用人单位', none: '没有覆盖的用人单位' },
  records: { label: '交新单位管理的合同、场所', none: '没有生效中的合同、场所' },
}

function Choices({ own, value, onChange }: { own: Holdings } & Omit<SplitFieldsProps, 'unit'>) {
  const choice = (key: keyof Share) => {
    const options = (own[key] as { id: string | number; name: string; note: string }[]).map((one) => ({
      value: one.id,
      label: `${one.name}（${one.note}）`,
    }))
    const { label, none } = labels[key]
    return (
      <Form.Item
        label={`${label}：${value[key].length} / ${options.length}`}
        htmlFor={`change-${key}`}
        key={key}
      >
        <Select
          id={`change-${key}`}
          mode="multiple"
          allowClear
          maxTagCount={6}
          optionFilterProp="label"
          placeholder={options.length === 0 ? none : '不选就都留在原单位'}
          disabled={options.length === 0}
          options={options}
          value={value[key]}
          onChange={(chosen) => onChange({ ...value, [key]: chosen })}
        />
      </Form.Item>
    )
  }
  return (
    <>
      {choice('persons')}
      <CutNote list="splitPersons" count={own.persons.length} />
      {own.persons.length > 0 && (
        <ByList
          own={own}
          onPick={(ids) => onChange({ ...value, persons: [...new Set([...value.persons, ...ids])] })}
        />
      )}
      {choice('children')}
      <CutNote list="splitChildren" count={own.children.length} />
      {choice('employers')}
      <CutNote list="splitEmployers" count={own.employers.length} />
      {choice('records')}
      <CutNote list="splitRecords" count={own.records.length} />
    </>
  )
}

/** Persons by a pasted list of names; whoever is not found is told, and the list stays. */
function ByList({ own, onPick }: { own: Holdings; onPick: (ids: string[]) => void }) {
  const [text, setText] = useState('')
  const [told, setTold] = useState('')
  const pick = () => {
    const { ids, unknown, twice } = pickByNames(text, own.persons)
    onPick(ids)
    setTold(
      [
        `选中 ${ids.length} 人`,
        ...(unknown.length > 0 ? [`名册里没有：${unknown.join('、')}`] : []),
        ...(twice.length > 0 ? [`有同名的人，请在上面逐个选：${twice.join('、')}`] : []),
      ].join('；'),
    )
  }
  return (
    <Form.Item label="按名单选人" htmlFor="change-list" extra={<span role="status">{told}</span>}>
      <div className="change-list">
        <Input.TextArea
          id="change-list"
          autoSize={{ minRows: 1, maxRows: 6 }}
          placeholder="可粘贴一列姓名"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button disabled={text.trim() === ''} onClick={pick}>
          按名单选中
        </Button>
      </div>
    </Form.Item>
  )
}
