import { isCarried } from '#kit/field/kind.ts'
import { formFields } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Box, Card } from '#record/api.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { TaskCard } from './api.ts'
import { listTasks } from './read.server.ts'
import { answeredByUnit } from './register.ts'
import { burdenOf, owing, surveyFields } from './rules.ts'
import { stateWords } from './words.ts'

/** Tasks as an inbox shows them, by box; what is due first stands first. */
export type TaskCards = Partial<Record<Box, Card[]>>

/** Minutes that a task takes by the burden rule: what the system knows or carries forward takes none. */
function minutesOf({ programme, questions }: TaskCard): number {
  const known = programme === null ? null : findProgramme(programme)
  if (known === null) return burdenOf(surveyFields(questions), new Set(answeredByUnit(questions))).minutes
  const fields = formFields(known)
  return burdenOf(fields, new Set(Object.keys(fields).filter((key) => isCarried(fields[key]!)))).minutes
}

function cardOf(task: TaskCard, what: string, asks: boolean): Card {
  return {
    kind: 'task',
    id: task.id,
    recordId: null,
    programme: task.programme ?? '',
    title: task.title,
    org: task.issuer,
    afterLock: false,
    person: '',
    state: task.own ?? '',
    at: task.sentAt,
    endsOn: null,
    version: task.version,
    warnings: 0,
    what,
    dueOn: task.dueOn,
    left: task.left,
    minutes: asks ? minutesOf(task) : null,
  }
}

const asksOf = ({ own }: TaskCard): string => (own === 'changed' ? '任务有变更，请核对后再报' : '请填报')

/** The tasks of one box, and those that are asked of her, which are counted at every look. */
export async function taskCards(deps: Deps, tx: Tx, actor: Actor, box: Box): Promise<TaskCards> {
  const [mine, sent] = await Promise.all([
    listTasks(deps, tx, actor, 'mine'),
    listTasks(deps, tx, actor, 'sent'),
  ])
  const owed = mine.filter((task) => task.own !== null && owing.includes(task.own))
  const cards: TaskCards = {
    fill: owed.filter((t) => t.own !== 'returned').map((t) => cardOf(t, asksOf(t), true)),
    returned: owed
      .filter((t) => t.own === 'returned')
      .map((t) => cardOf(t, '任务被退回，请按意见修改', true)),
    mine: sent
      .filter((t) => !t.isOver)
      .map((t) => cardOf(t, t.owing === 0 ? '各单位都已上报' : `还差 ${t.owing} 个单位`, true)),
  }
  if (box === 'copied')
    cards.copied = (await listTasks(deps, tx, actor, 'copied')).map((t) =>
      cardOf(t, t.isOver ? '已结束' : `还差 ${t.owing ?? 0} 个单位`, false),
    )
  if (box === 'done')
    cards.done = (await listTasks(deps, tx, actor, 'answered')).map((t) =>
      cardOf(t, stateWords[t.own!], false),
    )
  return cards
}
