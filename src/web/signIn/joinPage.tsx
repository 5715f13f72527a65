import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Result } from 'antd'
import { useState } from 'react'
import { invitationLook, invitationUsed } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { issueAt } from '../api/problem.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { NewPassword } from './newPassword.tsx'
import { SignInCard } from './page.tsx'

const onward = (): void => window.location.assign(paths.home)

/** Behind an invitation or a reset: the new password. The token stands behind # and leaves the address at once. */
export function JoinPage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => {
      window.history.replaceState(null, '', paths.join)
      return call(api.invitationLook, invitationLook, { method: 'POST', body: { token } })
    },
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const set = useMutation({
    mutationFn: (password: string) =>
      call(api.invitationUse, invitationUsed, { method: 'POST', body: { token, password } }),
    retry: false,
    onSuccess: ({ isOpen }) => {
      if (isOpen) onward()
    },
  })
  if (set.data && !set.data.isOpen)
    return (
      <SignInCard title="密码已设置">
        <Result
          status="success"
          subTitle="您的岗位还没有生效（在等安全管理员批准，或起始日未到）。生效后用登录名和密码登录。"
          extra={<Button onClick={onward}>去登录页</Button>}
        />
      </SignInCard>
    )
  return (
    <SignInCard title={look.data?.kind === 'reset' ? '重设密码' : '设置密码'} who={look.data?.name}>
      <Loaded query={look} rows={5}>
        {({ login, passwordRules, kind }) => (
          <Form<{ password: string }>
            layout="vertical"
            size="large"
            requiredMark={false}
            onFinish={({ password }) => set.mutate(password)}
          >
            <Form.Item label="登录名" extra="以后用它登录，请记下">
              <Input aria-label="登录名" value={login} readOnly autoComplete="username" />
            </Form.Item>
            <NewPassword rules={passwordRules} error={set.error} />
            {set.error && !issueAt(set.error, 'password') && (
              <Form.Item>
                <Failure error={set.error} />
              </Form.Item>
            )}
            <Button type="primary" htmlType="submit" block loading={set.isPending}>
              设置密码
            </Button>
            <Alert
              className="sign-in-why"
              type="info"
              title={kind === 'reset' ? '下一步：输入动态验证码' : '下一步：绑定手机上的动态验证码'}
            />
          </Form>
        )}
      </Loaded>
    </SignInCard>
  )
}
