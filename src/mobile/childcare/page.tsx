import { useState } from 'react'
import { mostChildren, myRounds, type MyRound, type MyRounds } from '#childcare/roundApi.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { unregistered } from '../events/standing.ts'
import { Facts } from '../kit/facts.tsx'
import { Go } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { timeWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { elsewhere, paths } from '../paths.ts'

/** 托管班: the classes for anybody; signed in, the rounds in which a guardian ranks them for her children. */
export function ChildcarePage() {
  const self = useSelf()
  return (
    <div className="page">
      <Head title="托管班" back={paths.services} />
      <a className="button button-wide" href={elsewhere.childcare}>
        看看有哪些班、在哪里
      </a>
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {self.kind === 'guest' && (
        <>
          <p className="soft">给孩子报托管班要知道是您本人，并且登记在工会的会员名册里。</p>
          <Go to={paths.signIn} search={{ back: paths.childcare }} className="button button-main button-wide">
            登录后填报志愿
          </Go>
        </>
      )}
      {self.kind === 'in' && <Rounds />}
    </div>
  )
}

const Rounds = () => (
  <Read query={useApi('/my/childcare-rounds', myRounds, { keep: true })}>
    {(found) =>
      !found.isRegistered ? (
        <p className="told">{unregistered}</p>
      ) : found.rows.length === 0 ? (
        <Blank>现在没有可以填报的托管班，放假前再来看看</Blank>
      ) : (
        <>
          {found.rows.map((one) => (
            <Round key={one.id} one={one} found={found} />
          ))}
        </>
      )
    }
  </Read>
)

const nth = ['第一个', '第二个', '第三个']

function Round({ one, found }: { one: MyRound; found: MyRounds }) {
  const isOpen = one.state === 'open' && found.now >= one.opensAt && found.now < one.closesAt
  const title = (n: number) => one.classes.find((each) => each.n === n)?.title ?? ''
  return (
    <section className="card form">
      <h2>{one.title}</h2>
      <p className="soft small">{`${one.org.name}${one.about === '' ? '' : ` · ${one.about}`}`}</p>
      {one.state === 'cancelled' && <p className="told">{`已取消：${one.reason ?? ''}`}</p>}
      {one.state === 'open' && found.now < one.opensAt && (
        <p className="soft num">{`${timeWords(one.opensAt)} 开始填报`}</p>
      )}
      {isOpen ? (
        <Wishes one={one} found={found} />
      ) : (
        one.children.length > 0 && (
          <Facts
            facts={one.children.map(({ ranked, number, got }, n) => [
              `${nth[n]}孩子`,
              one.state === 'placed'
                ? got === null
                  ? `没有分到（名单 ${number} 号）`
                  : `分到${title(got)}（名单 ${number} 号）`
                : `${ranked.map(title).join('，')}${number === null ? '' : `（名单 ${number} 号）`}`,
            ])}
          />
        )
      )}
      {one.state === 'open' && found.now >= one.closesAt && (
        <p className="soft small">填报已截止，名单马上自动固定，分配以后结果在这里看。</p>
      )}
      <a className="small" href={elsewhere.placement.replace('$id', one.id)}>
        怎样分配、怎样复算
      </a>
    </section>
  )
}

/** Her children, each with classes in her order; what she set stays until it is taken. */
function Wishes({ one, found: { consent } }: { one: MyRound; found: MyRounds }) {
  const [children, setChildren] = useState(() => one.children.map(({ ranked }) => ranked))
  const [agrees, setAgrees] = useState(consent.isGiven)
  const [said, setSaid] = useState('')
  const send = useAct(
    (next: number[][], key) =>
      call(`/my/childcare-rounds/${encodeURIComponent(one.id)}`, anything, {
        method: 'PUT',
        key,
        body: { children: next, textHash: consent.textHash },
      }),
    (_, next) => setSaid(next.length === 0 ? '已收回' : '已保存，截止以前都可以改'),
  )
  const set = (at: number, ranked: number[]) => {
    setSaid('')
    setChildren(children.map((each, n) => (n === at ? ranked : each)))
  }
  const isWhole = children.length > 0 && children.every((ranked) => ranked.length > 0)
  return (
    <>
      <p className="soft small num">{`${timeWords(one.closesAt)} 截止。先后照您真正的想法排：排在后面的班不会让您失去前面的机会。`}</p>
      {children.map((ranked, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- her first child is the first
        <fieldset key={at} className="wish">
          <legend>{`${nth[at]}孩子`}</legend>
          <ol>
            {ranked.map((n) => (
              <li key={n}>
                <span>{one.classes.find((each) => each.n === n)?.title}</span>
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    set(
                      at,
                      ranked.filter((each) => each !== n),
                    )
                  }
                >
                  去掉
                </button>
              </li>
            ))}
          </ol>
          {ranked.length < one.classes.length && (
            <label className="field">
              {`第 ${ranked.length + 1} 志愿`}
              <select
                value=""
                onChange={(event) =>
                  event.target.value !== '' && set(at, [...ranked, Number(event.target.value)])
                }
              >
                <option value="">{ranked.length === 0 ? '请选择班级' : '还可以再排一个'}</option>
                {one.classes
                  .filter(({ n }) => !ranked.includes(n))
                  .map(({ n, title, org, places }) => (
                    <option key={n} value={n}>{`${title}（${org}，${places} 个名额）`}</option>
                  ))}
              </select>
            </label>
          )}
        </fieldset>
      ))}
      {children.length < mostChildren && (
        <button type="button" className="button button-wide" onClick={() => setChildren([...children, []])}>
          {children.length === 0 ? '给孩子填志愿' : '再加一个孩子'}
        </button>
      )}
      {children.length > 0 && !consent.isGiven && (
        <label className="match-check">
          <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
          <span className="small">{consent.text}</span>
        </label>
      )}
      {said && (
        <p className="said" role="status">
          {said}
        </p>
      )}
      {send.error && <Fault error={send.error} again={send.again} />}
      {children.length > 0 && (
        <button
          type="button"
          className="button button-main button-wide"
          disabled={!isWhole || !agrees || send.busy}
          onClick={() => send.run(children)}
        >
          {isWhole ? (agrees ? '保存志愿' : '请先阅读并勾选同意') : '请给每个孩子选班级'}
        </button>
      )}
      {one.children.length > 0 && (
        <button
          type="button"
          className="button button-wide"
          disabled={send.busy}
          onClick={() => {
            setChildren([])
            send.run([])
          }}
        >
          收回志愿
        </button>
      )}
    </>
  )
}
