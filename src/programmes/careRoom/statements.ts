import { inOrder } from '#kit/check.ts'
import type { Issue } from '#kit/programme.ts'
import { ranks, type Statement } from './intervals.ts'

type Line = Statement & { value: string | null }

const overlaps = (a: Statement, b: Statement): boolean =>
  a.attribute === b.attribute &&
  (b.untilOn === null || a.fromOn <= b.untilOn) &&
  (a.untilOn === null || b.fromOn <= a.untilOn)

function lineIssues(line: Line, at: string, builtOn: string): Issue[] {
  const issues = [
    ...inOrder(line.fromOn, line.untilOn, `${at}.untilOn`, ['起始日期', '截止日期']),
    ...inOrder(builtOn, line.fromOn, `${at}.fromOn`, ['建成日期', '起始日期']),
  ]
  if (line.attribute === '级别') {
    if (!(ranks as readonly (string | null)[]).includes(line.value))
      issues.push({ field: `${at}.value`, message: `级别请从“${ranks.join('、')}”中填写` })
  } else if (line.value !== null) {
    issues.push({ field: `${at}.value`, message: '只有级别一行填写内容，其余只填起止日期' })
  }
  return issues
}

/** Dated statements of a room: in order, after it was built, one at a time for each attribute. */
export function statementsCheck(builtOn: string, lines: readonly Line[]): Issue[] {
  return lines.flatMap((line, i) => {
    const earlier = lines.findIndex((other) => overlaps(other, line))
    return [
      ...lineIssues(line, `intervals.${i}`, builtOn),
      ...(earlier >= 0 && earlier < i
        ? [
            {
              field: `intervals.${i}.fromOn`,
              message: `与第 ${earlier + 1} 行“${line.attribute}”的时间重叠`,
            },
          ]
        : []),
    ]
  })
}
