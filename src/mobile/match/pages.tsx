import { useState } from 'react'
import {
  matchAnswers,
  matchPairs,
  matchPeople,
  matchStateWords,
  myMatch,
  type MatchAnswers,
  type MatchCard,
  type MatchPairs,
  type MyMatch,
} from '#match/api.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { unregistered } from '../events/standing.ts'
import { Facts } from '../kit/facts.tsx'
import { Go } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { dayWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { elsewhere, paths } from '../paths.ts'
import { Away, CardText } from './card.tsx'
import { MatchForm } from './form.tsx'
import { Leave } from './leave.tsx'
import { matchApi, useToward } from './useMatch.tsx'

const kinds: readonly [string, string][] = [
  [paths.match, '认识'],
  [paths.matchAnswers, '我的回答'],
  [paths.matchPairs, '我的牵手'],
  [paths.matchCard, '我的卡片'],
]

/** Whoever is signed in and takes part; before that what it is, and how to join. */
function Taking({ here, children }: { here: string; children: (own: MyMatch) => React.ReactNode }) {
  const self = useSelf()
  return (
    <div className="page">
      <Head title="交友" back={paths.services} />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {self.kind === 'guest' && (
        <>
          <p className="soft">
            单身职工互相认识的地方：对方只看到昵称和几句介绍，双方都愿意才互相看到姓名和联系方式，单位看不到。
          </p>
          <Go to={paths.signIn} search={{ back: here }} className="button button-main button-wide">
            登录后参加
          </Go>
        </>
      )}
      {self.kind === 'in' && <Inside here={here}>{children}</Inside>}
    </div>
  )
}

function Inside({ here, children }: { here: string; children: (own: MyMatch) => React.ReactNode }) {
  return (
    <Read query={useApi(matchApi.own, myMatch, { keep: true })}>
      {(own) =>
        own.profile === null || !own.profile.isSeen || own.isBarred ? (
          <Outside own={own} />
        ) : (
          <>
            <ul className="chips" aria-label="交友">
              {kinds.map(([to, label]) => (
                <li key={to}>
                  <Go to={to} className={to === here ? 'chip chip-on' : 'chip'}>
                    {label}
                  </Go>
                </li>
              ))}
            </ul>
            {children(own)}
          </>
        )
      }
    </Read>
  )
}

function Outside({ own }: { own: MyMatch }) {
  // Whoever has a card can always take it back.
  const leave = own.profile !== null && <Leave />
  if (!own.isRegistered)
    return (
      <>
        <p className="told">{unregistered}</p>
        {leave}
      </>
    )
  if (own.isBarred)
    return (
      <>
        <p className="told">
          因被举报并经核实，您不能参加交友；有异议请到<a href={elsewhere.tell}>说件事</a>里提出。
        </p>
        {leave}
      </>
    )
  return (
    <>
      {own.profile !== null && (
        <p className="told">
          参加说明或您的会员登记有了变动，请重新阅读下面的说明，勾选后保存。保存以前，别人看不到您，您也看不到别人。
        </p>
      )}
      <p>{own.text}</p>
      <MatchForm own={own} />
      <Reports own={own} />
      {leave}
    </>
  )
}

const Reports = ({ own: { reports } }: { own: MyMatch }) =>
  reports.length === 0 ? null : (
    <section>
      <div className="section-head">
        <h2>我的举报</h2>
      </div>
      <Facts facts={reports.map(({ madeOn, state }) => [dayWords(madeOn), matchStateWords[state]])} />
    </section>
  )

/** 认识: cards that are not answered yet, in an order of her own. */
export const MatchPage = () => <Taking here={paths.match}>{() => <People />}</Taking>

function People() {
  const [skip, setSkip] = useState(0)
  const query = useApi(`${matchApi.people}?skip=${skip}`, matchPeople, { keep: true })
  return (
    <>
      <p className="soft small">选“不想认识”，对方永远不会知道；双方都愿意，才在“我的牵手”里互相看到。</p>
      <Read query={query}>
        {({ rows, more }) => (
          <>
            {rows.length === 0 && (
              <Blank>{skip === 0 ? '现在没有新的卡片，过几天再来看看' : '后面没有了'}</Blank>
            )}
            <div className="cards">
              {rows.map((one) => (
                <Person key={one.id} one={one} />
              ))}
            </div>
            {(more || skip > 0) && (
              <button
                type="button"
                className="button button-wide"
                onClick={() => setSkip(more ? skip + rows.length : 0)}
              >
                {more ? '看后面的' : '从头看'}
              </button>
            )}
          </>
        )}
      </Read>
    </>
  )
}

function Person({ one, said }: { one: MatchCard; said?: boolean }) {
  const { answer } = useToward(one.id)
  const choice = (yes: boolean, label: string) => (
    <button
      type="button"
      className={yes ? 'button button-main' : 'button'}
      style={{ flex: 1 }}
      disabled={answer.busy}
      onClick={() => answer.run(yes)}
    >
      {label}
    </button>
  )
  return (
    <section className="card">
      <CardText one={one} />
      {answer.error && <Fault error={answer.error} again={answer.again} />}
      <div className="acts">
        {said !== false && choice(false, said === undefined ? '不想认识' : '改为不想认识')}
        {said !== true && choice(true, said === undefined ? '愿意认识' : '改为愿意认识')}
      </div>
      <Away one={one} />
    </section>
  )
}

/** 我的回答: what she said herself; what the other said is nowhere. */
export const MatchAnswersPage = () => <Taking here={paths.matchAnswers}>{() => <Answers />}</Taking>

const Group = ({ title, rows }: { title: string; rows: MatchAnswers['rows'] }) =>
  rows.length === 0 ? null : (
    <section>
      <div className="section-head">
        <h2>{title}</h2>
      </div>
      <div className="cards">
        {rows.map((one) => (
          <Person key={one.id} one={one} said={one.yes} />
        ))}
      </div>
    </section>
  )

function Answers() {
  const query = useApi(matchApi.answers, matchAnswers, { keep: true })
  return (
    <Read query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Blank>您还没有回答过</Blank>
        ) : (
          <>
            <Group title="愿意认识" rows={rows.filter(({ yes }) => yes)} />
            <Group title="不想认识" rows={rows.filter(({ yes }) => !yes)} />
          </>
        )
      }
    </Read>
  )
}

