import { bounds } from '#kit/bounds.ts'
import type { MyEvents } from '#signup/myApi.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { paths } from '../paths.ts'
import { Kinds } from './kinds.tsx'
import { MyEventCard, OpenEventCard } from './card.tsx'
import { isLive, isOn, isOpen, unregistered } from './standing.ts'
import { useMyEvents, useOpenEvents } from './useEvents.tsx'

/** 活动: to a guest, what the whole city may come to; to a woman signed in, her unit's own as well, and her places first. */
export function EventsPage() {
  const self = useSelf()
  const isHers = self.kind === 'in' && self.me.post.role === 'worker'
  return (
    <div className="page">
      <Head title="活动" />
      <Kinds here={paths.events} />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {isHers ? <Hers /> : self.kind !== 'unknown' && self.kind !== 'failed' && <ForAll />}
    </div>
  )
}

function ForAll() {
  const query = useOpenEvents()
  return (
    <>
      <p className="soft small">面向全市女职工的活动；本单位组织的，在册会员登录以后可以看到。</p>
      <Read query={query}>
        {({ now, events, isCut }) =>
          events.length === 0 ? (
            <Blank>现在没有可以报名的活动，过几天再来看看</Blank>
          ) : (
            <div className="cards">
              {events.map((one) => (
                <OpenEventCard key={one.id} one={one} now={now} />
              ))}
              {isCut && <p className="soft small">只列出最近的 {events.length} 项。</p>}
            </div>
          )
        }
      </Read>
    </>
  )
}

function Hers() {
  const query = useMyEvents(true)
  return (
    <Read query={query}>
      {(found) =>
        found.isRegistered ? (
          <Lists found={found} />
        ) : (
          <>
            <p className="told">{unregistered}</p>
            <ForAll />
          </>
        )
      }
    </Read>
  )
}

function Lists({ found }: { found: MyEvents }) {
  const next = found.rows.filter((one) => isLive(one) && isOn(one))
  const open = found.rows.filter((one) => !next.includes(one) && isOpen(one))
  const past = found.rows.filter((one) => one.entry !== null && !next.includes(one) && !open.includes(one))
  return (
    <>
      {found.rows.length >= bounds.myEvents.most && (
        <p className="soft small">只列出 {found.rows.length} 项。</p>
      )}
      {(
        [
          ['我报了名的', next, '还没有报名'],
          ['可以报名的', open, '现在没有可以报名的活动'],
          ['以前的', past, null],
        ] as const
      ).map(([title, rows, why]) =>
        rows.length === 0 && why === null ? null : (
          <section key={title}>
            <div className="section-head">
              <h2>{title}</h2>
            </div>
            {rows.length === 0 ? (
              <p className="soft">{why}</p>
            ) : (
              <div className="cards">
                {rows.map((one) => (
                  <MyEventCard key={one.id} one={one} />
                ))}
              </div>
            )}
          </section>
        ),
      )}
    </>
  )
}
