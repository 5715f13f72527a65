import { useState } from 'react'
import { v4 as uuid } from 'uuid'
import {
  followedQuestion,
  policyAnswers,
  questionTaken,
  suggestionList,
  type FollowedQuestion,
} from '#help/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { Go } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'

/** 问政策: what was answered before, for everybody; a question with or without a name, and its answer. */
export function PolicyPage() {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const [isAsking, setAsking] = useState(false)
  return (
    <div className="page">
      <Head title="问政策" back={paths.services} />
      <form
        className="form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setQ(typed.trim())
        }}
      >
        <label className="field">
          先看看有没有答过
          <input
            type="search"
            enterKeyHint="search"
            maxLength={40}
            placeholder="如：产假、哺乳时间"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              if (event.target.value === '') setQ('')
            }}
          />
        </label>
      </form>
      <Answers q={q} />
      {isAsking ? (
        <Asking />
      ) : (
        <button type="button" className="button button-main button-wide" onClick={() => setAsking(true)}>
          没有找到，我要提问
        </button>
      )}
      <Asked />
      <Receipt />
    </div>
  )
}

function Answers({ q }: { q: string }) {
  const [after, setAfter] = useState('')
  const asked = new URLSearchParams({ ...(q ? { q } : {}), ...(after ? { after } : {}) }).toString()
  const query = useApi(`/policy-answers${asked ? `?${asked}` : ''}`, policyAnswers, { keep: true })
  return (
    <Read query={query}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          <Blank>{q ? '没有找到，换个词，或者直接提问' : '还没有公布的问答'}</Blank>
        ) : (
          <section className="cards">
            {rows.map((one) => (
              <details key={one.id} className="card">
                <summary>{one.question}</summary>
                <p className="course-text">{one.answer}</p>
                <p className="soft small num">{`市总工会 ${one.shownOn} 公布`}</p>
              </details>
            ))}
            {next !== null && (
              <button type="button" className="button button-wide" onClick={() => setAfter(next)}>
                看更早的
              </button>
            )}
            {after !== '' && (
              <button type="button" className="button button-wide" onClick={() => setAfter('')}>
                回到最新的
              </button>
            )}
          </section>
        )
      }
    </Read>
  )
}

/** With her name the answer comes to this page; without, to whoever shows the receipt. */
function Asking() {
  const self = useSelf()
  const isIn = self.kind === 'in'
  const [isNamed, setNamed] = useState(true)
  const [body, setBody] = useState('')
  // Drawn once for a question: sent again after a lost answer, it gets the same receipt.
  const [nonce, setNonce] = useState(() => uuid())
  const [code, setCode] = useState('')
  const named = isIn && isNamed
  const act = useAct(
    async (given: { named: boolean; body: string }, key) => {
      if (given.named) {
        await call('/suggestions', anything, {
          method: 'POST',
          key,
          body: { kind: 'policy', body: given.body },
        })
        return ''
      }
      return (
        await call('/policy-questions', questionTaken, { method: 'POST', body: { nonce, body: given.body } })
      ).code
    },
    (got) => {
      setBody('')
      setCode(got)
      setNonce(uuid())
    },
  )
  const fault = issueAt(act.error, 'body')
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        setCode('')
        act.run({ named, body: body.trim() })
      }}
    >
      <h2>提问题</h2>
      {isIn ? (
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
        <span className="soft small">市总工会答复，一般五个工作日；有代表性的会去掉提问人的情况后公布。</span>
        {fault && <span className="fault">{fault}</span>}
      </label>
      {act.done !== undefined && body === '' && (
        <div className="said" role="status">
          {code === '' ? (
            <p>已送到市总工会，答复在下面“我问过的”里看。</p>
          ) : (
            <>
              <p>已送到。回执号只显示这一次，请抄下或截图：</p>
              <p className="num receipt">{code}</p>
            </>
          )}
        </div>
      )}
      {act.error && !fault && <Fault error={act.error} again={act.again} />}
      <button
        type="submit"
        className="button button-main button-wide"
        disabled={act.busy || body.trim() === ''}
      >
        {act.busy ? '正在提交…' : '提交'}
      </button>
    </form>
  )
}

const stateWords: Readonly<Record<FollowedQuestion['state'], string>> = {
  sent: '已送达',
  read: '已阅',
  answered: '已答复',
}

const Standing = ({
  state,
  body,
  answer,
  dueOn,
}: Pick<FollowedQuestion, 'state' | 'body' | 'answer'> & { dueOn: string | null }) => (
  <article className="card">
    <span className="row">
      <p className="course-text">{body}</p>
      <span className={state === 'answered' ? 'mark mark-good' : 'mark'}>{stateWords[state]}</span>
    </span>
    {answer !== '' ? (
      <p className="said course-text">{`答复：${answer}`}</p>
    ) : (
      dueOn !== null && <p className="soft small num">{`${dueOn} 前答复`}</p>
    )}
  </article>
)

function Asked() {
  const self = useSelf()
  const query = useApi('/suggestions', suggestionList, { keep: true, enabled: self.kind === 'in' })
  const mine = query.data?.rows.filter(({ kind }) => kind === 'policy') ?? []
  if (self.kind !== 'in' || mine.length === 0) return null
  return (
    <section>
      <div className="section-head">
        <h2>我问过的</h2>
      </div>
      <div className="cards">
        {mine.map((one) => (
          <Standing key={one.id} {...one} />
        ))}
      </div>
    </section>
  )
}

function Receipt() {
  const [code, setCode] = useState('')
  const [found, setFound] = useState<FollowedQuestion | null>(null)
  const act = useAct(
    (typed: string) =>
      call('/policy-questions/look', followedQuestion, { method: 'POST', body: { code: typed } }),
    setFound,
    () => setFound(null),
  )
  return (
    <details className="card">
      <summary>用回执号看答复</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          act.run(code.trim())
        }}
      >
        <label className="field">
          回执号
          <input
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={80}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        {act.error && <Fault error={act.error} again={act.again} />}
        <button type="submit" className="button button-wide" disabled={act.busy || code.trim() === ''}>
          {act.busy ? '正在查…' : '查答复'}
        </button>
        {found && <Standing {...found} />}
      </form>
    </details>
  )
}
