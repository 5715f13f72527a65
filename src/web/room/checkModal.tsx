import { App, Form, Input, InputNumber, Radio } from 'antd'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import { findings, type Finding, type Vendor } from '#programmes/careRoom/listing.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

type Values = { finding: Finding; deltaMetres?: number | null; note?: string }

const words: Readonly<Record<Finding, string>> = {
  在线: '在线：搜得到，位置和电话都对',
  偏移: '偏移：搜得到，位置或内容不对（转为“信息有误”）',
  失效: '失效：搜不到了（转为“已下线”）',
}

/** The monthly look at a map. */
export function CheckModal({
  detail,
  vendor,
  onClose,
}: {
  detail: RoomDetail
  vendor: Vendor
  onClose: () => void
}) {
  const { message } = App.useApp()
  const act = useAct(
    ({ finding, deltaMetres, note }: Values, key) =>
      call(roomApi.checks(detail.room.id), anything, {
        method: 'POST',
        key,
        body: { vendor, finding, deltaMetres: deltaMetres ?? null, ...(note ? { note } : {}) },
      }),
    () => {
      onClose()
      void message.success('核对结果已登记')
    },
  )
  return (
    <FormModal<Values>
      title={`核对${vendor}`}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['vendor', 'fromOn', 'state'])}
      initialValues={{ finding: '在线' }}
      onClose={onClose}
    >
      <Form.Item label="核对结果" name="finding" {...faultAt(act.error, 'vendor')}>
        <Radio.Group
          className="room-findings"
          options={(Object.keys(findings) as Finding[]).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      <Form.Item label="与实际位置相差（米，选填）" name="deltaMetres" {...faultAt(act.error, 'fromOn')}>
        <InputNumber controls={false} min={0} max={100000} precision={0} />
      </Form.Item>
      <Form.Item label="说明（选填）" name="note">
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  )
}
