import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as z from 'zod/mini'
import { demoPerson, signInOffer } from '#identity/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { Icon } from '../kit/icons.tsx'
import { useAsked, useGo } from '../kit/link.tsx'
import { keepBack } from '../../web/signIn/back.dom.ts'
import { Fault, Head, Read } from '../kit/parts.tsx'
import { PhoneForm } from './phoneForm.tsx'
import { elsewhere, paths } from '../paths.ts'

const people = z.array(demoPerson)
const asked = z.object({ back: z.optional(z.string().check(z.regex(/^\/[\w/-]*$/))) })
const away = z.object({ url: z.string() })

/** Signs in and goes where she came from; what needs no name never leads here. */
export function SignInPage() {
  const { back = paths.mine } = useAsked(asked, {})
  const client = useQueryClient()
  const go = useGo()
  const query = useApi('/sign-in', signInOffer, { staleTime: 300_000 })
  const done = () => {
    void client.resetQueries()
    go({ to: back, replace: true })
  }
  return (
    <div className="page">
      <Head title="登录" back={back} />
      <p className="soft">报名、看自己的信息要知道是您本人；别的都不用登录。</p>
      <Read query={query}>
        {({ mode, oidc, phone }) => (
          <>
            {mode === 'demo' && <DemoPeople onDone={done} />}
            {mode === 'demo' && phone?.example && (
              <p className="soft">
                也可以试试短信登录：第一位的手机号是 <span className="num">{phone.example}</span>。
              </p>
            )}
            {phone && <PhoneForm onDone={done} />}
            {oidc && <Elsewhere label={oidc} back={back} />}
            {mode === 'live' && !phone && <Password onDone={done} />}
            {mode === 'live' && phone && (
              <details className="fold">
                <summary>用登录名和密码登录</summary>
                <Password onDone={done} />
              </details>
            )}
            <p className="small soft">
              工会干部请到<a href={elsewhere.workbench}>工作台</a>登录。
            </p>
          </>
        )}
      </Read>
    </div>
  )
}

function DemoPeople({ onDone }: { onDone: () => void }) {
  const query = useApi('/demo/people', people, { staleTime: 300_000 })
  const enter = useMutation({
    mutationFn: (accountId: string) => call('/session', anything, { method: 'POST', body: { accountId } }),
    onSuccess: onDone,
  })
  return (
    <Read query={query}>
      {(all) => (
        <section className="card">
          <p className="small soft">演示数据，人物均为虚构，不需要密码。</p>
          <ul className="lines">
            {all
              .filter(({ role }) => role === 'worker')
              .map((one) => (
                <li key={one.accountId}>
                  <button
                    type="button"
                    className="line"
                    disabled={enter.isPending}
                    onClick={() => enter.mutate(one.accountId)}
                  >
                    <span>
                      {one.name}
                      <small>{one.org.name}</small>
                    </span>
                    <Icon name="next" />
                  </button>
                </li>
              ))}
          </ul>
          {enter.error && <Fault error={enter.error} />}
        </section>
      )}
    </Read>
  )
}

/** The federation's own sign-in, which knows her by its stable number. */
function Elsewhere({ label, back }: { label: string; back: string }) {
  const start = useMutation({
    mutationFn: () => call('/oidc/start', away, { method: 'POST', body: {} }),
    onSuccess: ({ url }) => {
      keepBack(`/m${back}`)
      window.location.assign(url)
    },
  })
  return (
    <>
      <button
        type="button"
        className="button button-main button-wide"
        disabled={start.isPending}
        onClick={() => start.mutate()}
      >
        {label.endsWith('登录') ? label : `用${label}登录`}
      </button>
      {start.error && <Fault error={start.error} />}
    </>
  )
}

function Password({ onDone }: { onDone: () => void }) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: (body: { login: string; password: string }) =>
      call('/session/password', anything, { method: 'POST', body }),
    onSuccess: onDone,
  })
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        enter.mutate({ login: login.trim(), password })
      }}
    >
      <label className="field">
        登录名
        <input
          value={login}
          autoComplete="username"
          autoCapitalize="none"
          maxLength={100}
          required
          onChange={(event) => setLogin(event.target.value)}
        />
      </label>
      <label className="field">
        密码
        <input
          type="password"
          value={password}
          autoComplete="current-password"
          maxLength={1000}
          required
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {enter.error && <Fault error={enter.error} />}
      <button type="submit" className="button button-main button-wide" disabled={enter.isPending}>
        {enter.isPending ? '正在登录…' : '登录'}
      </button>
      <p className="small soft">第一次登录，请打开单位发给您的邀请链接设置密码。</p>
    </form>
  )
}