/** 我的牵手: both agreed, so each reads name and contact, and when the other did. */
export const MatchPairsPage = () => <Taking here={paths.matchPairs}>{() => <Pairs />}</Taking>

const Pairs = () => (
  <Read query={useApi(matchApi.pairs, matchPairs, { keep: true })}>
    {({ rows }) =>
      rows.length === 0 ? (
        <Blank>双方都愿意的会出现在这里</Blank>
      ) : (
        <div className="cards">
          {rows.map((one) => (
            <Pair key={one.id} one={one} />
          ))}
        </div>
      )
    }
  </Read>
)

const Pair = ({ one }: { one: MatchPairs['rows'][number] }) => (
  <section className="card">
    <CardText one={one} />
    <dl className="facts">
      <dt>姓名</dt>
      <dd>{one.name}</dd>
      <dt>联系方式</dt>
      <dd className="num">{one.contact}</dd>
      <dt>对方</dt>
      <dd className="num">
        {one.readOn === null ? '还没有看您的联系方式' : `${dayWords(one.readOn)}看过您的联系方式`}
      </dd>
    </dl>
    <p className="soft small">第一次见面请选人多的地方，不要转账借钱。</p>
    <Away one={one} />
  </section>
)

/** 我的卡片: how others see her, to be changed; and the way out. */
export const MatchCardPage = () => <Taking here={paths.matchCard}>{(own) => <Own own={own} />}</Taking>

function Own({ own }: { own: MyMatch }) {
  const [said, setSaid] = useState(false)
  return (
    <>
      {said && (
        <p className="said" role="status">
          已保存
        </p>
      )}
      <p className="soft small num">{`别人看到的年龄段：${own.profile!.band}。${dayWords(own.profile!.singleOn)}声明单身。`}</p>
      <MatchForm own={own} onDone={() => setSaid(true)} />
      <Reports own={own} />
      <details className="card">
        <summary>参加说明</summary>
        <p>{own.text}</p>
      </details>
      <Leave />
    </>
  )
}
