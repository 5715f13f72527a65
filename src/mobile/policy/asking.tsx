import { useState } from 'react'
import { v4 as uuid } from 'uuid'
import { policyAnswers, questionTaken } from '#help/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { issueAt, lacksFactor } from '../../web/api/problem.ts'
import { Go } from '../kit/link.tsx'
import { Fault } from '../kit/parts.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'
import { useMine } from './useMine.tsx'

/** With her name the answer comes to this page; without, to whoever shows the receipt. */
export function Asking() {
  const self = useSelf()
  const isIn = self.kind === 'in'
  // Under her name she asks with a second factor only: offered without, what she wrote would be refused at the end.
  const mayName = !lacksFactor(useMine(isIn).error) && isIn
  const days = useApi('/policy-answers', policyAnswers, { keep: true }).data?.days
  const [isNamed, setNamed] = useState(true)
  const [body, setBody] = useState('')
  // Drawn once for a question: sent again after a lost answer, it gets the same receipt.
  const [nonce, setNonce] = useState(() => uuid())
  const [taken, setTaken] = useState<{ code: string } | null>(null)
  const named = mayName && isNamed
  const act = useAct(
    async (given: { named: boolean; body: string }, key) => {
      if (given.named) {
        await call('/suggestions', anything, {
          method: 'POST',
          key,
          body: { kind: 'policy', body: given.body },
        })
        return { code: '' }
      }
      return call('/policy-questions', questionTaken, { method: 'POST', body: { nonce, body: given.body } })
    },
    (got) => {
      setBody('')
      setTaken(got)
      setNonce(uuid())
    },
  )
  const fault = issueAt(act.error, 'body')
  const holdsReceipt = taken !== null && taken.code !== ''
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run({ named, body: body.trim() })
      }}
    >
      <h2>提问题</h2>
      {mayName ? (
        <ul className="chips" aria-label="是否留姓名">
          {([true, false] as const).map((one) => (
            <li key={String(one)}>
              <button
                type="button"
                className="chip"
                aria-pressed={isNamed === one}
                onClick={() => setNamed(one)}
              >
                {one ? '留姓名' : '不留姓名'}
              </button>
            </li>
          ))}
        </ul>
      ) : isIn ? (
        <p className="soft small">
          不留姓名提问，凭回执号看答复。完成第二步验证的，可以留姓名，答复直接在这里看。
        </p>
      ) : (
        <p className="soft small">
          不登录也可以问，凭回执号看答复；
          <Go to={paths.signIn} search={{ back: paths.policy }}>
            登录后提问
          </Go>
          的，答复直接在这里看。
        </p>
      )}
      <label className="field">
        想问什么
        <textarea
          rows={5}
          maxLength={2000}
          value={body}
          aria-invalid={fault !== undefined}
          onChange={(event) => setBody(event.target.value)}
        />
        <span className="soft small">
          {`市总工会答复${days === undefined ? '' : `，期限 ${days} 个工作日`}；有代表性的会去掉提问人的情况后公布。`}
        </span>
        {fault && <span className="fault">{fault}</span>}
      </label>
      {taken?.code === '' && body === '' && (
        <p className="said" role="status">
          已送到市总工会，答复在下面“我问过的”里看。
        </p>
      )}
      {holdsReceipt && (
        <div className="said" role="status">
          <p>已送到。回执号只显示这一次，请抄下或截图：</p>
          <p className="num receipt">{taken.code}</p>
          <button type="button" className="button" onClick={() => setTaken(null)}>
            已抄下
          </button>
        </div>
      )}
      {act.error && !fault && <Fault error={act.error} again={act.again} />}
      <button
        type="submit"
        className="button button-main button-wide"
        disabled={act.busy || body.trim() === '' || holdsReceipt}
      >
        {act.busy ? '正在提交…' : '提交'}
      </button>
    </form>
  )
}
