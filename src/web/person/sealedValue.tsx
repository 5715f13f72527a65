import { EyeOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { revealed } from '#person/api.ts'
import { purposes, purposesFor, sealedLabels, type ReadPurpose, type SealedField } from '#person/purposes.ts'
import { sealedText } from '#person/words.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { personApi } from './addresses.ts'

type SealedValueProps = { personId: string; field: SealedField; mask: string; may: boolean }

/** A mask; 查看 asks for purpose and reason, shows the value here alone and until the drawer closes. */
export function SealedValue({ personId, field, mask, may }: SealedValueProps) {
  const [asking, setAsking] = useState(false)
  const [value, setValue] = useState<string | null>(null)
  return (
    <span className="member-sealed num">
      {value === null ? mask : <b>{sealedText(field, value)}</b>}
      {may && value === null && (
        <Button size="small" type="link" icon={<EyeOutlined />} onClick={() => setAsking(true)}>
          {`查看${sealedLabels[field]}`}
        </Button>
      )}
      {asking && (
        <AskReveal
          personId={personId}
          field={field}
          onClose={() => setAsking(false)}
          onValue={(found) => {
            setValue(found ?? '没有登记')
            setAsking(false)
          }}
        />
      )}
    </span>
  )
}

type AskRevealProps = {
  personId: string
  field: SealedField
  onClose: () => void
  onValue: (value: string | null) => void
}

function AskReveal({ personId, field, onClose, onValue }: AskRevealProps) {
  const choices = purposesFor(field)
  const [purpose, setPurpose] = useState<ReadPurpose>(choices[0]!)
  const [reason, setReason] = useState('')
  const act = useAct(
    (body: object, _key) => call(personApi.reveals(personId), revealed, { method: 'POST', body }),
    ({ value }) => onValue(value),
  )
  const issues = act.error ? (toProblem(act.error).body.issues ?? []) : []
  const issueAt = (name: string) => issues.find((i) => i.field === name)?.message
  return (
    <Modal
      open
      title={`查看${sealedLabels[field]}`}
      okText="查看"
      cancelText="取消"
      okButtonProps={{ loading: act.busy, disabled: reason.trim() === '' }}
      onOk={() => act.run({ field, purpose, reason })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item
          label="用途"
          htmlFor="revealPurpose"
          required
          {...(issueAt('purpose') ? { validateStatus: 'error' as const, help: issueAt('purpose') } : {})}
        >
          <Select
            id="revealPurpose"
            value={purpose}
            options={choices.map((p) => ({
              value: p,
              label: `${purposes[p].label}（${purposes[p].basis === '同意' ? '须她本人同意' : purposes[p].basis}）`,
            }))}
            onChange={setPurpose}
          />
        </Form.Item>
        <Form.Item
          label="理由"
          htmlFor="revealReason"
          required
          {...(issueAt('reason') ? { validateStatus: 'error' as const, help: issueAt('reason') } : {})}
        >
          <Input.TextArea
            id="revealReason"
            autoFocus
            maxLength={200}
            autoSize={{ minRows: 2, maxRows: 4 }}
            placeholder="如：电话通知她 4 月 20 日参加培训"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      {act.error && issues.length === 0 ? (
        <Failure error={act.error} />
      ) : (
        <Alert
          type="info"
          showIcon
          title="查看的时间、单位、岗位、用途和理由会显示在她的「谁看过我的信息」里，并记入审计"
        />
      )}
    </Modal>
  )
}
