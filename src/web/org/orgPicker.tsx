import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import * as z from 'zod/mini'
import { orgNode, tierLabels, type OrgNode } from '#org/api.ts'
import { useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'

const nodes = z.array(orgNode)

type OrgPickerProps = {
  id: string
  value: OrgNode | null
  onChange: (org: OrgNode | null) => void
  without: number
}

/** One unit found by name, pinyin initials or code, with its path. */
export function OrgPicker({ id, value, onChange, without }: OrgPickerProps) {
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words.trim())
  const query = useApi(api.orgSearch(asked), nodes, { enabled: asked !== '', keep: true })
  const found =
    asked === '' ? [] : (query.data ?? []).filter((node) => node.id !== without && node.tier !== 'branch')
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      placeholder="打名称或拼音首字母，如 shkq"
      value={value?.id ?? null}
      notFoundContent={asked === '' ? '请先打几个字' : query.isFetching ? <Spin size="small" /> : '没有找到'}
      options={[...(value && !found.some((node) => node.id === value.id) ? [value] : []), ...found].map(
        (node) => ({
          value: node.id,
          label: node.name,
          node,
        }),
      )}
      optionRender={({ data }) => optionOf(data.node)}
      onChange={(_, option) => onChange(option && !Array.isArray(option) ? option.node : null)}
    />
  )
}

const optionOf = (node: OrgNode) => (
  <div>
    {node.name}
    <div className="org-since">
      {tierLabels[node.tier]}
      {node.path && ` · ${node.path}`}
    </div>
  </div>
)
