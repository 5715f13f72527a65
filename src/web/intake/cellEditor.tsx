import { Input, Select } from 'antd'
import { useRef, useState } from 'react'

type CellEditorProps = {
  text: string
  label: string
  choices: readonly string[] | null
  onDone: (text: string) => void
  onLeave: () => void
}

/** A cell while she types; a list where the column has one. */
export function CellEditor({ text, label, choices, onDone, onLeave }: CellEditorProps) {
  const [typed, setTyped] = useState(text)
  // Enter and Escape take the focus away, which is an end of its own: only the first end counts.
  const isOver = useRef(false)
  const end = (how: () => void): void => {
    if (isOver.current) return
    isOver.current = true
    how()
  }
  if (choices)
    return (
      <Select
        autoFocus
        defaultOpen
        allowClear
        showSearch
        size="small"
        className="intake-choice"
        aria-label={label}
        value={choices.includes(text) ? text : null}
        options={choices.map((c) => ({ value: c, label: c }))}
        onChange={(value?: string | null) => end(() => onDone(value ?? ''))}
        onBlur={() => end(onLeave)}
      />
    )
  return (
    <Input
      autoFocus
      size="small"
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => end(() => onDone(typed))}
      onBlur={() => end(() => onDone(typed))}
      onKeyDown={(event) => event.key === 'Escape' && end(onLeave)}
    />
  )
}
