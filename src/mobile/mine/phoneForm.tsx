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
  const [waiting, wait] = useCountdown()
  const left = waiting.of === digitsOf(phone) ? waiting.left : 0
  const send = useMutation({
    mutationFn: (of: string) =>
      call('/session/phone/code', codeSent, { method: 'POST', body: { phone: of } }),
    retry: false,
    onSuccess: (_, of) => wait(of, codeRules.againSeconds),
    onError: (error, of) => {
      const { code: refusal, details } = toProblem(error).body
      // A code that the gateway did not take was counted all the same.
      wait(of, Number(details?.['seconds'] ?? (refusal === '503.4' ? codeRules.againSeconds : 0)))
    },
  })
  const enter = useMutation({
    mutationFn: (body: Typed) => call('/session/phone', phoneEntered, { method: 'POST', body }),
    retry: false,
    onSuccess: ({ stage }) => stage === 'open' && onDone(),
  })
  const [asksName, setAsksName] = useState(false)
  const phoneFault = issueAt(send.error, 'phone') ?? issueAt(enter.error, 'phone')
  const codeFault = issueAt(enter.error, 'code')
  const nameFault = issueAt(enter.error, 'name')
  if ((enter.data?.stage === 'name' || nameFault) && !asksName) setAsksName(true)
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
          disabled={send.isPending || left > 0 || phone.trim() === ''}
          onClick={() => send.mutate(phone)}
        >
          {left > 0 ? `${waitText(left)}后重发` : '获取验证码'}
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

const waitText = (seconds: number): string => {
  if (seconds < 100) return `${Math.ceil(seconds)} 秒`
  const minutes = Math.ceil(seconds / 60)
  return minutes > 90 ? `${Math.ceil(minutes / 60)} 小时` : `${minutes} 分钟`
}

const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '')

/** Seconds left for the number that has to wait, counted down; another number need not. */
function useCountdown(): [{ of: string; left: number }, (phone: string, seconds: number) => void] {
  const [waiting, setWaiting] = useState({ of: '', left: 0 })
  useEffect(() => {
    if (waiting.left <= 0) return
    const turn = setTimeout(() => setWaiting({ ...waiting, left: waiting.left - 1 }), 1000)
    return () => clearTimeout(turn)
  }, [waiting])
  return [waiting, (phone, seconds) => setWaiting({ of: digitsOf(phone), left: seconds })]
}
