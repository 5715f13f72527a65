import { Select } from 'antd'
import { useState } from 'react'
import { personList } from '#person/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { personApi } from '../person/addresses.ts'
import { withQuery } from '../urlState.ts'

type PersonPickProps = {
  status?: '' | 'error'
  onPick?: (id: string | undefined) => void
  /** As an item of a form. */
  id?: string
  onChange?: (id: string | undefined) => void
}

/** A woman of the reader's own unit, found by name. */
export function PersonPick({ status = '', onPick, id = 'personId', onChange }: PersonPickProps) {
  const { post } = useMe()
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const query = withQuery(personApi.list, { q: q || undefined, org: String(post.org.id), size: '20' })
  const { data } = useApi(query, personList, { keep: true })
  return (
    <Select
      id={id}
      aria-label="申请人"
      className="middle-input"
      status={status}
      showSearch
      allowClear
      filterOption={false}
      placeholder="输入姓名或拼音首字母"
      onSearch={setTyped}
      notFoundContent="会员里没有找到"
      options={(data?.rows ?? [])
        .filter((one) => one.sex === '女' && one.org.id === post.org.id)
        .map((one) => ({ value: one.id, label: `${one.name}（${one.birthYear ?? '—'} 年生）` }))}
      onChange={(picked: string | undefined) => {
        onPick?.(picked)
        onChange?.(picked)
      }}
    />
  )
}
