import './calendar.css'
import { getRouteApi } from '@tanstack/react-router'
import { Alert, Button, Flex, Tag } from 'antd'
import { useState } from 'react'
import { longDay } from '#kit/day.ts'
import { calendarYear, limitLabels, type CalendarYear } from '#rules/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { calendarApi } from './addresses.ts'
import { DaysModal, LimitModal } from './modals.tsx'
import { monthsOf, stretchesOf } from './months.ts'

const route = getRouteApi(paths.calendar)

/** 工作日历: the days that due dates and terms count, and the terms themselves. */
export function CalendarPage() {
  const { today } = useMe()
  const asked = route.useSearch().year
  const year = asked && /^20\d\d$/.test(asked) ? Number(asked) : Number(today.slice(0, 4))
  const query = useApi(calendarApi.year(year), calendarYear, { keep: true })
  const navigate = route.useNavigate()
  const go = (by: number) => void navigate({ search: { year: String(year + by) } })
  return (
    <>
      <PageHead
        title="工作日历"
        sub="报送期限、办理时限和提醒都按工作日计算；放假和调休上班以国务院办公厅的通知为准"
        extra={
          <Flex gap={8} align="center">
            <Button onClick={() => go(-1)} disabled={year <= 2000}>
              上一年
            </Button>
            <b className="num">{year} 年</b>
            <Button onClick={() => go(1)} disabled={year >= 2099}>
              下一年
            </Button>
          </Flex>
        }
      />
      <Loaded query={query}>{(data) => <Year key={data.year} data={data} today={today} />}</Loaded>
    </>
  )
}

const kindNames = { off: '休', work: '班' } as const

function Year({ data, today }: { data: CalendarYear; today: string }) {
  const [entering, setEntering] = useState<'days' | 'limit' | null>(null)
  return (
    <div className="calendar">
      {!data.announced && (
        <Alert
          type="info"
          showIcon
          className="calendar-note"
          title={`${data.year} 年的放假安排还没有录入，暂按周一至周五为工作日计算${data.mayEdit ? '；通知发布后请在下面录入' : ''}`}
        />
      )}
      <div className="calendar-months" aria-hidden="true">
        {monthsOf(data.year, data.days).map(({ month, lead, days }) => (
          <div key={month} className="calendar-month">
            <b>{month}月</b>
            <div className="calendar-grid">
              {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
                <i key={name}>{name}</i>
              ))}
              {days.map(({ day, kind }, n) => (
                <span
                  key={day}
                  className={`num is-${kind}${day === today ? ' is-today' : ''}`}
                  style={n === 0 ? { gridColumnStart: lead + 1 } : undefined}
                >
                  {Number(day.slice(8))}
                  {(kind === 'off' || kind === 'work') && <sup>{kindNames[kind]}</sup>}
                </span>
              ))}
            </div>
          </div>
        ))}
      </div>
      <Arranged data={data} onEnter={() => setEntering('days')} />
      <Limits data={data} onEnter={() => setEntering('limit')} />
      {entering === 'days' && <DaysModal year={data.year} onClose={() => setEntering(null)} />}
      {entering === 'limit' && <LimitModal today={today} onClose={() => setEntering(null)} />}
    </div>
  )
}

function Arranged({ data, onEnter }: { data: CalendarYear; onEnter: () => void }) {
  const stretches = stretchesOf(data.days)
  return (
    <section className="calendar-card">
      <h2>
        放假与调休
        {data.mayEdit && (
          <Button size="small" onClick={onEnter}>
            录入
          </Button>
        )}
      </h2>
      {stretches.length === 0 ? (
        <p className="page-sub">还没有录入</p>
      ) : (
        <ul>
          {stretches.map(({ from, until, days, kind, name }) => (
            <li key={from}>
              <span className="num">
                {longDay(from).slice(5)}
                {days > 1 && ` 至 ${longDay(until).slice(5)}`}
              </span>
              <Tag color={kind === 'off' ? 'red' : 'blue'}>{kind === 'off' ? `放假 ${days} 天` : '上班'}</Tag>
              <span>{name}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Limits({ data, onEnter }: { data: CalendarYear; onEnter: () => void }) {
  return (
    <section className="calendar-card">
      <h2>
        办理时限
        {data.mayEdit && (
          <Button size="small" onClick={onEnter}>
            调整
          </Button>
        )}
      </h2>
      <ul>
        {data.limits.map(({ kind, days, fromOn }) => (
          <li key={`${kind} ${fromOn}`}>
            <span>{limitLabels[kind]}</span>
            <b className="num">{days} 个工作日</b>
            <span className="page-sub num">自 {fromOn} 起</span>
          </li>
        ))}
      </ul>
      <p className="page-sub">超过时限只作标示，不影响继续办理，也不排名。</p>
    </section>
  )
}
