import { Popover, Spin } from 'antd'
import { useState } from 'react'
import { explanation } from '#record/explainApi.ts'
import { useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'

type WhyProps = { query: Record<string, string>; label?: string }

/** A quiet link beside what she can't see or do: the reason in a sentence, and whose part it is. Asked only when opened. */
export function Why({ query, label = '为什么？' }: WhyProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="topLeft"
      open={open}
      onOpenChange={setOpen}
      // Its content is drawn, and asked for, when it first opens.
      content={<Because query={query} />}
      styles={{ root: { maxWidth: 320 } }}
    >
      <button type="button" className="link why" aria-expanded={open}>
        {label}
      </button>
    </Popover>
  )
}

function Because({ query }: { query: Record<string, string> }) {
  const { data, error } = useApi(api.explain(query), explanation)
  if (error) return <p className="because">暂时没有查到原因，请稍候再试</p>
  if (!data) return <Spin size="small" />
  return (
    <div className="because" role="status">
      <p>{data.sentence}。</p>
      {data.who && <p>{data.who.sentence}。</p>}
    </div>
  )
}
