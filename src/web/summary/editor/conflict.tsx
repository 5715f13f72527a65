import { Alert, Button, Flex } from 'antd'
import type { Draft } from '#figures/summary/draft.ts'
import { paperVersion, summaryPreview } from '#figures/summaryApi.ts'
import { call } from '../../api/client.dom.ts'
import { useApi } from '../../api/hooks.tsx'
import { toProblem } from '../../api/problem.ts'
import { Changes } from '../changes.tsx'
import { summaryApi } from '../addresses.ts'
import type { Autosave } from './autosave.tsx'

type ConflictProps = {
  year: number
  error: unknown
  mine: Draft
  autosave: Autosave
  onTake: (draft: Draft, version: number) => void
}

/** Somebody else saved meanwhile: who and when, what differs, and the two ways on. Nothing that she typed is gone. */
export function Conflict({ year, error, mine, autosave, onTake }: ConflictProps) {
  const problem = toProblem(error)
  const version = Number(problem.body.details?.['version'] ?? 0)
  const theirs = useApi(summaryApi.version(year, version), paperVersion, { enabled: version > 0 })
  const isOver = problem.body.code === '409.40'
  return (
    <Alert
      type="warning"
      showIcon
      className="paper-conflict"
      title={problem.message}
      description={
        isOver ? (
          '您写的都还在下面，可以先复制出来，再刷新页面。'
        ) : (
          <>
            <p>您写的都还在下面，暂时没有保存。绿色是您这里多的，划去的是对方多的：</p>
            {theirs.data && <Changes from={theirs.data.draft} to={mine} />}
            <Flex gap={8} wrap>
              <Button
                size="small"
                type="primary"
                onClick={() => void latest().then((now) => autosave.saveOver(now))}
              >
                以我的为准保存（对方的留在版本里）
              </Button>
              <Button
                size="small"
                disabled={!theirs.data}
                onClick={() => theirs.data && onTake(theirs.data.draft, theirs.data.version)}
              >
                改用对方的
              </Button>
            </Flex>
          </>
        )
      }
    />
  )

  /** The version that stands now: they may have saved again since. */
  async function latest(): Promise<number> {
    const now = await call(summaryApi.preview(year), summaryPreview)
    return now.version
  }
}
