import { SafetyCertificateOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Modal, Select, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { StatutoryTable } from '#figures/statutory/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { Failure } from '../kit/states.tsx'
import { shortHash } from '../summary/paper.ts'
import { statutoryApi } from './addresses.ts'
import { stateColors, stateWords } from './words.ts'

type HeadProps = { table: StatutoryTable; onRevision: (revision: number) => void }

/** 表头: legal facts of the form, or that they are missing; its state and signature. */
export function LegalHead({ table, onRevision }: HeadProps) {
  const { post } = useMe()
  const [isOpen, setOpen] = useState(false)
  const { head, signed, revisions } = table
  return (
    <dl className="statutory-head">
      {head ? (
        <>
          <Fact name="表号" value={head.formNo} />
          <Fact name="制定机关" value={head.issuer} />
          <Fact name="批准或备案文号" value={head.approvalNo} />
          <Fact name="有效期限" value={`${head.validFrom} 至 ${head.validUntil}`} />
        </>
      ) : (
        <Fact name="表号" value="本系统自拟表式，尚未录入表号、制定机关和文号" />
      )}
      <div>
        <dt>状态</dt>
        <dd>
          <Tag color={stateColors[table.state]}>{stateWords[table.state]}</Tag>
          {table.preparedBy && `填表人 ${table.preparedBy}`}
          {signed && (
            <>
              ，{signed.by} 于 {formatInstant(signed.at)} 签发，
              <span title={signed.hash}>
                <SafetyCertificateOutlined /> 校验码 <code>{shortHash(signed.hash)}</code>
              </span>
            </>
          )}
          {revisions.length > 1 && (
            <Select
              size="small"
              aria-label="第几次填报"
              value={table.revision}
              options={revisions.map((value) => ({ value, label: `第 ${value} 次` }))}
              onChange={onRevision}
            />
          )}
        </dd>
      </div>
      {post.role === 'cadre' && post.org.tier === 'city' && !signed && (
        <Button size="small" className="no-print" onClick={() => setOpen(true)}>
          {head ? '修改表头' : '录入表号'}
        </Button>
      )}
      {isOpen && <HeadDialog table={table} onClose={() => setOpen(false)} />}
    </dl>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)

type Values = { formNo: string; issuer: string; approvalNo: string; valid: [Dayjs, Dayjs] | null }
const dayOf = (day: Dayjs | undefined): string => day?.format('YYYY-MM-DD') ?? ''

function HeadDialog({ table, onClose }: { table: StatutoryTable; onClose: () => void }) {
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const { head } = table
  const save = useAct(
    ({ valid, ...words }: Values, key) =>
      call(statutoryApi.head(table.layout), anything, {
        method: 'PUT',
        key,
        body: { ...words, validFrom: dayOf(valid?.[0]), validUntil: dayOf(valid?.[1]) },
      }),
    () => {
      void message.success('表头已保存')
      onClose()
    },
  )
  const help = (field: string) => {
    const fault = issueAt(save.error, field)
    return fault ? { validateStatus: 'error' as const, help: fault } : {}
  }
  const isTold = ['formNo', 'issuer', 'approvalNo', 'validFrom', 'validUntil'].some((f) =>
    issueAt(save.error, f),
  )
  return (
    <Modal
      open
      title="报表表头"
      okText="保存"
      confirmLoading={save.busy}
      onOk={() => save.run(form.getFieldsValue())}
      onCancel={onClose}
    >
      <p className="page-sub">表头不全的报表，单位有权拒绝填报（统计法第十七条）。</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          formNo: head?.formNo ?? '',
          issuer: head?.issuer ?? '',
          approvalNo: head?.approvalNo ?? '',
          valid: head ? [dayjs(head.validFrom), dayjs(head.validUntil)] : null,
        }}
      >
        <Form.Item name="formNo" label="表号" {...help('formNo')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="issuer" label="制定机关" {...help('issuer')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="approvalNo" label="批准或备案文号" {...help('approvalNo')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="valid" label="有效期限" {...help('validFrom')} {...help('validUntil')}>
          <DayRange />
        </Form.Item>
      </Form>
      {Boolean(save.error) && !isTold && <Failure error={save.error} retry={save.again} />}
    </Modal>
  )
}
