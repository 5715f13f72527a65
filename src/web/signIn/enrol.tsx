import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, QRCode, Typography } from 'antd'
import { factorOffer, recoveryCodes } from '#identity/api.ts'
import { useQuery } from '@tanstack/react-query'
import { call } from '../api/client.dom.ts'
import { issueAt } from '../api/problem.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { RecoveryCodes } from './recoveryCodes.tsx'

/** Binds an authenticator app: scan, first code, ten recovery codes. */
export function Enrol({ onBound, onDone }: { onBound?: () => void; onDone: () => void }) {
  const offer = useQuery({
    queryKey: ['factor offer'],
    queryFn: () => call(api.factor, factorOffer, { method: 'POST' }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const confirm = useMutation({
    mutationFn: (code: string) =>
      call(api.factorConfirm, recoveryCodes, {
        method: 'POST',
        body: { ticket: offer.data?.ticket ?? '', code },
      }),
    retry: false,
    onSuccess: () => onBound?.(),
  })
  if (confirm.data) return <RecoveryCodes codes={confirm.data.codes} onDone={onDone} />
  return (
    <Loaded query={offer} rows={6}>
      {({ uri, secret }) => (
        <Form<{ code: string }>
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={({ code }) => confirm.mutate(code)}
        >
          <ol className="enrol-steps">
            <li>在手机上打开任意一款验证器（支持 TOTP，如系统自带的密码管理器、微软验证器等）。</li>
            <li>扫描二维码，或手工输入密钥。</li>
            <li>把手机上显示的 6 位数字填在下面。</li>
          </ol>
          <Flex vertical align="center" gap={8} className="enrol-code">
            <QRCode
              aria-label="身份验证器的二维码"
              value={uri}
              type="svg"
              size={184}
              bordered={false}
              errorLevel="M"
            />
            <Typography.Text copyable={{ text: secret, tooltips: ['复制密钥', '已复制'] }} className="num">
              {(secret.match(/.{1,4}/g) ?? []).join(' ')}
            </Typography.Text>
          </Flex>
          <Form.Item
            label="动态验证码"
            name="code"
            rules={[{ required: true, message: '请填写 6 位数字' }]}
            {...(issueAt(confirm.error, 'code')
              ? { validateStatus: 'error' as const, help: issueAt(confirm.error, 'code') }
              : {})}
          >
            <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} className="code-input" />
          </Form.Item>
          {confirm.error && !issueAt(confirm.error, 'code') && (
            <Form.Item>
              <Failure error={confirm.error} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={confirm.isPending}>
            绑定
          </Button>
          <Alert
            className="sign-in-why"
            type="info"
            title="为什么要绑定"
            description="系统里有职工的个人信息。只凭密码不能进入，别人拿到密码也没有用。"
          />
        </Form>
      )}
    </Loaded>
  )
}
