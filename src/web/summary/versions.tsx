import { App, Button, Flex, Modal } from 'antd'
import { useState } from 'react'
import type { Draft } from '#figures/summary/draft.ts'
import { paperVersion, paperVersions, type SummaryPreview } from '#figures/summaryApi.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { summaryApi } from './addresses.ts'
import { Changes } from './changes.tsx'
import type { Desk } from './editor/editor.tsx'
import { momentOf } from './paper.ts'
import { CutNote } from '../kit/cutNote.tsx'

type VersionsProps = { preview: SummaryPreview; desk: Desk | null }

/** Who saved what when; each version against the text as it stands, and back to it. */
export function Versions({ preview, desk }: VersionsProps) {
  const query = useApi(summaryApi.versions(preview.year), paperVersions)
  const [shown, setShown] = useState<number | null>(null)
  return (
    <Loaded query={query} rows={4}>
      {(versions) => (
        <>
          {versions.length === 0 && (
            <p className="side-none">正文还是按模板和现时数字自动起草的，一改动就会留下版本。</p>
          )}
          <ul className="side-snapshots">
            {versions.map(({ version, at, by, note }) => (
              <li key={version}>
                <Flex justify="space-between" align="center" gap={8}>
                  <b>第 {version} 版</b>
                  <Button size="small" onClick={() => setShown(version)}>
                    与现稿比较
                  </Button>
                </Flex>
                <small>
                  {momentOf(at)} · {by}
                </small>
                {note && <small>{note}</small>}
              </li>
            ))}
          </ul>
          <CutNote list="summaryVersions" count={versions.length} />
          {shown !== null && (
            <VersionDialog
              year={preview.year}
              version={shown}
              now={desk?.draft() ?? preview.draft}
              desk={desk}
              onClose={() => setShown(null)}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

type DialogProps = { year: number; version: number; now: Draft; desk: Desk | null; onClose: () => void }

function VersionDialog({ year, version, now, desk, onClose }: DialogProps) {
  const query = useApi(summaryApi.version(year, version), paperVersion)
  const { message } = App.useApp()
  const restore = async () => {
    if (!query.data || !desk) return
    await desk.replace(query.data.draft, `恢复自第 ${version} 版`)
    void message.success(`已恢复第 ${version} 版；恢复前的文字也留在版本里`)
    onClose()
  }
  return (
    <Modal
      open
      width={760}
      title={`第 ${version} 版与现稿`}
      onCancel={onClose}
      okText="恢复这一版"
      okButtonProps={{ disabled: !query.data, hidden: desk === null }}
      cancelText="关闭"
      onOk={() => void restore()}
    >
      <p className="side-none">绿色是现稿多的，划去的是这一版有而现稿没有的。</p>
      <Loaded query={query} rows={6}>
        {({ draft }) => <Changes from={draft} to={now} />}
      </Loaded>
    </Modal>
  )
}
