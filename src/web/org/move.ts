import { monthText } from './committee.ts'

export type PlannedMove = {
  line: 1 | 2
  fromYm: number
  todayYm: number
  unit: string
  /** Superior in that month; null where the line had none. */
  former: string | null
  /** New superior; null ends the view line. */
  next: string | null
}

/** What a move does to figures and rights, in sentences she confirms; a month in the past is a correction. */
export function meaningOf({ line, fromYm, todayYm, unit, former, next }: PlannedMove): {
  correction: boolean
  sentences: string[]
} {
  const month = monthText(fromYm)
  const correction = fromYm < todayYm
  if (line === 2) {
    const sees =
      next === null
        ? `${month}起，${former ?? '原会看单位'}不再会看${unit}`
        : `${month}起，${next}会看${unit}`
    return {
      correction,
      sentences: [`${sees}。`, '会看只让对方看得到记录；数字始终计在隶属单位，不会重复计算。'],
    }
  }
  const kept = former === null ? [] : [`${month}以前发生的事项仍计在${former}名下，不随单位走。`]
  return {
    correction,
    sentences: [
      `${month}起，${unit}隶属${next ?? '—'}；${month}及以后发生的事项计入${next ?? '—'}。`,
      ...kept,
      ...(correction
        ? [
            `这是对过去的更正：${month}以来已经计在${former ?? '原上级'}的数字会改计到${next ?? '新上级'}。`,
            '已生成的总结定稿不改，变动的数字在定稿里列出差异。',
          ]
        : []),
      '审核和查看的权限按今天的隶属关系，随即改变。',
    ],
  }
}
