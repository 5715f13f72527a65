import { App, Card, Flex } from 'antd'
import { ownAccount } from '#identity/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { ChangePassword } from '../signIn/changePassword.tsx'
import { hasMessages } from '../shell/menu.ts'
import { AwayCard } from './awayCard.tsx'
import { Devices } from './devices.tsx'
import { FactorCard } from './factorCard.tsx'
import { PasskeyCard } from './passkeyCard.tsx'
import { OidcCard } from './oidcCard.tsx'
import { NoticeList } from './notices.tsx'
import { ReachCard } from './reachCard.tsx'

/** 账号安全: password, second factor, devices, and what happened to them. */
export function AccountPage() {
  const query = useApi(api.account, ownAccount)
  const me = useMe()
  const { message } = App.useApp()
  return (
    <>
      <PageHead title="账号安全" sub={`登录名 ${me.account.login}`} />
      <Loaded query={query} rows={8}>
        {(account) => (
          <Flex vertical gap={16} className="account-page">
            {hasMessages(me.post.role) && <ReachCard />}
            {me.post.role === 'cadre' && <AwayCard />}
            <Devices sessions={account.sessions} />
            {account.hasPassword && <FactorCard account={account} />}
            {account.hasPassword && <PasskeyCard account={account} />}
            {account.hasPassword && (
              <Card title="密码" size="small">
                <ChangePassword
                  key={account.passwordDays}
                  rules={account.passwordRules}
                  onDone={() => void message.success('密码已修改，其他设备已退出登录')}
                />
              </Card>
            )}
            {account.oidc && <OidcCard oidc={account.oidc} />}
            {account.notices.length > 0 && <NoticeList notices={account.notices} />}
          </Flex>
        )}
      </Loaded>
    </>
  )
}
