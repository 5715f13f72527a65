import { Input, Modal, Select, Tag } from 'antd'
import { useState, type ReactNode } from 'react'
import { formFields } from '#kit/programme.ts'
import { orgDetail } from '#org/api.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Act, OfferedAction, RecordDetail } from '#record/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { api } from '../paths.ts'
import type { Remarks } from './remarks.tsx'

type AskModalProps = {
  offer: OfferedAction
  remarks: Remarks
  detail: RecordDetail
  busy: boolean
  failure: ReactNode
  onCancel: () => void
  onOk: (rest: Omit<Partial<Act>, 'action'>) => void
}

/** 常用意见, by act. */
const phrases: Record<string, string[]> = {
  return: ['请按批注修改后重新提交', '人次与活动台账不一致，请核对', '请补充活动内容说明', '请核对活动日期'],
  void: ['重复填报', '误填，活动未举办', '应由主办单位填报'],
  handOver: ['属其他单位职责', '请就近核实'],
}

/** Asks the reason of an act; a return also shows the remarks that go with it. */
export function AskModal({ offer, remarks, detail, busy, failure, onCancel, onOk }: AskModalProps) {
  const { post } = useMe()
  const [reason, setReason] = useState('')
  const [toOrg, setToOrg] = useState<number | null>(null)
  const handsOver = offer.action === 'handOver'
  const [copyTo, setCopyTo] = useState<number[]>([])
  const copies = handsOver || offer.action === 'return'
  const above = useApi(api.org(detail.org.id), orgDetail, { enabled: copies })
  const ready = reason.trim() !== '' && (!handsOver || toOrg !== null)
  const send = (): void =>
    onOk({
      reason: reason.trim(),
      ...(offer.action === 'return' ? { remarks: remarks.list } : {}),
      ...(toOrg === null ? {} : { toOrg }),
      ...(copyTo.length > 0 ? { copyTo } : {}),
    })
  const known = findProgramme(detail.programme)
  const labelOf = (field: string): string =>
    (known && (formFields(known)[field]?.label ?? known.children[field]?.label)) ?? field
  return (
    <Modal
      open
      title={offer.label}
      okText={offer.label}
      cancelText="取消"
      okButtonProps={{ disabled: !ready, danger: offer.danger, loading: busy }}
      onOk={send}
      onCancel={onCancel}
    >
      {offer.action === 'return' && (
        <ol className="remark-list">
          {remarks.list.map((remark) => (
            <li key={remark.field}>
              <b>{labelOf(remark.field)}</b>：{remark.body}
            </li>
          ))}
        </ol>
      )}
      {handsOver && (
        <div className="ask-row">
          <label htmlFor="toOrg">转给上报线上的哪个单位</label>
          <Select<number>
            id="toOrg"
            value={toOrg}
            placeholder="请选择"
            loading={above.isPending}
            options={(above.data?.above ?? [])
              .filter((org) => org.id !== detail.turnOf?.id)
              .map((org) => ({ value: org.id, label: org.name }))}
            onChange={setToOrg}
          />
        </div>
      )}
      <div className="ask-row">
        <label htmlFor="ask-reason">{offer.asks}</label>
        <Input.TextArea
          id="ask-reason"
          autoFocus
          value={reason}
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="phrases">
          {(phrases[offer.action] ?? []).map((phrase) => (
            <Tag key={phrase} role="button" tabIndex={0} onClick={() => setReason(phrase)}>
              {phrase}
            </Tag>
          ))}
        </div>
      </div>
      {copies && (
        <div className="ask-row">
          <label htmlFor="copyTo">抄送（可不选）</label>
          <Select<number[]>
            id="copyTo"
            mode="multiple"
            value={copyTo}
            placeholder="只是知会，不要求办理"
            loading={above.isPending}
            options={[...(above.data?.above ?? []), ...detail.coHosts]
              .filter((org) => org.id !== post.org.id && org.id !== toOrg)
              .map((org) => ({ value: org.id, label: org.name }))}
            onChange={setCopyTo}
          />
        </div>
      )}
      {failure}
    </Modal>
  )
}
