import { Go, useId } from '../kit/link.tsx'
import type { MyEvent } from '#signup/myApi.ts'
import type { OpenEvent } from '#signup/openApi.ts'
import { eventKindWords, noShowWords, presenceWords } from '#signup/states.ts'
import { Facts } from '../kit/facts.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { Share } from '../kit/share.tsx'
import { spanWords, timeWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'
import { Acts } from './acts.tsx'
import { unregistered } from './standing.ts'
import { EntryMark, opensLater, placesOf, placesWords } from './card.tsx'
import { useMyEvents, useOpenEvents } from './useEvents.tsx'

/** One event: to a guest as it is announced, to a woman signed in with her own standing and what she may do. */
export function EventPage() {
  const id = useId()
  const self = useSelf()
  if (self.kind === 'unknown') return <Blank>正在读取…</Blank>
  return (
    <div className="page">
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'in' && self.me.post.role === 'worker' && <Hers id={id} />}
      {self.kind === 'in' && self.me.post.role !== 'worker' && (
        <ForAll id={id}>
          <p className="told">
            您登录的是工作岗位，给自己报名请换成本人账号；为本单位女职工代报名在工作台里。
          </p>
        </ForAll>
      )}
      {self.kind === 'halfway' && (
        <ForAll id={id}>
          <Halfway />
        </ForAll>
      )}
      {self.kind === 'guest' && (
        <ForAll id={id}>
          <p className="soft">报名要知道是您本人，并且登记在工会的会员名册里。</p>
          <Go to={paths.signIn} search={{ back: `/events/${id}` }} className="button button-main button-wide">
            登录后报名
          </Go>
        </ForAll>
      )}
    </div>
  )
}

const Gone = () => (
  <>
    <Head title="活动" back={paths.events} />
    <Blank>这项活动不在可以报名的活动里：可能已经截止，或者只面向主办单位的女职工。</Blank>
  </>
)

/** As anybody reads it, with what the reader may do about it. */
function ForAll({ id, children }: { id: string; children: React.ReactNode }) {
  const query = useOpenEvents()
  const show = (one: OpenEvent, now: string) => (
    <>
      <Head title={one.title} back={paths.events} />
      <Facts
        facts={[
          ['类别', one.kind],
          ['时间', spanWords(one.startsAt, one.endsAt)],
          ['地点', one.place],
          ['主办', one.host],
          ['名额', placesWords(one, opensLater(one, now))],
        ]}
      />
      {children}
      <div className="acts">
        <Share title={one.title} text={`${spanWords(one.startsAt, one.endsAt)}，${one.place}`} />
      </div>
    </>
  )
  return (
    <Read query={query}>
      {({ events, now }) => {
        const one = events.find((event) => event.id === id)
        return one ? show(one, now) : <Gone />
      }}
    </Read>
  )
}

function Hers({ id }: { id: string }) {
  const query = useMyEvents(true)
  return (
    <Read query={query}>
      {({ rows, isRegistered }) => {
        const one = rows.find((event) => event.id === id)
        if (one) return <Mine one={one} all={rows} />
        return (
          <ForAll id={id}>
            <p className="told">
              {isRegistered ? '这项活动的名额分给了部分单位，您所在的单位没有名额。' : unregistered}
            </p>
          </ForAll>
        )
      }}
    </Read>
  )
}

/** Where she stands, in sentences. */
function standingOf({ entry, mode, cancelUntil }: MyEvent): string[] {
  if (entry === null) return []
  return [
    ...(entry.state === 'waiting' ? [`您前面还有 ${entry.ahead ?? 0} 人`] : []),
    ...(entry.state === 'offered' ? [`请在 ${timeWords(entry.offerUntil!)} 以前确认，过期给下一位`] : []),
    ...(mode === 'draw' ? [`您的抽签编号是 ${entry.seq}`] : []),
    ...(entry.state === 'placed' && entry.cameAt === null
      ? [`不能来请在 ${timeWords(cancelUntil)} 以前取消，名额给下一位`]
      : []),
    ...(entry.cameAt === null ? [] : [`已签到 ${timeWords(entry.cameAt)}`]),
    ...(entry.reason !== null && ['refused', 'expired'].includes(entry.state) ? [entry.reason] : []),
    ...(entry.isDone === null ? [] : [entry.isDone ? '出勤够次数，已完成' : '出勤不够次数，没有完成']),
    ...(entry.noShow ? [noShowWords[entry.noShow]] : []),
    ...(entry.appealAnswer ? [`答复：${entry.appealAnswer}`] : []),
  ]
}

/** Her evenings: when each is, and what is noted of her. */
function Sessions({ one: { sessions, doneRule, entry } }: { one: MyEvent }) {
  return (
    <section className="card">
      <h2>{`共 ${sessions.length} 次课`}</h2>
      <p className="soft small num">{`到 ${doneRule!.sessions} 次算完成，每次要上满 ${doneRule!.share}%`}</p>
      <ul className="lines">
        {sessions.map(({ startsAt, endsAt, state, counts }) => (
          <li key={startsAt} className="row num">
            {spanWords(startsAt, endsAt)}
            {entry?.state === 'placed' && state && (
              <span className={counts ? 'mark mark-good' : 'mark'}>
                {state === 'came' && !counts ? '到场，时间不够' : presenceWords[state]}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Mine({ one, all }: { one: MyEvent; all: readonly MyEvent[] }) {
  const standing = standingOf(one)
  return (
    <>
      <Head title={one.title} back={paths.events} />
      {one.entry && (
        <section className="card">
          <EntryMark state={one.entry.state} />
          {standing.map((line) => (
            <p key={line} className="num">
              {line}
            </p>
          ))}
        </section>
      )}
      {one.doneRule && <Sessions one={one} />}
      {one.phase === 'cancelled' && <p className="told">{one.entry?.reason ?? '活动已取消'}</p>}
      {one.words.map((word) => (
        <p key={word.at} className="told">{`主办单位通知：${word.body}`}</p>
      ))}
      <Facts
        facts={[
          ['类别', eventKindWords[one.kind]],
          ['时间', spanWords(one.startsAt, one.endsAt)],
          ['地点', one.place],
          ['主办', one.org.name],
          ['名额', placesWords(placesOf(one), one.phase === 'before')],
          ...(one.about === '' ? [] : [['说明', one.about] as const]),
        ]}
      />
      {one.mode === 'draw' && (
        <p>
          <a href={`/draws/${one.id}`}>抽签的公开材料</a>
        </p>
      )}
      <Acts one={one} all={all} />
      {one.kind !== 'prize' && (
        <div className="acts">
          <Share title={one.title} text={`${spanWords(one.startsAt, one.endsAt)}，${one.place}`} />
        </div>
      )}
    </>
  )
}
