import { cutOff, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import type { Box } from '#record/api.ts'
import type { Waiting } from '#inbox/waiting.ts'
import { findProgramme } from '#programmes/index.ts'
import type { TaskCard } from './api.ts'
import { minutesBelow, minutesHere } from './known.server.ts'
import { firstTasks } from './read.server.ts'
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
  const first = (name: Parameters<typeof firstTasks>[3]) => firstTasks(deps, tx, actor, name, mostOfOne + 1)
  const [owed, sent, copied, answered] = await Promise.all([
    first('owed'),
    first('sent'),
    box === 'copied' ? first('copied') : [],
    box === 'done' ? first('answered') : [],
  ])
  // Those under way stand first.
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
  const cards = [
    ...owed.map((task) =>
      waiting(task, { box: boxOf(task), what: asksOf(task), minutes: minutes.get(task.id) ?? null }),
    ),
    ...open.map((task) => {
      const what = task.owing === 0 ? '各单位都已上报' : `还差 ${task.owing} 个单位`
      return waiting(task, { box: 'mine', what, minutes: minutes.get(task.id) ?? null })
    }),
    ...copied.map((task) => {
      const what = task.isOver ? '已结束' : `还差 ${task.owing ?? 0} 个单位`
      return waiting(task, { box: 'copied', what, minutes: null })
    }),
    ...answered.map((task) => waiting(task, { box: 'done', what: stateWords[task.own!], minutes: null })),
  ]
  return {
    cards,
    cut: [
      ...cutOff(owed, 'fill', 'returned'),
      ...cutOff(open, 'mine'),
      ...cutOff(copied, 'copied'),
      ...cutOff(answered, 'done'),
    ],
  }
}
