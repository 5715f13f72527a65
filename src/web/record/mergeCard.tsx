import { Button, Flex } from 'antd'
import { formFields, type Programme } from '#kit/programme.ts'
import { blank } from './formState.ts'
import { formatInstant, formatValue } from '../format.ts'
import type { Rival } from './merge.ts'
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
  const takenNames = [...new Set(taken)].map((field) => nameOf(programme, field))
  return (
    <section className="merge-card" data-field="rivals" role="status">
      {moved === null ? (
        <b>这份草稿在别处也填过：同事，或者您的另一台设备</b>
      ) : (
        <b>
          {moved.by} 已于 {formatInstant(moved.at)} 改动这条记录，已与您填的合在一起
        </b>
      )}
      {takenNames.length > 0 && <p>已合进来：{takenNames.join('、')}</p>}
      {rivals.length > 0 && (
        <>
          <p>下面 {rivals.length} 处两边填得不一样，请选用一个；选定以前两边的内容都留着。</p>
          <ul>
            {rivals.map((rival) => (
              <li key={rival.field}>
                <span className="merge-name">{nameOf(programme, rival.field)}</span>
                <Flex gap={8} wrap>
                  <Button onClick={() => choose(rival, 'mine')}>
                    <small>您填的</small> {wordsOf(programme, rival.field, rival.mine)}
                  </Button>
                  <Button onClick={() => choose(rival, 'theirs')}>
                    <small>{rival.inRecord ? '记录里' : '别处'}</small>{' '}
                    {wordsOf(programme, rival.field, rival.theirs)}
                  </Button>
                </Flex>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
