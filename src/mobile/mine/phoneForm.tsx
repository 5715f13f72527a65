import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { codeSent, phoneEntered } from '#identity/api.ts'
import { codeRules } from '#identity/phone.ts'
import { call } from '../../web/api/client.dom.ts'
import { hasIssueAt, issueAt, toProblem } from '../../web/api/problem.ts'
import { Fault } from '../kit/parts.tsx'

type Typed = { phone: string; code: string; name?: string }

/** By the phone that her union knows of her: a code, and at the first time her name. */
export function PhoneForm({ onDone }: { onDone: () => void }) {
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [wait, setWait] = useCountdown()
  const send = useMutation({
    mutationFn: (of: string) =>
      call('/session/phone/code', codeSent, { method: 'POST', body: { phone: of } }),
    retry: false,
    onSuccess: () => setWait(codeRules.againSeconds),
    onError: (error) => setWait(Number(toProblem(error).body.details?.['seconds'] ?? 0)),
  })
  const enter = useMutation({
    mutationFn: (body: Typed) => call('/session/phone', phoneEntered, { method: 'POST', body }),
    retry: false,
    onSuccess: ({ stage }) => stage === 'open' && onDone(),
  })
  const [asksName, setAsksName] = useState(false)
  if (enter.data?.stage === 'name' && !asksName) setAsksName(true)
  const phoneFault = issueAt(send.error, 'phone') ?? issueAt(enter.error, 'phone')
  const codeFault = issueAt(enter.error, 'code')
  const nameFault = issueAt(enter.error, 'name')
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        enter.mutate({ phone, code, ...(asksName ? { name } : {}) })
      }}
    >
      <label className="field">
        手机号
        <input
          type="tel"
          inputMode="numeric"
          autoComplete="tel-national"
          value={phone}
          maxLength={20}
          required
          aria-invalid={phoneFault !== undefined}
          onChange={(event) => setPhone(event.target.value)}
        />
        {phoneFault && <span className="fault">{phoneFault}</span>}
      </label>
      <div className="field-beside">
        <label className="field">
          验证码
          <input
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            maxLength={8}
            required
            aria-invalid={codeFault !== undefined}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button"
          disabled={send.isPending || wait > 0 || phone.trim() === ''}
          onClick={() => send.mutate(phone)}
        >
          {wait > 0 ? `${waitText(wait)}后重发` : '获取验证码'}
        </button>
      </div>
      {codeFault && <p className="fault">{codeFault}</p>}
      {send.data && (
        <p className="said" role="status">
          {send.data.shown === null
            ? `验证码已发到 ${send.data.mask}，${codeRules.minutes} 分钟内有效。`
            : `演示不发短信，验证码是 ${send.data.shown}。`}
        </p>
      )}
      {send.error && !phoneFault && <Fault error={send.error} />}
      {asksName && (
        <label className="field">
          姓名
          <input
            value={name}
            autoComplete="name"
            maxLength={60}
            required
            aria-invalid={nameFault !== undefined}
            aria-describedby="why-name"
            onChange={(event) => setName(event.target.value)}
          />
          <span id="why-name" className="small soft">
            第一次用这个手机号登录，或者很久没有登录，要填您在工会登记的姓名。
          </span>
          {nameFault && <span className="fault">{nameFault}</span>}
        </label>
      )}
      {enter.error && !hasIssueAt(enter.error, ['phone', 'code', 'name']) && <Fault error={enter.error} />}
      <button type="submit" className="button button-main button-wide" disabled={enter.isPending}>
        {enter.isPending ? '正在登录…' : '登录'}
      </button>
    </form>
  )
}

const waitText = (seconds: number): string =>
  seconds < 100 ? `${Math.ceil(seconds)} 秒` : `${Math.ceil(seconds / 60)} 分钟`

/** Seconds left, counted down. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    const turn = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(turn)
  }, [left])
  return [left, setLeft]
}
