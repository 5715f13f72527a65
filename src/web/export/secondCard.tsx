import './export.css'
import { App, Button, Card, Flex, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { secondList, type SecondLine } from '#export/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatCount, formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { exportApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

const useSecond = () => {
  const { post } = useMe()
  return (
    useApi(exportApi.second, secondList, { enabled: post.role === 'cadre', staleTime: 30_000 }).data?.rows ??
    []
  )
}

/** 待我批准: exports of many persons that another of her unit or of one below asked for. */
export function SecondCard() {
  const rows = useSecond()
  const [deciding, setDeciding] = useState<{ row: SecondLine; approve: boolean } | null>(null)
  return (
    <>
      {rows.length > 0 && (
        <Card size="small" title="待我批准" className="second-notice">
          <Flex vertical gap={12}>
            {rows.map((row) => (
              <Flex key={row.id} className="second-row" justify="space-between" gap={8} wrap>
                <Waiting row={row} />
                <Flex gap={8}>
                  <Button onClick={() => setDeciding({ row, approve: false })}>退回</Button>
                  <Button type="primary" onClick={() => setDeciding({ row, approve: true })}>
                    批准
                  </Button>
                </Flex>
              </Flex>
            ))}
            <CutNote list="exportSeconds" count={rows.length} />
          </Flex>
        </Card>
      )}
      {deciding && <DecideDialog {...deciding} onClose={() => setDeciding(null)} />}
    </>
  )
}

function Waiting({ row }: { row: SecondLine }) {
  return (
    <div className="second-what">
      <b>{`${row.org.shortName} ${row.person}：${row.title} ${formatCount(row.rows)} 行`}</b>{' '}
      {row.full && <Tag color="red">完整信息</Tag>}
      <div>{`用途：${row.reason}`}</div>
      <div className="page-sub num">
        {`栏目：${row.columns}`}
        <br />
        {`${formatInstant(row.askedAt)} 申请，${formatInstant(row.untilAt)} 前有效`}
      </div>
    </div>
  )
}

type DecideProps = { row: SecondLine; approve: boolean; onClose: () => void }

function DecideDialog({ row, approve, onClose }: DecideProps) {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const act = useAct(
    (_: null, key) =>
      call(exportApi.decide(row.id), anything, { method: 'POST', key, body: { approve, reason } }),
    () => {
      void message.success(approve ? '已批准，申请人收到消息' : '已退回，申请人收到消息')
      onClose()
    },
  )
  const fault = act.error ? toProblem(act.error).body.issues?.[0]?.message : undefined
  return (
    <Modal
      open
      title={approve ? '批准导出' : '退回导出申请'}
      okText={approve ? '批准' : '退回'}
      cancelText="取消"
      okButtonProps={{ loading: act.busy }}
      onOk={() => act.run(null)}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <Waiting row={row} />
        <div className="ask-row">
          <label htmlFor="second-reason">{approve ? '意见（选填）' : '退回理由'}</label>
          <Input.TextArea
            id="second-reason"
            autoFocus
            maxLength={200}
            autoSize={{ minRows: 2, maxRows: 4 }}
            value={reason}
            status={fault ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
          />
          {fault && <div className="export-fault">{fault}</div>}
        </div>
        {approve && (
          <div className="page-sub">批准后系统按申请人的权限生成文件，只有她本人能取；您的批准记入审计。</div>
        )}
        {act.error && !fault ? <Failure error={act.error} /> : null}
      </Flex>
    </Modal>
  )
}
