import { useState } from 'react'
import { publicStory, roll } from '#honour/registerApi.ts'
import { myData, type MyData } from '#person/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { unregistered } from '../events/standing.ts'
import { Go, useId } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { SignedIn } from '../kit/signedIn.tsx'
import { dayWords } from '../kit/times.ts'
import { elsewhere, paths } from '../paths.ts'

/** 先进: who was honoured, with her story as long as she agrees; and a word on whom to honour. */
export function HonoursPage() {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const query = useApi(`/honour-roll${q ? `?q=${encodeURIComponent(q)}` : ''}`, roll, { keep: true })
  return (
    <div className="page">
      <Head title="荣誉册" back={paths.services} />
      <form
        className="form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setQ(typed.trim())
        }}
      >
        <label className="field">
          姓名、单位或称号
          <input
            type="search"
            enterKeyHint="search"
            maxLength={40}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              if (event.target.value === '') setQ('')
            }}
          />
        </label>
      </form>
      <button
        type="button"
        className="button button-wide"
        onClick={() => document.getElementById('nominate')?.scrollIntoView()}
      >
        推荐身边的先进
      </button>
      <Read query={query}>
        {(list) =>
          list.length === 0 ? (
            <Blank>{q ? '没有找到，换个词试试' : '还没有公开的荣誉'}</Blank>
          ) : (
            <div className="cards">
              {list.map((one) => (
                <article key={`${one.honoree} ${one.title} ${one.grantedOn}`} className="card">
                  <h2>{one.honoree}</h2>
                  {one.employer !== one.honoree && <p className="soft small">{one.employer}</p>}
                  <p>{one.title}</p>
                  <p className="soft small num">{`${one.giver} · ${one.grantedOn}`}</p>
                  {one.story && (
                    <Go to={paths.honourStory} params={{ id: one.story }}>
                      {`${one.honoree}的事迹`}
                    </Go>
                  )}
                </article>
              ))}
            </div>
          )
        }
      </Read>
      <section id="nominate">
        <div className="section-head">
          <h2>推荐身边的先进</h2>
          <a href={elsewhere.notices}>正在公示</a>
        </div>
        <SignedIn
          back={paths.honours}
          why="登录后可以推荐自己或本单位的女职工，只送到您所在单位的工会。"
          label="登录后推荐"
        >
          {() => <Mine />}
        </SignedIn>
      </section>
    </div>
  )
}

const Mine = () => (
  <Read query={useApi('/my', myData, { keep: true })}>
    {({ person }) => (person === null ? <p className="told">{unregistered}</p> : <Nominees mine={person} />)}
  </Read>
)

const states = { open: '等待答复', done: '已列入考虑', refused: '没有采纳', undone: '已撤销' } as const

function Nominees({ mine }: { mine: NonNullable<MyData['person']> }) {
  const unit = mine.memberships.find(({ untilOn }) => untilOn === null)?.org.name
  const said = mine.requests.filter(({ kind }) => kind === 'nominate')
  return (
    <>
      {said.length > 0 && (
        <div className="cards" style={{ marginBottom: 10 }}>
          {said.map((one) => (
            <article key={one.id} className="card">
              <span className="row">
                <b className="num">{dayWords(one.askedAt)}</b>
                <span className={one.state === 'done' ? 'mark mark-good' : 'mark'}>{states[one.state]}</span>
              </span>
              <p>{one.reason}</p>
              {one.answer && <p className="said">{`答复：${one.answer}`}</p>}
            </article>
          ))}
        </div>
      )}
      {unit === undefined ? (
        <p className="told">您已离开原单位，请到现在的单位登记后再推荐。</p>
      ) : said.some(({ state }) => state === 'open') ? (
        <p className="soft">{`${unit}答复以后，可以再推荐下一位。`}</p>
      ) : (
        <Form unit={unit} own={mine.name} />
      )}
    </>
  )
}

function Form({ unit, own }: { unit: string; own: string }) {
  const [name, setName] = useState('')
  const [deeds, setDeeds] = useState('')
  const act = useAct((body: { name: string; deeds: string }, key) =>
    call('/my/nominees', anything, { method: 'POST', key, body }),
  )
  const fault = (field: string) => issueAt(act.error, field)
  const isAtField = fault('name') !== undefined || fault('deeds') !== undefined
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run({ name: name.trim(), deeds: deeds.trim() })
      }}
    >
      <p className="soft small">{`送到${unit}。是否推荐、怎样写推荐表，由单位工会按评选办法办理；入选前都要公示。`}</p>
      <label className="field">
        推荐谁
        <input
          maxLength={30}
          value={name}
          aria-invalid={fault('name') !== undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {fault('name') && <span className="fault">{fault('name')}</span>}
      </label>
      <button type="button" className="button" onClick={() => setName(own)}>
        推荐我自己
      </button>
      <label className="field">
        做了什么、为什么推荐
        <textarea
          rows={5}
          maxLength={1000}
          value={deeds}
          aria-invalid={fault('deeds') !== undefined}
          onChange={(event) => setDeeds(event.target.value)}
        />
        {fault('deeds') && <span className="fault">{fault('deeds')}</span>}
      </label>
      {act.error && !isAtField && <Fault error={act.error} again={act.again} />}
      <button type="submit" className="button button-main button-wide" disabled={act.busy}>
        {act.busy ? '正在提交…' : '送到单位工会'}
      </button>
    </form>
  )
}

/** One story, as long as she agrees. */
export function HonourStoryPage() {
  const id = useId()
  const query = useApi(`/honour-roll/stories/${encodeURIComponent(id)}`, publicStory)
  return (
    <div className="page">
      <Head title="先进事迹" back={paths.honours} />
      <Read query={query}>
        {(story) => (
          <article className="card">
            <h2>{story.title}</h2>
            <p className="soft small num">{`${story.honoree} · ${story.employer} · ${story.publishedOn}`}</p>
            <p className="course-text">{story.body}</p>
          </article>
        )}
      </Read>
    </div>
  )
}
