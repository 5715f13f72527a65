import { App, DatePicker, Form } from 'antd'
import type { Dayjs } from 'dayjs'
import type { StaffLine } from '#childcare/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

type Values = { healthUntil: Dayjs }

/** 健康证: until when it holds. What was found at the examination is asked nowhere. */
export function HealthModal({ id, one, onClose }: { id: string; one: StaffLine; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ healthUntil }: Values, key) =>
      call(childcareApi.person(id, one.id), anything, {
        method: 'PUT',
        key,
        body: { healthUntil: healthUntil.format('YYYY-MM-DD'), version: one.version },
      }),
    () => {
      onClose()
      void message.success(`已登记${one.name}的健康证`)
    },
  )
  return (
    <FormModal<Values>
      title={`${one.name}的健康证`}
      okText="保存"
      act={act}
      told={hasIssueAt(act.error, ['healthUntil'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="有效期至"
        name="healthUntil"
        extra="照健康证上的日期填写；到期次日起，这个班不再对外显示"
        rules={[{ required: true, message: '请选择健康证的有效期' }]}
        {...faultAt(act.error, 'healthUntil')}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
    </FormModal>
  )
}
