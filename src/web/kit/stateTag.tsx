import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  EditOutlined,
  RollbackOutlined,
  StopOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import { stateLabels, type State } from '#record/workflow.ts'

const looks: Record<State, { icon: React.ReactNode; color: string }> = {
  draft: { icon: <EditOutlined />, color: 'default' },
  submitted: { icon: <ClockCircleOutlined />, color: 'blue' },
  returned: { icon: <RollbackOutlined />, color: 'gold' },
  accepted: { icon: <CheckCircleOutlined />, color: 'green' },
  withdrawn: { icon: <UndoOutlined />, color: 'default' },
  voided: { icon: <StopOutlined />, color: 'default' },
}

const isState = (state: string): state is State => state in looks

/** State of a record as icon, colour and word; voided is struck. */
export function StateTag({ state }: { state: string }) {
  if (!isState(state)) return <Tag>{state}</Tag>
  const { icon, color } = looks[state]
  return (
    <Tag icon={icon} color={color} className={`state-tag state-${state}`}>
      {stateLabels[state]}
    </Tag>
  )
}
