import '../hardship/hardship.css'
import './event.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Tag } from 'antd'
import { eventDetail, type EventDetail } from '#signup/api.ts'
import {
  entryStates,
  entryStateWords,
  eventKindWords,
  eventModeWords,
  phaseWords,
  trainingKinds,
} from '#signup/states.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { formatInstant } from '../format.ts'
import { eventApi } from './addresses.ts'
import { EntriesCard } from './entriesCard.tsx'
import { EventBar } from './eventBar.tsx'
import { phaseColors } from './listPage.tsx'
import { RecordCard } from './recordCard.tsx'
import { at, span } from './times.ts'

const route = getRouteApi(paths.event)

/** One event as it stands: places, who signed up, who came; to another unit what concerns its own women. */
export function EventPage() {
  const { id } = route.useParams()
  const query = useApi(eventApi.one(id), eventDetail, { keep: true })
  return (
    <Loaded query={query}>
      {(found) => (
        <>
          <PageHead
            title={
              <>
                {found.title} <Tag color={phaseColors[found.phase]}>{phaseWords[found.phase]}</Tag>
              </>
            }
            sub={`${found.org.name} · ${span(found.startsAt, found.endsAt)} · ${found.place}`}
            extra={<EventBar found={found} />}
          />
          {found.reason !== null && (
            <Alert className="event-note" type="warning" showIcon title={`已取消：${found.reason}`} />
          )}
          {found.taken > found.cap && (
            <Alert
              className="event-note"
              type="warning"
              showIcon
              title={`已占名额比现在的名额多 ${found.taken - found.cap} 个：已报上的保留，暂不递补`}
            />
          )}
          <Counts found={found} />
          <Facts found={found} />
          {found.slots.length > 0 && <SlotsCard found={found} />}
          {found.isOwner && found.phase === 'ended' && trainingKinds.includes(found.kind) && (
            <RecordCard found={found} />
          )}
          <EntriesCard found={found} />
          {found.words.length > 0 && <WordsCard found={found} />}
        </>
      )}
    </Loaded>
  )
}

function Counts({ found: e }: { found: EventDetail }) {
  const tiles: [string, number | string][] = [
    ['名额', e.cap],
    ['已占', e.taken],
    ['剩余', Math.max(0, e.cap - e.taken)],
    ...(e.hasList ? [['候补', e.waiting] as [string, number]] : []),
    ...(e.isOwner
      ? entryStates
          .filter((state) => ['offered', 'asked'].includes(state) && e.counts[state] > 0)
          .map((state) => [entryStateWords[state], e.counts[state]] as [string, number])
      : []),
    ...(e.isOwner && ['running', 'over', 'ended'].includes(e.phase)
      ? [['已到场', e.came] as [string, number]]
      : []),
    ...(e.isOwner && e.phase === 'ended' && e.doneRule
      ? [['已完成', e.entries.filter(({ isDone }) => isDone).length] as [string, number]]
      : []),
  ]
  return (
    <dl className="event-tiles">
      {tiles.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ found: e }: { found: EventDetail }) {
  const lines: [string, React.ReactNode][] = [
    ['类型', eventKindWords[e.kind]],
    ['面向', e.isPublic ? '全市女职工' : `${e.org.shortName}和下级单位的女职工`],
    ['名额方式', eventModeWords[e.mode]],
    ['报名时间', span(e.opensAt, e.closesAt)],
    ['最晚取消', at(e.cancelUntil)],
    ['候补', e.hasList ? `设候补，开始前一天内 ${e.offerHours} 小时确认` : '不设候补'],
    ...(e.doneRule
      ? [
          [
            '上课',
            `共 ${e.sessions.length} 次，到 ${e.doneRule.sessions} 次算完成，每次要上满 ${e.doneRule.share}%`,
          ] as [string, React.ReactNode],
        ]
      : []),
    ['不到场', e.noShow ? `${e.noShow.days} 天内 ${e.noShow.limit} 次不到场的不能报` : '不限制以后报名'],
    ...(e.draw
      ? [
          [
            '抽签',
            <>
              {e.draw.drawnAt !== null
                ? '已抽签，'
                : e.draw.frozenAt !== null
                  ? '名单已固定，待抽签，'
                  : e.draw.source === ''
                    ? '报名截止时自动抽签，'
                    : `截止后用“${e.draw.source}”抽签，`}
              {e.phase === 'draft' ? (
                '发布后公开材料'
              ) : (
                <a
                  href={paths.draw.replace('$id', e.id)}
                  target="_blank"
                  rel="noreferrer"
                  style={{ textDecoration: 'underline' }}
                >
                  公开材料
                </a>
              )}
            </>,
          ] as [string, React.ReactNode],
        ]
      : []),
  ]
  return (
    <section className="hardship-card">
      <h2>概况</h2>
      <dl className="hardship-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {e.about !== '' && <p className="hardship-text event-about">{e.about}</p>}
      {e.allotments.length > 0 && (
        <p className="event-shares">
          {e.allotments.map((one) => (
            <Tag key={one.orgId}>
              {one.taken === null ? `${one.org} ${one.cap} 个` : `${one.org} ${one.taken}/${one.cap}`}
            </Tag>
          ))}
        </p>
      )}
    </section>
  )
}

const SlotsCard = ({ found }: { found: EventDetail }) => (
  <section className="hardship-card">
    <h2>其他时段</h2>
    <ul className="event-slots">
      {found.slots.map((slot) => (
        <li key={slot.id}>
          <Link to={paths.event} params={{ id: slot.id }}>
            {span(slot.startsAt, slot.endsAt)}
          </Link>
          <span className="num">{`${slot.taken}/${slot.cap}`}</span>
        </li>
      ))}
    </ul>
  </section>
)

const WordsCard = ({ found }: { found: EventDetail }) => (
  <section className="hardship-card">
    <h2>发过的通知</h2>
    <ul className="event-words">
      {found.words.map((one) => (
        <li key={one.id}>
          <span className="hardship-aside num">{formatInstant(one.at)}</span> {one.body}
        </li>
      ))}
    </ul>
  </section>
)
