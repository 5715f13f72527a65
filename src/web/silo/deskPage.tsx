import './silo.css'
import { Tag } from 'antd'
import { useState } from 'react'
import { desk, type Desk, type SiloRow } from '#silo/api.ts'
import { dutyWords, siloStateWords, siloWords, stepWords } from '#silo/kinds.ts'
import { longDay } from '#kit/day.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { usePages } from '../kit/pages.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { siloApi } from './addresses.ts'
import { MatchReportsCard } from './matchReports.tsx'
import { MatterDrawer } from './matterDrawer.tsx'

/** 专办事项: what is with her, what waits to be taken in or given, and what is late; no word of any before it is opened. */
export function SiloDeskPage() {
  const { query, pager } = usePages(siloApi.desk, desk)
  return (
    <>
      <PageHead
        title="专办事项"
        sub="打开内容会留痕，来件人看得到哪天、哪个岗位看过；与您单位有关的事项不会出现在这里"
      />
      <Loaded query={query}>
        {(found) =>
          found.seats.length === 0 ? (
            <section className="silo-card">
              <Blank why="您还没有分工。由市总工会的安全管理员在“专办人员”里指定您承办哪类事项" />
            </section>
          ) : (
            <Matters found={found} />
          )
        }
      </Loaded>
      {pager}
    </>
  )
}

function Matters({ found: { seats, rows, counts } }: { found: Desk }) {
  const [open, setOpen] = useState<string | null>(null)
  const lists = [
    { title: '待办', n: counts.open, rows: rows.filter(({ step }) => step !== null), none: '没有要办的事项' },
    {
      title: '已结束',
      n: counts.ended,
      rows: rows.filter(({ step }) => step === null),
      none: '还没有办完的事项',
    },
  ]
  return (
    <>
      <p className="silo-aside">
        您的分工：{seats.map(({ silo, duty }) => `${siloWords[silo].name}${dutyWords[duty]}`).join('、')}
      </p>
      {lists.map(({ title, n, rows: list, none }) =>
        n > 0 && list.length === 0 ? null : (
          <section key={title} className="silo-card">
            <h2>
              {title}（{n}）
            </h2>
            {list.length === 0 ? (
              <Blank why={none} />
            ) : (
              <ul className="silo-list">
                {list.map((row) => (
                  <li key={row.id}>
                    <button type="button" className="silo-row" onClick={() => setOpen(row.id)}>
                      <Row row={row} />
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ),
      )}
      {seats.some(({ silo }) => silo === 'complaint') && <MatchReportsCard />}
      {open && <MatterDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  )
}

const Row = ({ row }: { row: SiloRow }) => (
  <>
    {row.isUrgent && <Tag color="red">紧急</Tag>}
    <b>
      {siloWords[row.silo].name} · {row.topic}
    </b>
    <span className="silo-aside">
      {row.no} · {longDay(row.receivedOn)}收到{row.org && ` · 涉及${row.org}`}
      {row.assignedTo && ` · ${row.mine ? '由您承办' : `由${row.assignedTo}承办`}`}
    </span>
    <span className="silo-end">
      {row.step && row.dueOn && (
        <span className="silo-aside">
          {stepWords[row.step]}限 {longDay(row.dueOn)}{' '}
        </span>
      )}
      {row.isLate && <Tag color="orange">超期</Tag>}
      <Tag>{siloStateWords[row.state]}</Tag>
    </span>
  </>
)
