import { useState } from 'react'
import { policyAnswers } from '#help/api.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { Blank, Head, Read } from '../kit/parts.tsx'
import { paths } from '../paths.ts'
import { Asking } from './asking.tsx'
import { Asked, Receipt } from './asked.tsx'

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
      <Answers key={q} q={q} />
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
