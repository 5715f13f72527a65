import { Button, Flex } from 'antd'
import type { ReactNode } from 'react'
import type { Rival } from './merge.ts'

type MergeListProps = {
  title: ReactNode
  rivals: readonly Rival[]
  /** What came in from elsewhere, by name. */
  taken: readonly string[]
  nameOf: (field: string) => string
  wordsOf: (field: string, value: unknown) => string
  /** Where the other side stands. */
  otherOf: (rival: Rival) => string
  choose: (rival: Rival, side: 'mine' | 'theirs') => void
}

/** Two versions of one matter brought together: what came in, and side by side what she has to choose. */
export function MergeList({ title, rivals, taken, nameOf, wordsOf, otherOf, choose }: MergeListProps) {
  return (
    <section className="merge-card" data-field="rivals" role="status">
      <b>{title}</b>
      {taken.length > 0 && <p>已合进来：{taken.join('、')}</p>}
      {rivals.length > 0 && (
        <>
          <p>下面 {rivals.length} 处两边填得不一样，请选用一个；选定以前两边的内容都留着。</p>
          <ul>
            {rivals.map((rival) => (
              <li key={rival.field}>
                <span className="merge-name">{nameOf(rival.field)}</span>
                <Flex gap={8} wrap>
                  <Button onClick={() => choose(rival, 'mine')}>
                    <small>您填的</small> {wordsOf(rival.field, rival.mine)}
                  </Button>
                  <Button onClick={() => choose(rival, 'theirs')}>
                    <small>{otherOf(rival)}</small> {wordsOf(rival.field, rival.theirs)}
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
