import {
  CheckCircleFilled,
  ClockCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { OrgNode } from '#org/api.ts'
import { committeeState, type Tone } from './committee.ts'

const icons: Record<Tone, ReactNode> = {
  good: <CheckCircleFilled />,
  plain: <MinusCircleOutlined />,
  warn: <ClockCircleFilled />,
  bad: <ExclamationCircleFilled />,
}

type CommitteeTagProps = { org: Pick<OrgNode, 'committee'>; iconOnly?: boolean }

/** State of the women's organisation: icon, colour and words, or in the tree the icon that says the words on hover. */
export function CommitteeTag({ org, iconOnly = false }: CommitteeTagProps) {
  const { tone, label } = committeeState(org)
  return (
    <span className={`committee is-${tone}`} title={iconOnly ? `女职工组织：${label}` : undefined}>
      {icons[tone]}
      {iconOnly ? <span className="only-read">{label}</span> : label}
    </span>
  )
}
