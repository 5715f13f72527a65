import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { anything, call } from '../api/client.dom.ts'
import { issueAt } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { faultAt, NewPassword } from './newPassword.tsx'

type Values = { current: string; password: string }

/** Changes one's own password; the other devices are signed out by it. */
export function ChangePassword({ rules, onDone }: { rules: string; onDone: () => void }) {
  const change = useMutation({
    mutationFn: ({ current, password }: Values) =>
      call(api.accountPassword, anything, { method: 'POST', body: { current, password } }),
    retry: false,
    onSuccess: onDone,
  })
  const atField = issueAt(change.error, 'current') ?? issueAt(change.error, 'password')
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      onFinish={({ current, password }) => change.mutate({ current, password })}
    >
      <Form.Item
        label="现在的密码"
        name="current"
        rules={[{ required: true, message: '请填写现在的密码' }]}
        {...faultAt(change.error, 'current')}
      >
        <Input.Password autoComplete="current-password" maxLength={1000} />
      </Form.Item>
      <NewPassword rules={rules} error={change.error} />
      {change.error && !atField && (
        <Form.Item>
          <Failure error={change.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        修改密码
      </Button>
    </Form>
  )
}
