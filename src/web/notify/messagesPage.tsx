import './notify.css'
import { Link, useRouter } from '@tanstack/react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { messageKinds, messageList, type Message } from '#notify/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { messageApi } from './addresses.ts'

/** 站内信: what happened that concerns her, newest first; opening one marks it as read. */
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
              <ul>
                {rows.map((row) => (
                  <Line key={row.id} row={row} onOpen={() => !row.isRead && read.run([row.id])} />
                ))}
              </ul>
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

function Line({ row, onOpen }: { row: Message; onOpen: () => void }) {
  const router = useRouter()
  return (
    <li className={row.isRead ? undefined : 'is-unread'}>
      <a
        href={row.link}
        onClick={(event) => {
          onOpen()
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          router.history.push(row.link)
        }}
      >
        <Tag color={row.kind === 'chase' || row.kind === 'remind' ? 'gold' : 'default'}>
          {messageKinds[row.kind]}
        </Tag>
        <span className="message-subject">
          {!row.isRead && <span className="visually-hidden">未读：</span>}
          {row.subject}
        </span>
        <span className="num message-at">{formatInstant(row.at)}</span>
      </a>
    </li>
  )
}
