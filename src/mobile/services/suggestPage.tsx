import { useState } from 'react'
import {
  suggestionLabels,
  suggestionList,
  voiceKinds,
  type Suggestion,
  type SuggestionList,
} from '#help/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { issueAt, lacksFactor } from '../../web/api/problem.ts'
import { Go } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { dayWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { elsewhere, paths } from '../paths.ts'

/** 投诉建议: to the city under her own name, and what became of it; without a name there is another way. */
export function SuggestPage() {
  const self = useSelf()
  return (
    <div className="page">
      <Head title="投诉建议" back={paths.services} />
      <p className="soft small">
        写给市总工会女职工部，本单位看不到。涉及骚扰、侵权的，或者不想留姓名的，请用
        <a href={elsewhere.tell}>说件事</a>。
      </p>
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {self.kind === 'guest' && (
        <Go to={paths.signIn} search={{ back: paths.suggest }} className="button button-main button-wide">
          登录后填写
        </Go>
      )}
      {self.kind === 'in' && <Mine />}
    </div>
  )
}

/** What was sent is read first: where it wants a second factor, she is told before she has written anything. */
function Mine() {
  const query = useApi('/suggestions', suggestionList, { keep: true })
  if (lacksFactor(query.error)) return <Fault error={query.error} />
  return (
    <>
      <Form />
      <Sent query={query} />
    </>
  )
}

function Form() {
  const [kind, setKind] = useState<Suggestion['kind']>('suggestion')
  const [body, setBody] = useState('')
  const act = useAct(
    (given: { kind: Suggestion['kind']; body: string }, key) =>
      call('/suggestions', anything, { method: 'POST', key, body: given }),
    () => setBody(''),
  )
  const fault = issueAt(act.error, 'body')
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run({ kind, body: body.trim() })
      }}
    >
      <ul className="chips" aria-label="类别">
        {voiceKinds.map((one) => (
          <li key={one}>
            <button type="button" className="chip" aria-pressed={kind === one} onClick={() => setKind(one)}>
              {suggestionLabels[one]}
            </button>
          </li>
        ))}
      </ul>
      <label className="field">
        内容
        <textarea
          rows={5}
          maxLength={2000}
          value={body}
          aria-invalid={fault !== undefined}
          onChange={(event) => setBody(event.target.value)}
        />
        {fault && <span className="fault">{fault}</span>}
      </label>
      {act.done !== undefined && body === '' && (
        <p className="said" role="status">
          已送到市总工会，有答复会在下面看到。
        </p>
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

const stateWords: Readonly<Record<Suggestion['state'], string>> = {
  sent: '已送达',
  read: '已阅',
  answered: '已答复',
}

const Sent = ({ query }: { query: Parameters<typeof Read<SuggestionList>>[0]['query'] }) => (
  <Read query={query}>
    {({ rows, next }) =>
      rows.length === 0 ? null : (
        <section>
          <div className="section-head">
            <h2>我写过的</h2>
          </div>
          <div className="cards">
            {rows.map((one) => (
              <article key={one.id} className="card">
                <span className="row">
                  <b>{suggestionLabels[one.kind]}</b>
                  <span className={one.state === 'answered' ? 'mark mark-good' : 'mark'}>
                    {stateWords[one.state]}
                  </span>
                </span>
                <p className="course-text">{one.body}</p>
                <p className="soft small num">{dayWords(one.sentAt)}</p>
                {one.answer !== '' && <p className="said">{`答复：${one.answer}`}</p>}
              </article>
            ))}
          </div>
          {next !== null && <p className="soft small">更早的在“我的信息”里查看</p>}
        </section>
      )
    }
  </Read>
)
