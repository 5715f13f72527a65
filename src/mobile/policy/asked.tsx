import { useState } from 'react'
import { followedQuestion, type FollowedQuestion } from '#help/api.ts'
import { call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { Fault } from '../kit/parts.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { useMine } from './useMine.tsx'

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

/** What she asked with her name; without a second factor the way to it. */
export function Asked() {
  const self = useSelf()
  const query = useMine(self.kind === 'in')
  const mine = query.data?.rows.filter(({ kind }) => kind === 'policy') ?? []
  if (self.kind !== 'in' || (!query.error && mine.length === 0)) return null
  return (
    <section>
      <div className="section-head">
        <h2>我问过的</h2>
      </div>
      {query.error ? (
        <Fault error={query.error} again={() => void query.refetch()} />
      ) : (
        <div className="cards">
          {mine.map((one) => (
            <Standing key={one.id} {...one} />
          ))}
        </div>
      )}
    </section>
  )
}

/** For whoever asked without a name. */
export function Receipt() {
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
