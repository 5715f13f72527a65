import './notify.css'
import { Link, useRouter } from '@tanstack/react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { longDay } from '#kit/day.ts'
import { messageKinds, messageList, type Message } from '#notify/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { formatClock, formatInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { messageApi } from './addresses.ts'
import { byDayAndKind, mostOpen, shownRows, type Kin } from './grouped.ts'

const dayOf = ({ at }: Message): string => formatInstant(at).slice(0, 10)

/** 站内信: what happened that concerns her, by day and kind, newest first; opening one marks it as read. */
export function MessagesPage() {
  const query = useInfiniteQuery({
    queryKey: ['/messages'],
    queryFn: ({ pageParam, signal }) => call(messageApi.list(pageParam), messageList, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const read = useAct((ids: string[] | undefined, key) =>
    call(messageApi.read, anything, { method: 'POST', key, body: ids ? { ids } : {} }),
  )
  const { today } = useMe()
  const pages = query.data?.pages
  const unread = pages?.[0]?.unread ?? 0
  return (
    <>
      <PageHead
        title="站内信"
        sub={pages && (unread > 0 ? `${unread} 条未读` : '都看过了')}
        extra={
          <>
            <Link to={paths.account}>
              <Button>提醒方式</Button>
            </Link>
            {unread > 0 && (
              <Button loading={read.busy} onClick={() => read.run(undefined)}>
                全部标为已读
              </Button>
            )}
          </>
        }
      />
      <section className="messages">
        <Loaded query={{ data: pages?.flatMap((p) => p.rows), error: query.error, refetch: query.refetch }}>
          {(rows) =>
            rows.length === 0 ? (
              <Blank why="还没有消息：有退回、催办、任务下达时会在这里告诉您" />
            ) : (
              byDayAndKind(rows, dayOf).map((one) => (
                <section key={one.day} className="message-day">
                  <h2>
                    {one.day === today ? '今天' : longDay(one.day)}
                    {one.unread > 0 && <small>{one.unread} 条未读</small>}
                  </h2>
                  {one.kins.map((kin) => (
                    <KinRows key={kin.kind} kin={kin} busy={read.busy} onRead={read.run} />
                  ))}
                </section>
              ))
            )
          }
        </Loaded>
        {query.hasNextPage && (
          <Button
            block
            type="text"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            再看 30 条
          </Button>
        )}
      </section>
    </>
  )
}

type KinRowsProps = { kin: Kin; busy: boolean; onRead: (ids: string[]) => void }

/** What is about the same, under one word; a long run is folded. */
function KinRows({ kin, busy, onRead }: KinRowsProps) {
  const [isOpen, setOpen] = useState(false)
  const { kind, rows, unread } = kin
  const isLong = rows.length > mostOpen
  const unreadIds = rows.filter((row) => !row.isRead).map((row) => row.id)
  return (
    <div className="message-kin">
      <div className="message-kin-head">
        <Tag color={kind === 'chase' || kind === 'remind' ? 'gold' : 'default'}>{messageKinds[kind]}</Tag>
        <span>{rows.length} 条</span>
        {unread > 1 && (
          <Button size="small" type="link" disabled={busy} onClick={() => onRead(unreadIds)}>
            这 {unread} 条标为已读
          </Button>
        )}
      </div>
      <ul>
        {shownRows(kin, isOpen).map((row) => (
          <Line key={row.id} row={row} onOpen={() => !row.isRead && onRead([row.id])} />
        ))}
      </ul>
      {isLong && (
        <Button size="small" type="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? '收起' : `展开其余 ${rows.length - shownRows(kin, false).length} 条`}
        </Button>
      )}
    </div>
  )
}

function Line({ row, onOpen }: { row: Message; onOpen: () => void }) {
  const router = useRouter()
  return (
    <li className={row.isRead ? undefined : 'is-unread'}>
      <a
        href={row.link}
        onClick={(event) => {
          onOpen()
          // The H5 is a program of its own.
          if (event.ctrlKey || event.metaKey || event.shiftKey || row.link.startsWith('/m/')) return
          event.preventDefault()
          router.history.push(row.link)
        }}
      >
        <span className="message-subject">
          {!row.isRead && <span className="visually-hidden">未读：</span>}
          {row.subject}
        </span>
        <span className="num message-at">{formatClock(row.at)}</span>
      </a>
    </li>
  )
}
