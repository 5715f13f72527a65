import { formFields, type Programme } from '#kit/programme.ts'
import { blank } from './formState.ts'
import { formatInstant, formatValue } from '../format.ts'
import type { Rival } from './merge.ts'
import { MergeList } from './mergeList.tsx'
import type { Moved } from './rebase.ts'

type MergeCardProps = {
  moved: Moved | null
  programme: Programme
  rivals: readonly Rival[]
  taken: readonly string[]
  choose: (rival: Rival, side: 'mine' | 'theirs') => void
}

const nameOf = (programme: Programme, field: string): string =>
  formFields(programme)[field]?.label ??
  programme.children[field]?.label ??
  (field === 'coHosts' ? '联办单位' : field)

/** Rows are told by what stands in them, units by their names. */
function wordsOf(programme: Programme, field: string, value: unknown): string {
  if (!Array.isArray(value)) {
    const spec = formFields(programme)[field]
    return blank(value) ? '空着' : spec ? formatValue(spec, value) : String(value)
  }
  const lines = value.map((line: Record<string, unknown>) =>
    typeof line['shortName'] === 'string'
      ? line['shortName']
      : Object.values(line)
          .filter((cell) => !blank(cell))
          .join(' '),
  )
  return `${value.length} 行：${lines.join('；')}`
}

/** What was filled here and elsewhere, brought together; side by side what she has to choose. */
export function MergeCard({ programme, moved, rivals, taken, choose }: MergeCardProps) {
  if (rivals.length === 0 && taken.length === 0 && moved === null) return null
  return (
    <MergeList
      title={
        moved === null
          ? '这份草稿在别处也填过：同事，或者您的另一台设备'
          : `${moved.by} 已于 ${formatInstant(moved.at)} 改动这条记录，已与您填的合在一起`
      }
      rivals={rivals}
      taken={[...new Set(taken)].map((field) => nameOf(programme, field))}
      nameOf={(field) => nameOf(programme, field)}
      wordsOf={(field, value) => wordsOf(programme, field, value)}
      otherOf={(rival) => (rival.inRecord ? '记录里' : '别处')}
      choose={choose}
    />
  )
}
