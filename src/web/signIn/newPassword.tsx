import { Form, Input, type FormItemProps } from 'antd'
import { issueAt } from '../api/problem.ts'

/** A fault that the server named at a field, as the form shows it. */
export const faultAt = (error: unknown, field: string): Pick<FormItemProps, 'validateStatus' | 'help'> => {
  const help = issueAt(error, field)
  return help ? { validateStatus: 'error', help } : {}
}

type NewPasswordProps = { rules: string; error: unknown }

/** The new password twice, with its rules; pasting is welcome. */
export function NewPassword({ rules, error }: NewPasswordProps) {
  return (
    <>
      <Form.Item
        label="新密码"
        name="password"
        extra={rules}
        rules={[{ required: true, message: '请填写新密码' }]}
        {...faultAt(error, 'password')}
      >
        <Input.Password autoComplete="new-password" maxLength={1000} />
      </Form.Item>
      <Form.Item
        label="再填一次"
        name="again"
        dependencies={['password']}
        rules={[
          { required: true, message: '请再填一次新密码' },
          ({ getFieldValue }) => ({
            validator: (_, value: string) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error('两次填写的不一样')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={1000} />
      </Form.Item>
    </>
  )
}
