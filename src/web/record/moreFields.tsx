import { DownOutlined, RightOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'

type MoreFieldsProps = {
  count: number
  open: boolean
  onToggle: (open: boolean) => void
  children: ReactNode
}

/** 更多信息: what is not required, folded away until wanted. */
export function MoreFields({ count, open, onToggle, children }: MoreFieldsProps) {
  return (
    <section className="more-fields">
      <button type="button" className="more-toggle" aria-expanded={open} onClick={() => onToggle(!open)}>
        {open ? <DownOutlined /> : <RightOutlined />} 更多信息
        <small>{count} 项，可以不填</small>
      </button>
      {open && children}
    </section>
  )
}
