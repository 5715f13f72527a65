import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import type * as z from 'zod/mini'
import { unitList } from '#silo/api.ts'
import { call } from '../api/client.dom.ts'
import { siloApi } from './addresses.ts'

type Unit = z.infer<typeof unitList>[number]

/** A unit by a part of its name. What is typed goes in a body and without a session, so that no log tells who looked for which. */
export function UnitField({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: number | null
  onChange?: (value: number | null) => void
}) {
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  // What was chosen stays known: the list may be of another search by then.
  const [chosen, setChosen] = useState<Unit | null>(null)
  const { data = [], isFetching } = useQuery({
    queryKey: ['units to tell of', q],
    queryFn: ({ signal }) =>
      call(siloApi.units, unitList, { method: 'POST', body: { q }, signal, nameless: true }),
    enabled: q.length >= 2,
    staleTime: 60_000,
  })
  const listed = chosen && !data.some(({ id: known }) => known === chosen.id) ? [chosen, ...data] : data
  return (
    <Select<number>
      {...(id ? { id } : {})}
      className="silo-select"
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder="输入名称的一部分查找"
      loading={isFetching}
      value={value ?? null}
      onChange={(next: number | undefined) => {
        setChosen(listed.find((unit) => unit.id === next) ?? null)
        onChange?.(next ?? null)
      }}
      notFoundContent={
        q.length < 2 ? '请输入至少两个字' : isFetching ? '正在查找' : '没有找到；可以不选，在经过里写明'
      }
      options={listed.map((unit) => ({ value: unit.id, label: unit.name }))}
    />
  )
}
