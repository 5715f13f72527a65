import { Go } from '../kit/link.tsx'
import type { MyEvent } from '#signup/myApi.ts'
import type { OpenEvent } from '#signup/openApi.ts'
import { entryStateWords, eventKindWords, eventModeWords, type EntryState } from '#signup/states.ts'
import { spanWords, timeWords } from '../kit/times.ts'
import { paths } from '../paths.ts'

type Places = Pick<OpenEvent, 'mode' | 'cap' | 'left' | 'opensAt' | 'closesAt'>

/** How places are given, how many are left, until when. */
export function placesWords({ mode, cap, left, opensAt, closesAt }: Places, isBefore: boolean): string {
  const until = isBefore ? `${timeWords(opensAt)} 开始报名` : `${timeWords(closesAt)} 截止`
  if (left === null) return `名额 ${cap} 个，${eventModeWords[mode]}；${until}`
  return `${left === 0 ? `名额 ${cap} 个已满` : `名额 ${cap} 个，还剩 ${left} 个`}；${until}`
}

/** By the server's clock: what a phone's says is her own affair. */
export const opensLater = ({ opensAt }: Places, now: string): boolean => Date.parse(now) < Date.parse(opensAt)

/** What stands of an event that she knows, in the terms of those for anybody. */
export const placesOf = (one: MyEvent): Places => ({
  mode: one.mode,
  cap: one.cap,
  left: one.left,
  opensAt: one.opensAt,
  closesAt: one.closesAt,
})

const good: readonly EntryState[] = ['placed']
const waiting: readonly EntryState[] = ['waiting', 'offered', 'asked']

export const EntryMark = ({ state }: { state: EntryState }) => (
  <span
    className={good.includes(state) ? 'mark mark-good' : waiting.includes(state) ? 'mark mark-warn' : 'mark'}
  >
    {entryStateWords[state]}
  </span>
)

function Card(props: {
  id: string
  title: string
  mark: React.ReactNode
  when: string
  where: string
  more: string
}) {
  return (
    <Go to={paths.event} params={{ id: props.id }} className="card">
      <span className="row">
        <h3>{props.title}</h3>
        {props.mark}
      </span>
      <p className="num">{props.when}</p>
      <p className="soft small">{props.where}</p>
      <p className="soft small num">{props.more}</p>
    </Go>
  )
}

/** An event for the whole city, to anybody. */
export const OpenEventCard = ({ one, now }: { one: OpenEvent; now: string }) => (
  <Card
    id={one.id}
    title={one.title}
    mark={<span className="mark">{one.kind}</span>}
    when={spanWords(one.startsAt, one.endsAt)}
    where={`${one.place} · ${one.host}`}
    more={placesWords(one, opensLater(one, now))}
  />
)

/** An event as one woman stands in it. */
export const MyEventCard = ({ one }: { one: MyEvent }) => (
  <Card
    id={one.id}
    title={one.title}
    mark={
      one.entry ? (
        <EntryMark state={one.entry.state} />
      ) : (
        <span className="mark">{eventKindWords[one.kind]}</span>
      )
    }
    when={spanWords(one.startsAt, one.endsAt)}
    where={`${one.place} · ${one.org.name}`}
    more={one.phase === 'cancelled' ? '活动已取消' : placesWords(placesOf(one), one.phase === 'before')}
  />
)
