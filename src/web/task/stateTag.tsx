import { Tag } from 'antd'
import type { TaskState } from '#task/api.ts'
import { dueOf } from '#task/rules.ts'
import { stateWords } from '#task/words.ts'

const colours: Record<TaskState, string> = {
  unreceived: 'default',
  received: 'blue',
  reported: 'blue',
  returned: 'gold',
  closed: 'green',
  changed: 'gold',
}

export const TaskStateTag = ({ state }: { state: TaskState }) => (
  <Tag color={colours[state]}>{stateWords[state]}</Tag>
)

const dueColours = { far: 'default', soon: 'gold', today: 'gold', late: 'red' } as const

/** How long there is still; nothing where nothing is owed any more. */
export function DueTag({ left }: { left: number }) {
  const { level, words } = dueOf(left)
  return <Tag color={dueColours[level]}>{words}</Tag>
}
