import { Input, Modal, Tag } from 'antd'
import { useState, type ReactNode } from 'react'
import { formFields } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Act, OfferedAction } from '#record/api.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import type { Remarks } from './remarks.tsx'

type AskModalProps = {
  offer: OfferedAction
  remarks: Remarks
  programme: string
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
export function AskModal({ offer, remarks, programme, busy, failure, onCancel, onOk }: AskModalProps) {
  const [reason, setReason] = useState('')
  const [toOrg, setToOrg] = useState<OrgBrief[]>([])
  const handsOver = offer.action === 'handOver'
  const ready = reason.trim() !== '' && (!handsOver || toOrg.length === 1)
  const send = (): void =>
    onOk({
      reason: reason.trim(),
      ...(offer.action === 'return' ? { remarks: remarks.list } : {}),
      ...(handsOver && toOrg[0] ? { toOrg: toOrg[0].id } : {}),
    })
  const known = findProgramme(programme)
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
          <label htmlFor="toOrg">转给哪个单位</label>
          <OrgPicker id="toOrg" value={toOrg} onChange={setToOrg} />
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
      {failure}
    </Modal>
  )
}
