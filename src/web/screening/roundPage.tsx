import '../hardship/hardship.css'
import './screening.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { fewest, roundDetail, type RoundDetail } from '#screening/api.ts'
import { entryStateWords, roundStateWords, type EntryState } from '#screening/states.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { screeningApi } from './addresses.ts'
import { AllotmentsCard } from './allotmentsCard.tsx'
import { EntriesCard } from './entriesCard.tsx'
import { FollowsCard } from './followsCard.tsx'
import { HandlersCard } from './handlersCard.tsx'
import { HospitalCard } from './hospitalCard.tsx'
import { leftOf } from './left.ts'
import { roundColors } from './listPage.tsx'
import { MembersCard } from './membersCard.tsx'
import { RoundBar } from './roundBar.tsx'

const route = getRouteApi(paths.screeningRound)

/** One round: how far it has come, its places and days, and what the reader has to do in it. */
export function ScreeningRoundPage() {
  const { id } = route.useParams()
  const query = useApi(screeningApi.round(id), roundDetail, { keep: true })
  return <Loaded query={query}>{(round) => <Shown round={round} />}</Loaded>
}

function Shown({ round: r }: { round: RoundDetail }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const ask = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } })
  // The owner's own women come like those of any unit, once it has handed places to itself.
  const listsOwn = !r.isOwner || r.allotments.some((one) => one.org.id === r.org.id)
  return (
    <>
      <PageHead
        title={
          <>
            {r.title} <Tag color={roundColors[r.state]}>{roundStateWords[r.state]}</Tag>
          </>
        }
        sub={`${r.org.name} · ${r.fromOn} 至 ${r.untilOn} · ${r.minAge} 至 ${r.maxAge} 周岁，${r.cycleYears} 年一次`}
        extra={<RoundBar round={r} />}
      />
      <Figures round={r} />
      <DaysCard round={r} />
      <AllotmentsCard round={r} />
      {r.duties.includes('book') && r.state === 'open' && <HospitalCard round={r} />}
      {r.duties.includes('followUp') && <FollowsCard id={r.id} />}
      {r.state === 'open' && listsOwn && (
        <MembersCard round={r} standing={search.standing ?? 'due'} onAsk={ask} />
      )}
      {r.state !== 'draft' && (listsOwn || r.duties.length > 0) && (
        <EntriesCard round={r} place={search.place} onAsk={ask} />
      )}
      {r.mayName && <HandlersCard id={r.id} />}
    </>
  )
}

/** The summary of a round; whoever may read the list opens it from its figure. */
function Figures({ round: r }: { round: RoundDetail }) {
  const { counts } = r
  const opens = !r.isOwner || r.duties.length > 0
  const figure = (state: EntryState): ReactNode => {
    const text = `${counts[state]} 人`
    return opens && counts[state] > 0 ? (
      <Link to={paths.screeningRound} params={{ id: r.id }} search={{ place: state }} hash="entries">
        {text}
      </Link>
    ) : (
      text
    )
  }
  const { post } = useMe()
  const own = r.allotments.find((one) => one.org.id === post.org.id)
  const due = counts.attended + counts.missed
  const told = r.told && r.told.satisfied + r.told.fair + r.told.dissatisfied
  const lines: [string, ReactNode][] = [
    [
      r.isOwner ? '定向名额' : '本单位定向',
      r.isOwner
        ? `${r.directed}，已分 ${r.passed}`
        : own
          ? `${own.quota}，已用 ${own.used ?? 0}`
          : '没有分到',
    ],
    ['公开名额', `${r.openPlaces}，已用${r.openUsed === null ? `少于 ${fewest}` : ` ${r.openUsed}`}`],
    ...(['listed', 'booked', 'attended', 'missed', 'declined'] as const).map((state): [string, ReactNode] => [
      entryStateWords[state],
      figure(state),
    ]),
    ['到检率', due > 0 ? `${Math.round((counts.attended * 1000) / due) / 10}%` : '—'],
    ...(r.isOwner
      ? [
          [
            '经费',
            `${(counts.attended * r.price).toLocaleString('zh-CN')} 元 / 预算 ${r.budget.toLocaleString('zh-CN')} 元`,
          ] as [string, ReactNode],
          [
            '满意度',
            r.told && told
              ? `满意 ${r.told.satisfied}、一般 ${r.told.fair}、不满意 ${r.told.dissatisfied}`
              : '还没有登记',
          ] as [string, ReactNode],
        ]
      : []),
    ...(r.follow
      ? [['请本人联系医院', `待联系 ${r.follow.needed}、已联系 ${r.follow.closed}`] as [string, ReactNode]]
      : []),
  ]
  return (
    <section className="hardship-card">
      <h2>{r.isOwner ? '轮次概况' : '本单位概况'}</h2>
      <dl className="hardship-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hardship-aside" style={{ margin: '10px 0 0' }}>
        到检人数和经费已自动计入
        <Link className="link in-text" to={paths.records} params={{ programme: 'screening' }}>
          “两癌”筛查记录
        </Link>
        ，不用再填报。对象和周期的依据：{r.ruleBasis}。
        {r.isOwner && !opens && '名单只给她本人、她的单位和指定的经办人看。'}
      </p>
    </section>
  )
}

const DaysCard = ({ round: r }: { round: RoundDetail }) => (
  <section className="hardship-card">
    <h2>定点医院和日期</h2>
    {r.days.length === 0 ? (
      <Blank why={r.mayLead ? '还没有医院和日期，请在“修改”里填写' : '还没有医院和日期'} />
    ) : (
      <Sideways label="定点医院和日期">
        <table className="plain-table screening-days">
          <thead>
            <tr>
              <th>日期</th>
              <th>医院</th>
              <th>容量</th>
              <th>已约</th>
              <th>还剩</th>
            </tr>
          </thead>
          <tbody>
            {r.days.map((day) => (
              <tr key={day.id}>
                <td className="num">{day.onDay}</td>
                <td>{day.hospital}</td>
                <td className="num">{day.capacity}</td>
                <td className="num">{day.taken ?? `少于 ${fewest}`}</td>
                <td className="num">{day.capacity === day.taken ? '约满' : leftOf(day)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    )}
  </section>
)
