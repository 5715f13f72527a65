import { useState } from 'react'
import { bounds, boundWords } from '#kit/bounds.ts'
import { herNext } from '#hardship/herWords.ts'
import { myHardship, myWords, type MyFile, type MyHardship } from '#hardship/mineApi.ts'
import { aidStateWords, fileStateWords, stepWords } from '#hardship/states.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { unregistered } from '../events/standing.ts'
import { Fault, Head, Read } from '../kit/parts.tsx'
import { SignedIn } from '../kit/signedIn.tsx'
import { elsewhere, paths } from '../paths.ts'
import { HardshipForm, sendMended, sendNew } from './form.tsx'
import { valuesOf, type Values } from './household.ts'

/** 困难帮扶: asked for by herself, and what became of it; nobody else's, and of hers nothing but her own state. */
export function HardshipPage() {
  return (
    <div className="page">
      <Head title="困难帮扶" back={paths.services} />
      <SignedIn
        back={paths.hardship}
        why="申请困难帮扶要知道是您本人。填写的内容加密保存，只有指定的经办人看得到，谁看过您都查得到。"
        label="登录后申请或查看进展"
      >
        {(account) => <Mine account={account} />}
      </SignedIn>
    </div>
  )
}

const over = ['closed', 'refused', 'withdrawn']

function Mine({ account }: { account: string }) {
  const query = useApi('/my/hardship', myHardship, { keep: true })
  return (
    <Read query={query}>
      {(found) => (
        <>
          {found.files.map((file) => (
            <File key={file.id} file={file} found={found} account={account} />
          ))}
          {found.files.length >= bounds.myHardship.most && (
            <p className="soft small">{boundWords('myHardship')}</p>
          )}
          {!found.files.some(({ state }) => !over.includes(state)) && (
            <Asking found={found} account={account} />
          )}
          <p className="soft small">
            家庭情况、收入和账号都加密保存，本单位领导和其他干部看不到。谁看过，在
            <a href={elsewhere.my}>我的信息</a>里查。
          </p>
        </>
      )}
    </Read>
  )
}

function Asking({ found, account }: { found: MyHardship; account: string }) {
  const [isOpen, setOpen] = useState(false)
  if (!found.isRegistered) return <p className="told">{unregistered}</p>
  if (!found.isServed)
    return (
      <p className="told">
        {`还没有指定经办人，暂时不能在线申请；请联系${found.org?.name ?? '所在单位工会'}，或${found.centre?.name ?? '区总工会'}的帮扶中心。`}
      </p>
    )
  if (isOpen)
    return (
      <HardshipForm
        consent={found.consent}
        whose={account}
        send={sendNew(found.consent.textHash)}
        onDone={() => setOpen(false)}
      />
    )
  return (
    <section className="card form">
      <h2>申请困难帮扶</h2>
      <p>家庭收入低、本人或家人大病、意外灾害、子女上学等造成生活困难的女职工，可以向工会申请建档帮扶。</p>
      <p className="soft small">
        {`约 10 分钟。请准备家人的身份证号、上年收入和支出、本人银行账号。由${found.org?.name ?? ''}和${found.centre?.name ?? ''}指定的经办人办理。`}
      </p>
      <button type="button" className="button button-main button-wide" onClick={() => setOpen(true)}>
        开始填写
      </button>
    </section>
  )
}

const markOf = (state: MyFile['state']): string =>
  state === 'open' ? 'mark mark-good' : state === 'returned' ? 'mark mark-warn' : 'mark'

function File({ file, found, account }: { file: MyFile; found: MyHardship; account: string }) {
  const [words, setWords] = useState<Values | null>(null)
  const open = useAct(
    (id: string) => call(`/my/hardship/${encodeURIComponent(id)}/reveals`, myWords, { method: 'POST' }),
    ({ household }) => setWords(valuesOf(household)),
  )
  if (words !== null)
    return (
      <HardshipForm
        consent={{ ...found.consent, isGiven: true }}
        whose={`${account} ${file.id} ${file.version}`}
        start={words}
        send={sendMended(file.id, file.version)}
        onDone={() => setWords(null)}
      />
    )
  return (
    <section className="card form">
      <span className="row">
        <h2 className="num">{`${file.appliedOn} 的申请`}</h2>
        <span className={markOf(file.state)}>{fileStateWords[file.state]}</span>
      </span>
      {file.no && <p className="soft small num">{`档案编号 ${file.no}`}</p>}
      {file.reason && (
        <p className="told">{`${file.state === 'returned' ? '还缺什么' : file.state === 'closed' ? '销档原因' : '理由'}：${file.reason}`}</p>
      )}
      <p>
        {herNext(file.state, {
          org: file.org,
          centre: file.centre,
          until: file.noticeUntil,
          last: file.way[file.way.length - 1]?.step,
        })}
      </p>
      {file.state === 'noticed' && <a href={elsewhere.notices}>看公示</a>}
      {file.aids.length > 0 && <Aids aids={file.aids} />}
      <details>
        <summary>办理经过</summary>
        <ol className="way num">
          {file.way.map(({ step, on }, n) => (
            // oxlint-disable-next-line react/no-array-index-key -- a way only grows
            <li key={n}>{`${on} ${stepWords[step] ?? step}`}</li>
          ))}
        </ol>
      </details>
      {open.error && <Fault error={open.error} again={open.again} />}
      {file.mayMend && (
        <button
          type="button"
          className={file.state === 'returned' ? 'button button-main button-wide' : 'button button-wide'}
          disabled={open.busy}
          onClick={() => open.run(file.id)}
        >
          {file.state === 'returned' ? '补正申请' : '修改申请'}
        </button>
      )}
      {file.mayRecall && <Recall file={file} />}
    </section>
  )
}

const Aids = ({ aids }: { aids: MyFile['aids'] }) => (
  <ul className="lines">
    {aids.map((one) => (
      <li key={one.id} className="line">
        <span>
          {`${one.kind}帮扶 ${one.amount} 元`}
          <small className="num">{`${one.paidOn ?? one.askedOn}${one.answer ? ` ${one.answer}` : ''}`}</small>
        </span>
        <span className={one.state === 'paid' ? 'mark mark-good' : 'mark'}>{aidStateWords[one.state]}</span>
      </li>
    ))}
  </ul>
)

/** Asked twice: what was checked already would have to begin anew. */
function Recall({ file }: { file: MyFile }) {
  const [isSure, setSure] = useState(false)
  const act = useAct((_: null, key) =>
    call(`/my/hardship/${encodeURIComponent(file.id)}/recall`, anything, {
      method: 'POST',
      key,
      body: { version: file.version },
    }),
  )
  if (!isSure)
    return (
      <button type="button" className="button button-wide" onClick={() => setSure(true)}>
        撤回申请
      </button>
    )
  return (
    <>
      {act.error && <Fault error={act.error} again={act.again} />}
      <p className="soft">撤回以后不再办理；以后需要，要重新填写。</p>
      <button type="button" className="button button-wide" disabled={act.busy} onClick={() => act.run(null)}>
        确定撤回
      </button>
      <button type="button" className="button button-wide" disabled={act.busy} onClick={() => setSure(false)}>
        不撤回
      </button>
    </>
  )
}
