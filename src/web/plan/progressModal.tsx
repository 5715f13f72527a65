import { App, Form, Input } from 'antd'
import type { PlanItem } from '#figures/plan/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { EvidencePick } from '../record/evidencePick.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { planApi } from './addresses.ts'

type Values = { note?: string; programme?: string; record?: string }

/** A task is done: by which record, or in her own words. */
export function ProgressModal({ item, onClose }: { item: PlanItem; onClose: () => void }) {
  const { message } = App.useApp()
  const tell = useAct(
    ({ note, record }: Values, key) =>
      call(planApi.progress(item.id), anything, {
        method: 'POST',
        key,
        body: { version: item.version, done: true, note: note ?? '', record: record ?? null },
      }),
    () => {
      onClose()
      void message.success('已登记完成')
    },
  )
  return (
    <FormModal<Values>
      title="登记完成"
      okText="登记"
      act={tell}
      told={hasIssueAt(tell.error, ['note', 'record'])}
      initialValues={{}}
      onClose={onClose}
    >
      <p>“{item.task}”</p>
      <Form.Item label="完成情况" name="note" {...faultAt(tell.error, 'note')}>
        <Input.TextArea
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 6 }}
          placeholder="例如：4月2日印发通知，各区市县均已部署"
        />
      </Form.Item>
      <EvidencePick name="record" error={tell.error} faultField="record" />
    </FormModal>
  )
}
