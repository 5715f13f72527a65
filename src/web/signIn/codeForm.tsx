import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { anything, call } from '../api/client.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'

type CodeFormProps = {
  label?: string
  /** False for who has passkeys alone: then only a recovery code can be typed. */
  hasCode?: boolean
  /** Another way stands above, which has the focus. */
  isSecond?: boolean
  onDone: () => void
}

/** Six digits of the app, or one of the recovery codes. */
export function CodeForm({ label = '继续', hasCode = true, isSecond = false, onDone }: CodeFormProps) {
  const [isRecovery, setRecovery] = useState(!hasCode)
  const give = useMutation({
    mutationFn: (body: { code: string }) => call(api.sessionFactor, anything, { method: 'POST', body }),
    retry: false,
    onSuccess: onDone,
  })
  return (
    <Form<{ code: string }>
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={(body) => give.mutate(body)}
    >
      <Form.Item
        label={isRecovery ? '恢复码' : '动态验证码'}
        name="code"
        extra={isRecovery ? '当时保存的十个恢复码之一，每个只能用一次' : '打开手机上的验证器，输入 6 位数字'}
        rules={[{ required: true, message: isRecovery ? '请填写恢复码' : '请填写 6 位数字' }]}
      >
        <Input
          key={isRecovery ? 'recovery' : 'app'}
          autoFocus={!isSecond}
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          maxLength={isRecovery ? 20 : 8}
          className="code-input"
        />
      </Form.Item>
      {give.error && (
        <Form.Item>
          <Failure error={give.error} />
        </Form.Item>
      )}
      <Button type={isSecond ? 'default' : 'primary'} htmlType="submit" block loading={give.isPending}>
        {label}
      </Button>
      {hasCode && (
        <Button type="link" size="middle" block onClick={() => setRecovery(!isRecovery)}>
          {isRecovery ? '改用动态验证码' : '手机不在身边？用恢复码'}
        </Button>
      )}
    </Form>
  )
}
