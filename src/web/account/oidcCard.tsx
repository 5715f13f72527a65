import { App, Button, Card, Flex } from 'antd'
import type { OwnAccount } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import { OidcButton } from '../signIn/oidcButton.tsx'

/** 统一身份: binds one's person at another authority to this account, and unbinds it. */
export function OidcCard({ oidc }: { oidc: NonNullable<OwnAccount['oidc']> }) {
  const { message } = App.useApp()
  const end = useAct(
    (_: null, key) => call(api.oidcBind, anything, { method: 'DELETE', key }),
    () => void message.success('已解除绑定'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <Card title={oidc.label} size="small">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <span>{oidc.isBound ? '已绑定，可代替密码登录；动态验证码仍要输入' : '绑定后可代替密码登录'}</span>
        {oidc.isBound ? (
          <Button loading={end.busy} onClick={() => end.run(null)}>
            解除绑定
          </Button>
        ) : (
          <OidcButton address={api.oidcBind} label="绑定" />
        )}
      </Flex>
    </Card>
  )
}
