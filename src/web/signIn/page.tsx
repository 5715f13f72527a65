import './signIn.css'
import { Button } from 'antd'
import { useState } from 'react'
import { signInOffer, type SessionState } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { canUsePasskeys } from '../api/passkey.dom.ts'
import type { Running } from '#running/modes.ts'
import { Loaded } from '../kit/states.tsx'
import { RunningBar } from '../running/bar.tsx'
import { ClosedNotice } from '../running/closed.tsx'
import { api, paths } from '../paths.ts'
import { Logo } from '../shell/logo.tsx'
import { DemoPicker } from './demoPicker.tsx'
import { enterAnew } from './enter.dom.ts'
import { PasskeyButton } from './passkeyButton.tsx'
import { OidcButton } from './oidcButton.tsx'
import { PasswordForm } from './passwordForm.tsx'

/** Signed out: the picker of demo persons, or name and password. */
export function SignIn() {
  const query = useApi(api.signInOffer, signInOffer, { staleTime: 300_000 })
  const [withPassword, setWithPassword] = useState(false)
  return (
    <Loaded query={query} rows={10}>
      {(offer) =>
        offer.mode === 'demo' && !withPassword ? (
          <>
            <RunningBar running={offer.running} />
            <DemoPicker onPassword={() => setWithPassword(true)} />
            <Filing number={offer.filing} />
          </>
        ) : (
          <SignInCard title="登录">
            <Notice running={offer.running} />
            <PasswordForm onDone={enterAnew} />
            {canUsePasskeys(offer.passkeyOrigin) && (
              <PasskeyButton path={api.sessionPasskey} label="用通行密钥登录" onDone={enterAnew} />
            )}
            {offer.oidc && (
              <div className="passkey-button">
                <OidcButton
                  address={api.oidcStart}
                  label={offer.oidc.endsWith('登录') ? offer.oidc : `用${offer.oidc}登录`}
                  block
                  size="large"
                />
              </div>
            )}
            <p className="sign-in-help">第一次登录，请打开系统管理员发给您的邀请链接设置密码。</p>
            {offer.mode === 'demo' && (
              <Button type="link" block onClick={() => setWithPassword(false)}>
                返回演示人员
              </Button>
            )}
            <Filing number={offer.filing} />
          </SignInCard>
        )
      }
    </Loaded>
  )
}

/** Closed: where the data went; else that it only reads, or will. */
const Notice = ({ running }: { running: Running }) =>
  running.mode === 'closed' && running.change !== null ? (
    <ClosedNotice change={running.change} isSignedIn={false} />
  ) : (
    <RunningBar running={running} />
  )

/** What anybody may read without signing in; 备案号, where the operator has set one. */
const Filing = ({ number }: { number: string | null }) => (
  <p className="sign-in-filing">
    <a href="/m/">女职工服务</a> · <a href={paths.tell}>说件事</a> · <a href={paths.publicNotices}>公示</a> ·{' '}
    <a href={paths.openChildcare}>托管班</a> · <a href={paths.honourRoll}>荣誉册</a> ·{' '}
    <a href={paths.check}>证书核验</a>
    {number && ` · ${number}`}
  </p>
)

type SignInCardProps = { title: string; who?: SessionState['name'] | undefined; children: React.ReactNode }

/** The narrow page of every step before the work: brand above, one task in a card. */
export function SignInCard({ title, who, children }: SignInCardProps) {
  return (
    <div className="sign-in sign-in-narrow">
      <div className="sign-in-brand">
        <Logo size={44} />
        <p className="sign-in-name">巾帼</p>
        <p>女职工工作平台</p>
      </div>
      <main className="sign-in-card" id="main">
        <h1>{title}</h1>
        {who && <p className="sign-in-who">{who}，您好</p>}
        {children}
      </main>
    </div>
  )
}
