/** Work that no record tells, each with its sentence for a number of them. */
export const otherDeeds = {
  tasksAnswered: (n: number) => `完成上级下达的任务${n}项`,
  tasksSent: (n: number) => `向下级下达任务${n}项`,
  planItems: (n: number) => `办结年度计划事项${n}项`,
  classes: (n: number) => `举办托管班${n}期`,
  nominations: (n: number) => `推荐先进个人和集体${n}个`,
  hardshipFiles: (n: number) => `经办困难职工档案${n}份`,
  bulletins: (n: number) => `发布通知公告${n}条`,
} as const
export type OtherDeed = keyof typeof otherDeeds
export const otherNames = Object.keys(otherDeeds) as [OtherDeed, ...OtherDeed[]]

/** What it is called on the screen, beside its number. */
export const otherWords: Readonly<Record<OtherDeed, [label: string, unit: string]>> = {
  tasksAnswered: ['完成上级任务', '项'],
  tasksSent: ['下达任务', '项'],
  planItems: ['办结计划事项', '项'],
  classes: ['举办托管班', '期'],
  nominations: ['推荐先进', '个'],
  hardshipFiles: ['经办困难档案', '份'],
  bulletins: ['发布公告', '条'],
}
