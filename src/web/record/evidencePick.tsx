import { Form, Select } from 'antd'
import { useState } from 'react'
import { programmes } from '#programmes/index.ts'
import { recordList } from '#record/api.ts'
import { useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { withQuery } from '../urlState.ts'

type EvidencePickProps = {
  /** Name of the form's field that takes the numbers of the records. */
  name: string
  error: unknown
  faultField: string
  multiple?: boolean
  /** Records that are chosen already, with their titles. */
  known?: readonly { id: string; title: string }[]
  /** Number of the unit whose records are offered, with all below it. */
  org?: number
}

/** Accepted records as evidence: of which programme, then found by their title. Two fields of the form around it. */
export function EvidencePick(props: EvidencePickProps) {
  const { name, error, faultField, multiple = false, known = [], org } = props
  const programme = Form.useWatch<string | undefined>('programme')
  const [q, setQ] = useState('')
  const { data, isFetching } = useApi(
    withQuery(api.records(programme ?? ''), { state: 'accepted', q, size: '20', org: org?.toString() }),
    recordList,
    { enabled: programme !== undefined, keep: true },
  )
  const found = (data?.rows ?? []).map((row) => ({ value: row.id, label: `${row.title}（${row.endsOn}）` }))
  const kept = known
    .filter(({ id }) => !found.some(({ value }) => value === id))
    .map(({ id, title }) => ({ value: id, label: title }))
  return (
    <div className="plan-pair">
      <Form.Item label="佐证记录" name="programme" extra="先选项目，再找记录；也可以只写文字">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="选择项目"
          options={programmes.map(({ key, label }) => ({ value: key, label }))}
        />
      </Form.Item>
      <Form.Item label="记录" name={name} {...faultAt(error, faultField)}>
        <Select
          allowClear
          {...(multiple ? { mode: 'multiple' as const } : {})}
          disabled={programme === undefined && kept.length === 0}
          loading={isFetching}
          placeholder="按标题查找"
          showSearch={{ filterOption: false, onSearch: setQ }}
          options={[...kept, ...found]}
        />
      </Form.Item>
    </div>
  )
}
