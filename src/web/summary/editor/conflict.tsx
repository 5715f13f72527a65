import { Alert, Button, Flex, Modal } from 'antd'
import { useState } from 'react'
import type { Draft } from '#figures/summary/draft.ts'
import { paperVersion, summaryPreview } from '#figures/summaryApi.ts'
import { call } from '../../api/client.dom.ts'
import { useApi } from '../../api/hooks.tsx'
import { toProblem } from '../../api/problem.ts'
import { Loaded } from '../../kit/states.tsx'
import { Changes } from '../changes.tsx'
import { summaryApi } from '../addresses.ts'
import type { Autosave } from './autosave.tsx'

type ConflictProps = {
  year: number
  error: unknown
  read: () => Draft
  autosave: Autosave
  onTake: (draft: Draft, version: number) => void
}

/** Somebody else saved meanwhile: said above the text wherever she is in it, settled in a dialog. Nothing that she typed is gone. */
export function Conflict({ year, error, read, autosave, onTake }: ConflictProps) {
  const [mine, setMine] = useState<Draft | null>(null)
  const { body, message } = toProblem(error)
  const version = Number(body.details?.['version'] ?? 0)
  const who = body.details?.['who']
  const whose = `${typeof who === 'string' ? who : '他人'}刚保存了另一版，您写的还没有保存`
  const isOver = body.code === '409.40'
  return (
    <>
      <Alert
        type="warning"
        showIcon
        className="paper-conflict"
        title={
          <Flex gap="6px 12px" wrap align="center" justify="space-between">
            <span>{isOver ? `${message}；您写的都还在下面，可以先复制出来` : whose}</span>
            {!isOver && (
              <Button size="small" type="primary" onClick={() => setMine(read())}>
                看差别，定去留
              </Button>
            )}
          </Flex>
        }
      />
      {mine && (
        <Settle
          year={year}
          version={version}
          mine={mine}
          autosave={autosave}
          onTake={onTake}
          onClose={() => setMine(null)}
        />
      )}
    </>
  )
}

type SettleProps = Pick<ConflictProps, 'year' | 'autosave' | 'onTake'> & {
  version: number
  mine: Draft
  onClose: () => void
}

/** What differs, and the two ways on. */
function Settle({ year, version, mine, autosave, onTake, onClose }: SettleProps) {
  const theirs = useApi(summaryApi.version(year, version), paperVersion, { enabled: version > 0 })
  const { data } = theirs
  return (
    <Modal
      open
      width={760}
      title={data ? `您写的与${data.by}保存的` : '您写的与对方保存的'}
      onCancel={onClose}
      footer={[
        <Button key="later" onClick={onClose}>
          先不定
        </Button>,
        <Button key="theirs" disabled={!data} onClick={() => data && onTake(data.draft, data.version)}>
          改用对方的
        </Button>,
        <Button key="mine" type="primary" onClick={() => void latest().then((now) => autosave.saveOver(now))}>
          以我的为准保存
        </Button>,
      ]}
    >
      <p className="side-none">
        绿色是您这里多的，划去的是对方多的。以您的为准时，对方的留在版本里；改用对方的，您这里多的不再保留。
      </p>
      <Loaded query={theirs} rows={6}>
        {({ draft }) => <Changes from={draft} to={mine} />}
      </Loaded>
    </Modal>
  )

  /** The version that stands now: they may have saved again since. */
  async function latest(): Promise<number> {
    const now = await call(summaryApi.preview(year), summaryPreview)
    return now.version
  }
}
