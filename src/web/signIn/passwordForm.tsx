import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { anything, call } from '../api/client.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'

type Values = { login: string; password: string }
type PasswordFormProps = { login?: string; onDone: () => void }

/** Name and password; the name stands when the same person signs in again. */
export function PasswordForm({ login, onDone }: PasswordFormProps) {
  const enter = useMutation({
    mutationFn: (body: Values) => call(api.sessionPassword, anything, { method: 'POST', body }),
    retry: false,
    onSuccess: onDone,
  })
  return (
    <Form<Values>
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={{ login: login ?? '', password: '' }}
      onFinish={(values) => enter.mutate(values)}
    >
      <Form.Item label="登录名" name="login" rules={[{ required: true, message: '请填写登录名' }]}>
        <Input autoComplete="username" autoFocus={!login} disabled={Boolean(login)} maxLength={100} />
      </Form.Item>
      <Form.Item label="密码" name="password" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" autoFocus={Boolean(login)} maxLength={1000} />
      </Form.Item>
      {enter.error && (
        <Form.Item>
          <Failure error={enter.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={enter.isPending}>
        登录
      </Button>
    </Form>
  )
}
