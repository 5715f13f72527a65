import { Alert, Button, Checkbox, Descriptions, Form, Input, Modal, Radio } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { PersonDetail } from '#person/api.ts'
import {
  emergencyAsked,
  emergencyKinds,
  emergencyOpened,
  emergencyWords,
  openMinutes,
  reviewDays,
  type EmergencyKind,
} from '#person/emergency.ts'
import { sealedLabels, type SealedField } from '#person/purposes.ts'
import { sealedText } from '#person/words.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { personApi } from './addresses.ts'

type Opened = { values: { field: SealedField; value: string | null }[]; untilAt: string }
type Asked = { kind: EmergencyKind; fields: SealedField[]; reason: string }

/** 紧急查看: kind, fields and reason; the values stand here until the window closes or the half hour is over. */
export function EmergencyDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  // Asked once: where the line broke before it opened, the next try opens what was asked.
  const asked = useRef<string | null>(null)
  const act = useAct(async (body: Asked, key): Promise<Opened> => {
    asked.current ??= (
      await call(personApi.emergencies(person.id), emergencyAsked, { method: 'POST', body, key })
    ).id
    return call(personApi.emergencyOpen(asked.current), emergencyOpened, { method: 'POST' })
  })
  if (act.done) return <Values name={String(person.values['name'])} opened={act.done} onClose={onClose} />
  return <Ask person={person} busy={act.busy} error={act.error} onAsk={act.run} onClose={onClose} />
}

type AskProps = {
  person: PersonDetail
  busy: boolean
  error: unknown
  onAsk: (asked: Asked) => void
  onClose: () => void
}

function Ask({ person, busy, error, onAsk, onClose }: AskProps) {
  const [kind, setKind] = useState<EmergencyKind | null>(null)
  const [fields, setFields] = useState<SealedField[]>([])
  const [reason, setReason] = useState('')
  const offered = person.mayEmergency.filter((field) => field !== 'guardian' || person.masks.guardian)
  const issues = error ? (toProblem(error).body.issues ?? []) : []
  const told = issues.find((issue) => issue.field === 'reason')?.message
  return (
    <Modal
      open
      title={`紧急查看：${String(person.values['name'])}`}
      okText="启用并查看"
      cancelText="取消"
      okButtonProps={{ danger: true, loading: busy, disabled: kind === null || fields.length === 0 }}
      onOk={() => kind && onAsk({ kind, fields, reason })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Alert
          className="emergency-warning"
          type="warning"
          showIcon
          title={`只用于等不及她所在单位的情况：只能打开一次，${openMinutes} 分钟内有效。安全、审计管理员和${person.org.shortName}立即收到通知，${reviewDays} 个工作日内由他人复核，她本人也看得到。`}
        />
        <Form.Item label="紧急情况" required>
          <Radio.Group
            aria-label="紧急情况"
            className="emergency-kinds"
            value={kind}
            options={emergencyKinds.map((value) => ({ value, label: emergencyWords[value] }))}
            onChange={(event) => setKind(event.target.value as EmergencyKind)}
          />
        </Form.Item>
        <Form.Item label="需要查看" required>
          <Checkbox.Group
            aria-label="需要查看"
            value={fields}
            options={offered.map((value) => ({ value, label: sealedLabels[value] }))}
            onChange={setFields}
          />
        </Form.Item>
        <Form.Item
          label="发生了什么，为什么等不及"
          htmlFor="emergencyReason"
          required
          {...(told ? { validateStatus: 'error' as const, help: told } : {})}
        >
          <Input.TextArea
            id="emergencyReason"
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder="如：4 月 16 日 9 时她在工地受伤昏迷，市中心医院急需核对身份，单位电话无人接听"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      {error !== null && !told && <Failure error={error} />}
    </Modal>
  )
}

function Values({ name, opened, onClose }: { name: string; opened: Opened; onClose: () => void }) {
  const { values, untilAt } = opened
  useEffect(() => {
    const timer = window.setTimeout(onClose, Math.max(0, new Date(untilAt).getTime() - Date.now()))
    return () => window.clearTimeout(timer)
  }, [untilAt, onClose])
  return (
    <Modal
      open
      title={`紧急查看：${name}`}
      footer={<Button onClick={onClose}>关闭</Button>}
      closable={false}
      mask={{ closable: false }}
    >
      <Descriptions
        size="small"
        bordered
        column={1}
        items={values.map(({ field, value }) => ({
          key: field,
          label: sealedLabels[field],
          children: <b className="num">{sealedText(field, value)}</b>,
        }))}
      />
      <p className="page-sub">{`关闭后不能再打开；最迟 ${formatInstant(untilAt)} 自动关闭。请只用于这次紧急情况，用后不留存。`}</p>
    </Modal>
  )
}
