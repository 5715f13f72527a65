import { CameraOutlined, CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { App, Button, Flex } from 'antd'
import { frozen, type SummaryPreview } from '#figures/summaryApi.ts'
import { formatInstant } from '../format.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { fileHref, snapshotPath, summaryApi } from './addresses.ts'
import { shortHash } from './paper.ts'

type SnapshotsProps = { preview: SummaryPreview }

/** The frozen versions: what was printed, whether anything moved since, the Word files. */
export function Snapshots({ preview }: SnapshotsProps) {
  const { modal, message } = App.useApp()
  const freeze = useAct(
    (body: { year: number }, key) => call(summaryApi.snapshots, frozen, { method: 'POST', body, key }),
    ({ id, hash }) => void message.success(`快照 ${id} 已存，校验码 ${shortHash(hash)}`),
  )
  const ask = () =>
    modal.confirm({
      title: `为 ${preview.year} 年总结存一份快照？`,
      content: `全文和 ${preview.figures} 个数字按现在的样子留存。以后记录再有补报或更正，快照不变，差异会在这里列出。签发时会自动存一份作为定稿。`,
      okText: '存快照',
      onOk: () => freeze.run({ year: preview.year }),
    })
  return (
    <>
      {preview.mayFreeze && (
        <Button type="primary" block icon={<CameraOutlined />} loading={freeze.busy} onClick={ask}>
          存一份快照
        </Button>
      )}
      {freeze.error && <Failure error={freeze.error} retry={freeze.again} />}
      {preview.snapshots.length === 0 && (
        <p className="side-none">还没有定稿。正文里的数字随记录变动，签发时全文和数字一并留存。</p>
      )}
      <ul className="side-snapshots">
        {preview.snapshots.map((snapshot) => (
          <li key={snapshot.id}>
            <Flex justify="space-between" align="center" gap={8}>
              <Link to={snapshotPath} params={{ snapshot: snapshot.id }}>
                <b>{snapshot.id}</b>
              </Link>
              {snapshot.moved === 0 ? (
                <span className="is-complete">
                  <CheckCircleOutlined /> 与现在一致
                </span>
              ) : (
                <span className="is-waiting">
                  <ClockCircleOutlined /> {snapshot.moved} 个数字已变动
                </span>
              )}
            </Flex>
            <small>
              {formatInstant(snapshot.at)} · {snapshot.by}
            </small>
            <small>
              校验码 <code>{shortHash(snapshot.hash)}</code>
            </small>
            <Downloads id={snapshot.id} hasPdf={preview.hasPdf} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** The files of a snapshot. */
export function Downloads({ id, hasPdf = false }: { id: string; hasPdf?: boolean }) {
  return (
    <Flex gap={8} wrap className="downloads">
      <Button
        size="small"
        href={fileHref({ snapshot: id }, { mode: 'clean' })}
        download
        title="不带批注，供印发"
      >
        Word 清样
      </Button>
      <Button
        size="small"
        href={fileHref({ snapshot: id }, { mode: 'review' })}
        download
        title="每个数字带批注：准确值、口径和出处"
      >
        Word 审阅版
      </Button>
      {hasPdf && (
        <Button size="small" href={fileHref({ snapshot: id }, { as: 'pdf' })} download>
          PDF
        </Button>
      )}
    </Flex>
  )
}
