import { Link } from '@tanstack/react-router'
import { App, Button, DatePicker, Form, Input, Table, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { aidDone, type Aid, type AidStep } from '#hardship/api.ts'
import { periodWords } from '#hardship/clock.ts'
import { aidStateWords } from '#hardship/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { yuan } from './yuan.ts'
import { Sideways } from '../kit/sideways.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'
import { aidColors } from './colors.ts'
import { ClaimButton } from './condolence.tsx'
import { useFailed } from '../kit/failed.ts'

type AidTableProps = {
  rows: Aid[]
  /** Beside her own file the name is known. */
  named?: boolean
  chosen?: string[]
  onChosen?: (ids: string[]) => void
}

const said: Readonly<Record<AidStep['step'], string>> = {
  check: '核对通过，待帮扶中心审批',
  approve: '审批通过，待发放',
  refuse: '已登记不予发放',
  receipt: '签收已登记',
}
const labels: Readonly<Record<AidStep['step'], string>> = {
  check: '核对',
  approve: '审批',
  refuse: '不予发放',
  receipt: '登记签收',
}

const hands = (aid: Aid): string =>
  [
    `登记 ${aid.entered}`,
    aid.checked && `核对 ${aid.checked}`,
    aid.approved && `审批 ${aid.approved}`,
    aid.payer && `发放 ${aid.payer}`,
  ]
    .filter(Boolean)
    .join('，')

/** Aids with what the reader may do to each. Who entered, checked, approved and paid are four people. */
export function AidTable({ rows, named = true, chosen, onChosen }: AidTableProps) {
  const { message } = App.useApp()
  const [dialog, setDialog] = useState<{ aid: Aid; step: 'refuse' | 'receipt' } | null>(null)
  const failed = useFailed()
  const act = useAct(
    ({ aid, step }: { aid: Aid; step: 'check' | 'approve' }, key) =>
      call(hardshipApi.aidSteps(aid.id), aidDone, {
        method: 'POST',
        key,
        body: { step, version: aid.version },
      }),
    (_, { step }) => void message.success(said[step]),
    failed,
  )
  return (
    <>
      <Sideways label="帮扶记录">
        <Table<Aid>
          className="hardship-aids"
          size="small"
          rowKey="id"
          pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          dataSource={rows}
          {...(chosen && onChosen
            ? {
                rowSelection: {
                  selectedRowKeys: chosen,
                  onChange: (keys: React.Key[]) => onChosen(keys.map(String)),
                  getCheckboxProps: (aid: Aid) => ({ 'aria-label': `选择 ${aid.name} ${aid.kind}` }),
                },
              }
            : {})}
          columns={[
            ...(named
              ? [
                  {
                    title: '姓名',
                    render: (_: unknown, aid: Aid) => (
                      <>
                        {aid.fileId === null ? (
                          aid.name
                        ) : (
                          <Link to={paths.hardshipFile} params={{ id: aid.fileId }}>
                            {aid.name}
                          </Link>
                        )}
                        <div className="hardship-aside">{aid.org.shortName}</div>
                      </>
                    ),
                  },
                ]
              : []),
            {
              title: '帮扶',
              render: (_, aid) => (
                <>
                  {aid.kind}
                  <div className="hardship-aside num">{periodWords(aid.period)}</div>
                </>
              ),
            },
            {
              title: '金额（元）',
              align: 'right',
              render: (_, aid) => <span className="num">{yuan(aid.amount)}</span>,
            },
            { title: '资金', render: (_, aid) => aid.fund },
            {
              title: '状态',
              render: (_, aid) => (
                <>
                  <Tag color={aidColors[aid.state]}>{aidStateWords[aid.state]}</Tag>{' '}
                  {aid.paidOn && <span className="hardship-aside num">{aid.paidOn}</span>}
                  {aid.receiptOn && (
                    <div className="hardship-aside num">{`${aid.receiptBy} ${aid.receiptOn} 签收`}</div>
                  )}
                  {aid.state === 'refused' && aid.answer && (
                    <div className="hardship-aside">{aid.answer}</div>
                  )}
                  {aid.afterExit && <div className="hardship-due">到账在销档日以后</div>}
                </>
              ),
            },
            { title: '经办', render: (_, aid) => <span className="hardship-aside">{hands(aid)}</span> },
            {
              title: '办理',
              render: (_, aid) => [
                aid.mayReveal && <ClaimButton key="claim" aid={aid} />,
                ...(aid.acts as AidStep['step'][]).map((step) => (
                  <Button
                    key={step}
                    size="small"
                    style={{ marginRight: 6 }}
                    type={step === 'check' || step === 'approve' ? 'primary' : 'default'}
                    aria-label={`${labels[step]} ${aid.name} ${aid.kind}`}
                    loading={act.busy}
                    onClick={() =>
                      step === 'check' || step === 'approve'
                        ? act.run({ aid, step })
                        : setDialog({ aid, step })
                    }
                  >
                    {labels[step]}
                  </Button>
                )),
              ],
            },
          ]}
        />
      </Sideways>
      {dialog?.step === 'refuse' && <RefuseModal aid={dialog.aid} onClose={() => setDialog(null)} />}
      {dialog?.step === 'receipt' && <ReceiptModal aid={dialog.aid} onClose={() => setDialog(null)} />}
    </>
  )
}

function useStep<V>(aid: Aid, step: AidStep['step'], onClose: () => void, body: (values: V) => object) {
  const { message } = App.useApp()
  return useAct(
    (values: V, key) =>
      call(hardshipApi.aidSteps(aid.id), aidDone, {
        method: 'POST',
        key,
        body: { step, version: aid.version, ...body(values) },
      }),
    () => {
      onClose()
      void message.success(said[step])
    },
  )
}

function RefuseModal({ aid, onClose }: { aid: Aid; onClose: () => void }) {
  const act = useStep<{ reason: string }>(aid, 'refuse', onClose, ({ reason }) => ({ reason }))
  return (
    <FormModal<{ reason: string }>
      title={`不予发放：${aid.name} ${aid.kind}`}
      okText="不予发放"
      danger
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <Form.Item
        label="理由"
        name="reason"
        extra="不予发放后，这个周期里可以重新申请这类帮扶"
        rules={[{ required: true, whitespace: true, message: '请填写不予发放的理由' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  )
}

function ReceiptModal({ aid, onClose }: { aid: Aid; onClose: () => void }) {
  const { today } = useMe()
  const act = useStep<{ by: string; on: Dayjs }>(aid, 'receipt', onClose, ({ by, on }) => ({
    by,
    on: on.format('YYYY-MM-DD'),
  }))
  return (
    <FormModal<{ by: string; on: Dayjs }>
      title={`登记签收：${aid.name} ${aid.kind}`}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['by', 'on'])}
      initialValues={{ by: aid.name, on: dayjs(today) }}
      onClose={onClose}
    >
      <Form.Item
        label="签收人"
        name="by"
        rules={[{ required: true, whitespace: true, message: '请填写签收人姓名' }]}
        {...faultAt(act.error, 'by')}
      >
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item
        label="签收日期"
        name="on"
        rules={[{ required: true, message: '请填写签收日期' }]}
        {...faultAt(act.error, 'on')}
      >
        <DatePicker showNow={false} allowClear={false} />
      </Form.Item>
    </FormModal>
  )
}
