import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import type { Box } from '#record/api.ts'
import type { Waiting } from '#inbox/waiting.ts'
import { findProgramme } from '#programmes/index.ts'
import type { TaskCard } from './api.ts'
import { minutesBelow, minutesHere } from './known.server.ts'
import { firstTasks } from './read.server.ts'
import { owing } from './rules.ts'
import { stateWords } from './words.ts'

const labelOf = ({ programme }: TaskCard): string =>
  programme === null ? '问卷' : `任务：${findProgramme(programme)?.label ?? programme}`

const waiting = (task: TaskCard, rest: Pick<Waiting, 'box' | 'what' | 'minutes'>): Waiting => ({
  id: task.id,
  kind: 'task',
  label: labelOf(task),
  title: task.title,
  org: task.issuer,
  at: task.sentAt,
  due: { on: task.dueOn },
  link: `/tasks/${task.id}`,
  ...rest,
})

const asksOf = ({ own }: TaskCard): string =>
  own === 'returned' ? '任务被退回，请按意见修改' : own === 'changed' ? '任务有变更，请核对后再报' : '请填报'

const boxOf = ({ own }: TaskCard): Box => (own === 'returned' ? 'returned' : 'fill')

/** The tasks that are asked of her unit and those that it sent; what each costs is found out for the box that is looked at. */
export const taskWaits: Contributor = async (deps, tx, actor, box) => {
  if (actor.role !== 'cadre') return nothing
  const [mine, sent] = await Promise.all([
    firstTasks(deps, tx, actor, 'mine', mostOfOne + 1),
    firstTasks(deps, tx, actor, 'sent', mostOfOne + 1),
  ])
  const owed = mine.filter(({ own }) => own !== null && owing.includes(own))
  const open = sent.filter(({ isOver }) => !isOver)
  const minutes = new Map([
    ...(await minutesHere(
      deps,
      tx,
      actor,
      owed.filter((task) => boxOf(task) === box),
    )),
    ...(box === 'mine' ? await minutesBelow(deps, tx, actor, open) : []),
  ])
  const found = [
    ...owed.map((task) =>
      waiting(task, { box: boxOf(task), what: asksOf(task), minutes: minutes.get(task.id) ?? null }),
    ),
    ...open.map((task) => {
      const what = task.owing === 0 ? '各单位都已上报' : `还差 ${task.owing} 个单位`
      return waiting(task, { box: 'mine', what, minutes: minutes.get(task.id) ?? null })
    }),
  ]
  if (box === 'copied')
    for (const task of await firstTasks(deps, tx, actor, 'copied', mostOfOne + 1))
      found.push(
        waiting(task, {
          box,
          what: task.isOver ? '已结束' : `还差 ${task.owing ?? 0} 个单位`,
          minutes: null,
        }),
      )
  if (box === 'done')
    for (const task of await firstTasks(deps, tx, actor, 'answered', mostOfOne + 1))
      found.push(waiting(task, { box, what: stateWords[task.own!], minutes: null }))
  return brought(found, mine, sent)
}
