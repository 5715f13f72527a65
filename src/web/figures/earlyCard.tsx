import { Button, Card, Input, Modal, Table, Tag } from 'antd'
import { useState } from 'react'
import { earlierTrace, type EarlierTrace } from '#figures/earlier/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { formatDay } from '../format.ts'
import { earlierApi } from '../earlier/addresses.ts'
import { stateWords } from '../earlier/cells.ts'
import { Failure } from '../kit/states.tsx'
import type { Line } from './chapters.ts'
import { formatDelta, formatValue } from './format.ts'
import type { Scope } from './scope.ts'
import { CutNote } from '../kit/cutNote.tsx'

type EarlyCardProps = { line: Line; scope: Scope }

/** The 估报 records of a year: what compares, what stands beside it, and the document that each comes from. */
export function EarlyCard({ line, scope }: EarlyCardProps) {
  const { data } = useApi(earlierApi.trace(scope.org, line.id, scope.year), earlierTrace, {
    enabled: scope.year < Number(useMe().today.slice(0, 4)),
  })
  if (!data || data.parts.length === 0) return null
  return (
    <Card size="small" title={`${data.year}年估报`} className="early-card">
      <p className="early-says">{saysOf(data, line)}</p>
      <Parts data={data} line={line} />
    </Card>
  )
}

/** Which number compares, and how the others stand to it. */
function saysOf({ basis, value, own, below, recorded }: EarlierTrace, { indicator }: Line): string {
  const { kind, unit } = indicator
  const said = (n: number | null) => `${formatValue(n, kind)} ${unit}`
  if (basis === 'recorded') return `当年有逐条记录 ${said(recorded)}，以记录为准；下列估报只供对照，不计入。`
  if (basis === null) return '下列估报还没有审核通过的，不作对比。'
  const gap =
    own !== null && below !== null && own !== below
      ? `本单位填报 ${said(own)}，下级合计 ${said(below)}，相差 ${formatDelta(own, below, kind)}；只用本单位的数，两者不相加。`
      : basis === 'below'
        ? '本单位没有填报，用下级合计。'
        : ''
  return `当年没有逐条记录，对比时用估报 ${said(value)}。${gap}`
}

function Parts({ data, line }: { data: EarlierTrace; line: Line }) {
  const { post } = useMe()
  const [voiding, setVoiding] = useState<string | null>(null)
  const mayVoid = ['city', 'district', 'industry'].includes(post.org.tier)
  return (
    <>
      <CutNote list="earlierParts" count={data.parts.length} />
      <Table
        size="small"
        rowKey="id"
        pagination={data.parts.length > 20 ? { pageSize: 20 } : false}
        scroll={{ x: 'max-content' }}
        dataSource={data.parts}
        columns={[
          { title: '单位', render: (_, { org }) => org.shortName },
          {
            title: line.indicator.unit,
            align: 'right',
            className: 'num',
            render: (_, { value }) => formatValue(value, line.indicator.kind),
          },
          {
            title: '状态',
            render: (_, { state, isCounted, reason }) => (
              <>
                <Tag title={reason || undefined}>{stateWords[state]}</Tag>
                {isCounted ? '用于对比' : '不用'}
              </>
            ),
          },
          { title: '出处', render: (_, { source }) => source },
          { title: '录入', render: (_, { by, at }) => `${by} ${formatDay(at)}` },
          {
            title: '审核',
            render: (_, { decidedBy, decidedAt }) =>
              decidedBy && decidedAt ? `${decidedBy} ${formatDay(decidedAt)}` : '',
          },
          {
            title: '',
            render: (_, { id, state, isMine }) =>
              mayVoid &&
              state === 'accepted' &&
              !isMine && (
                <Button size="small" onClick={() => setVoiding(id)}>
                  作废
                </Button>
              ),
          },
        ]}
      />
      {voiding !== null && <VoidModal id={voiding} onClose={() => setVoiding(null)} />}
    </>
  )
}

function VoidModal({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const act = useAct(
    (body: object, key) => call(earlierApi.decision, anything, { method: 'POST', body, key }),
    onClose,
  )
  return (
    <Modal
      open
      title="作废这个估报数"
      okText="作废"
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={act.busy}
      onCancel={onClose}
      onOk={() => act.run({ action: 'void', ids: [id], reason: reason.trim() })}
    >
      <p>作废后不再用于对比，数和出处仍留在这里备查。</p>
      <Input
        aria-label="作废理由"
        placeholder="作废理由，如：与原件不符，已另行填报"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Modal>
  )
}
