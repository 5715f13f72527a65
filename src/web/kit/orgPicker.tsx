import { Select, Spin } from 'antd'
import { useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { orgNode, tierLabels, type OrgBrief } from '#org/api.ts'
import { useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'

const found = z.array(orgNode)

type OrgPickerProps = {
  id?: string
  /** Its name, where no label of a form stands beside it. */
  label?: string
  value: readonly OrgBrief[]
  onChange: (orgs: OrgBrief[]) => void
  onBlur?: () => void
  multiple?: boolean
  /** Which of the units found may be chosen. */
  fits?: (org: OrgBrief) => boolean
  /** Where units are searched, for those who may not see the tree's data. */
  addressOf?: (q: string) => string
}

type Option = { value: number; label: string; note: string }

const renderOption = ({ data: { label, note } }: { data: Option }) => (
  <div className="org-option">
    {label}
    <small>{note}</small>
  </div>
)

/** Organisations by name, pinyin initials or code; the path tells units of the same name apart. */
export function OrgPicker(props: OrgPickerProps) {
  const {
    id,
    label,
    value,
    onChange,
    onBlur,
    multiple = false,
    fits = () => true,
    addressOf = api.orgSearch,
  } = props
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const { data, isFetching } = useApi(addressOf(q), found, { enabled: q.length > 0, keep: true })
  const hits = q.length > 0 ? (data ?? []).filter(fits) : []
  const options = [
    ...value.filter((org) => !hits.some((hit) => hit.id === org.id)).map((org) => ({ ...org, path: '' })),
    ...hits,
  ].map((org) => ({
    value: org.id,
    label: org.name,
    note: org.path ? org.path : tierLabels[org.tier],
  }))
  // What was shown stays known: the list may empty itself between the press and the choice.
  const known = useRef(new Map<number, OrgBrief>())
  useEffect(() => {
    for (const org of data ?? []) known.current.set(org.id, org)
  }, [data])
  const pick = (ids: number | number[] | undefined): void => {
    const list = ids === undefined ? [] : Array.isArray(ids) ? ids : [ids]
    const held = new Map([...known.current, ...value.map((org) => [org.id, org] as const)])
    onChange(list.flatMap((orgId) => held.get(orgId) ?? []))
    setTyped('')
  }
  return (
    <Select<number | number[], Option>
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(multiple ? { mode: 'multiple' as const } : {})}
      {...(onBlur ? { onBlur } : {})}
      allowClear
      value={multiple ? value.map((org) => org.id) : value[0]?.id}
      placeholder="输入名称、拼音首字母或编码"
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      notFoundContent={
        isFetching ? <Spin size="small" /> : q ? '没有找到，请换个词' : '输入名称、拼音首字母或编码'
      }
      options={options}
      optionRender={renderOption}
      onChange={pick}
    />
  )
}
