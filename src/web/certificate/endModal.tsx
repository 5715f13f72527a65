import { App, Form, Input } from 'antd'
import type { Certificate } from '#certificate/api.ts'
import { findCertificate } from '#certificate/layouts.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { certificateApi } from './addresses.ts'

export type Ending = { kind: 'revocation' | 'renewal'; row: Certificate }
type Values = { reason: string; name?: string }

/** Takes a certificate's force, or issues it anew: either way with a reason that stays in the ledger. */
export function EndModal({
  ending,
  onClose,
  onDone,
}: {
  ending: Ending
  onClose: () => void
  onDone: () => void
}) {
  const { kind, row } = ending
  const { message } = App.useApp()
  const isAnew = kind === 'renewal'
  const takesName = isAnew && findCertificate(row.layout)?.recipient === 'names'
  const act = useAct(
    ({ reason, name }: Values, key) =>
      call(certificateApi[kind](row.id), anything, {
        method: 'POST',
        key,
        body: { reason, ...(takesName && name ? { name } : {}) },
      }),
    () => {
      onDone()
      void message.success(isAnew ? '已换发，新证书排在台账最前' : '已撤销，核验时会显示')
    },
  )
  return (
    <FormModal<Values>
      title={isAnew ? `换发 ${row.no}` : `撤销 ${row.no}`}
      okText={isAnew ? '换发' : '撤销'}
      danger={!isAnew}
      act={act}
      told={hasIssueAt(act.error, ['reason', 'name', 'names'])}
      initialValues={{ reason: '', name: row.recipient }}
      onClose={onClose}
    >
      <p>
        {isAnew
          ? `给${row.recipient}按现在的记录另发一份，编号和验证码都换新；原来的一份核验时显示“已换发”。`
          : `${row.recipient}的这份证书不再有效，核验时显示“已撤销”；台账里保留。`}
      </p>
      {takesName && (
        <Form.Item
          label="姓名"
          name="name"
          rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
          {...faultAt(act.error, 'names')}
        >
          <Input maxLength={60} />
        </Form.Item>
      )}
      <Form.Item
        label="理由"
        name="reason"
        extra="只在本单位台账里显示，核验的人看不到"
        rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
      </Form.Item>
    </FormModal>
  )
}
