import { useState } from 'react'
import { myData, type MyData } from '#person/api.ts'
import { requestStateWords } from '#person/words.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { unregistered } from '../events/standing.ts'
import { Go } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { dayWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'

/** 加入工会: asked for by herself, decided by her unit; what the register knows is not typed again. */
export function JoinPage() {
  const self = useSelf()
  return (
    <div className="page">
      <Head title="加入工会" back={paths.services} />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {self.kind === 'guest' && (
        <>
          <p className="soft">登录以后看您现在是不是会员；还不是的，在这里向所在单位的工会提出申请。</p>
          <Go to={paths.signIn} search={{ back: paths.joining }} className="button button-main button-wide">
            登录后申请
          </Go>
        </>
      )}
      {self.kind === 'in' && <Mine />}
    </div>
  )
}

const Mine = () => (
  <Read query={useApi('/my', myData, { keep: true })}>
    {({ person }) => (person === null ? <p className="told">{unregistered}</p> : <Standing mine={person} />)}
  </Read>
)

function Standing({ mine }: { mine: NonNullable<MyData['person']> }) {
  const now = mine.memberships.find(({ untilOn }) => untilOn === null)
  const last = mine.requests.find(({ kind }) => kind === 'join')
  return (
    <>
      {last && (
        <section className="card">
          <p className="num">{`${dayWords(last.askedAt)} 申请入会：${last.state === 'done' ? '已入会' : requestStateWords[last.state]}`}</p>
          {last.answer && <p>{last.answer}</p>}
        </section>
      )}
      {now === undefined ? (
        <p className="told">您已离开原单位，请到现在的单位登记入会。</p>
      ) : now.kind !== '女职工' ? (
        <p className="said">{`您是${now.org.name}的${now.kind}，不用再申请。`}</p>
      ) : last?.state === 'open' ? (
        <p className="soft">{`${now.org.name}的女职工委员核对后办理，结果在这里看。`}</p>
      ) : (
        <Asking org={now.org.name} name={mine.name} />
      )}
    </>
  )
}

function Asking({ org, name }: { org: string; name: string }) {
  const [note, setNote] = useState('')
  const act = useAct((_: null, key) =>
    call('/my/join', anything, { method: 'POST', key, body: { note: note.trim() } }),
  )
  const fault = issueAt(act.error, 'note')
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run(null)
      }}
    >
      <p>{`本人${name}自愿申请加入${org}。登记册里已有的信息不用再填，由本单位工会核对后接收。`}</p>
      <label className="field">
        想说明的（可不填）
        <textarea
          rows={3}
          maxLength={200}
          value={note}
          aria-invalid={fault !== undefined}
          onChange={(event) => setNote(event.target.value)}
        />
        {fault && <span className="fault">{fault}</span>}
      </label>
      {act.error && !fault && <Fault error={act.error} again={act.again} />}
      <button type="submit" className="button button-main button-wide" disabled={act.busy}>
        {act.busy ? '正在提交…' : '提出申请'}
      </button>
    </form>
  )
}
