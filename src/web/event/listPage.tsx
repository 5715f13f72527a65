import '../hardship/hardship.css'
import './event.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Segmented, Tag } from 'antd'
import { eventList, type EventBox } from '#signup/api.ts'
import { eventKindWords, eventModeWords, phaseWords, type EventPhase } from '#signup/states.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { eventApi } from './addresses.ts'
import { at } from './times.ts'

const route = getRouteApi(paths.events)

export const phaseColors: Readonly<Record<EventPhase, string>> = {
  draft: 'default',
  before: 'gold',
  signing: 'green',
  closed: 'gold',
  running: 'blue',
  over: 'gold',
  ended: 'default',
  cancelled: 'red',
}

/** 活动报名: what the reader's unit holds, and where she may sign members up. */
export function EventsPage() {
  const { events: box = 'own' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useApi(eventApi.list(box), eventList, { keep: true })
  return (
    <>
      <PageHead
        title="活动报名"
        sub="培训班、讲座、竞赛、服务预约的名额、候补、抽签和签到；签到后培训自动生成填报，不用再填"
        extra={
          <>
            {box === 'open' && (
              <Link to={paths.imports} params={{ target: 'eventEntry' }} search={{}}>
                <Button>用名单报名</Button>
              </Link>
            )}
            <Link to={paths.eventForm}>
              <Button type="primary">新建活动</Button>
            </Link>
          </>
        }
      />
      <section className="hardship-card">
        <div className="hardship-bar">
          <Segmented<EventBox>
            value={box}
            onChange={(to) => void navigate({ search: to === 'own' ? {} : { events: to } })}
            options={[
              { value: 'own', label: '本单位主办' },
              { value: 'open', label: '可以为会员报名' },
            ]}
          />
        </div>
        <Loaded query={query}>
          {({ rows, more }) =>
            rows.length === 0 ? (
              <Blank
                why={
                  box === 'own'
                    ? '本单位还没有活动，请点“新建活动”'
                    : '现在没有正在报名、本单位会员可以参加的活动'
                }
              />
            ) : (
              <>
                <Sideways label="活动">
                  <table className="plain-table event-list">
                    <thead>
                      <tr>
                        <th>活动</th>
                        <th>状态</th>
                        <th>类型</th>
                        {box === 'open' && <th>主办</th>}
                        <th>开始时间</th>
                        <th>报名截止</th>
                        <th>方式</th>
                        <th>名额</th>
                        <th>已占</th>
                        <th>候补</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={row.id}>
                          <td>
                            <Link to={paths.event} params={{ id: row.id }}>
                              {row.title}
                            </Link>
                          </td>
                          <td>
                            <Tag color={phaseColors[row.phase]}>{phaseWords[row.phase]}</Tag>
                          </td>
                          <td>{eventKindWords[row.kind]}</td>
                          {box === 'open' && <td>{row.org.shortName}</td>}
                          <td className="num">{at(row.startsAt)}</td>
                          <td className="num">{at(row.closesAt)}</td>
                          <td>{eventModeWords[row.mode]}</td>
                          <td className="num">{row.cap}</td>
                          <td className="num">{row.taken}</td>
                          <td className="num">{row.hasList ? row.waiting : '—'}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Sideways>
                {more && <p className="hardship-aside">只列最近的 200 项活动。</p>}
              </>
            )
          }
        </Loaded>
      </section>
    </>
  )
}
