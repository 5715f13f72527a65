import './review.css'
import { getRouteApi } from '@tanstack/react-router'
import { LeftOutlined } from '@ant-design/icons'
import { Button, Grid } from 'antd'
import { useState } from 'react'
import type { Card } from '#record/api.ts'
import { useMe } from '../api/hooks.tsx'
import { useInbox } from '../inbox/useInbox.tsx'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { neighbourOf, stepped } from './batch.ts'
import { BatchBar } from './batchBar.tsx'
import { Desk } from './desk.tsx'
import { Queue } from './queue.tsx'

const route = getRouteApi(paths.review)

/** 审核: the queue at the left, the record at the right, one key to go on. */
export function ReviewPage() {
  const { post } = useMe()
  const inbox = useInbox('review')
  const count = inbox.counts['queue'] ?? 0
  const records = inbox.cards?.filter(({ link }) => link === null)
  return (
    <>
      <PageHead
        title="审核"
        sub={
          count > 0
            ? `等${post.org.shortName}审核的有 ${count} 件。只能通过或退回，不能改别人的数字。`
            : `等${post.org.shortName}审核的记录会出现在这里`
        }
      />
      <Loaded query={{ data: records, error: inbox.error, refetch: inbox.refetch }} rows={10}>
        {(cards) =>
          cards.length > 0 ? (
            <ReviewDesk
              cards={cards}
              more={
                inbox.hasMore && (
                  <Button block type="text" loading={inbox.loadingMore} onClick={inbox.more}>
                    再取 50 件
                  </Button>
                )
              }
            />
          ) : (
            <section className="review-empty">
              <Blank why="没有等您审核的，都办完了" />
            </section>
          )
        }
      </Loaded>
    </>
  )
}

function ReviewDesk({ cards, more }: { cards: readonly Card[]; more: React.ReactNode }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [mustOpen, setMustOpen] = useState<readonly string[]>([])
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  // Another batch has another sample: what the server named for the old one no longer counts.
  const choose = (next: ReadonlySet<string>): void => {
    setChosen(next)
    setMustOpen([])
  }
  const ids = cards.map((card) => card.id)
  // Where both do not stand side by side, the list comes first and the record in its place.
  const wide = Grid.useBreakpoint().lg ?? true
  const named = cards.find((card) => card.id === search.id) ?? null
  const current = named ?? (wide ? cards[0]! : null)
  const go = (id: string | undefined): void => void navigate({ search: id ? { id } : {}, replace: true })
  // The phone's own way back leads from the record to the list.
  const open = (id: string): void => void navigate({ search: { id }, replace: wide })
  const step = (by: number): void => go(stepped(ids, current?.id, by))
  useHotkeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1) })
  const marks = { cards, chosen, mustOpen, opened, onChosen: choose, onGo: open }
  return (
    <div className={wide ? 'review' : 'review is-narrow'}>
      {(wide || !current) && (
        <div className="review-queue">
          <BatchBar {...marks} onMustOpen={setMustOpen} />
          <Queue {...marks} currentId={current?.id ?? ''} />
          {more}
        </div>
      )}
      {current && (
        <div className="review-record">
          {!wide && <Steps ids={ids} id={current.id} onGo={go} />}
          <Desk
            key={current.id}
            card={current}
            onLoaded={() => setOpened((old) => (old.has(current.id) ? old : new Set([...old, current.id])))}
            onDone={() => go(neighbourOf(ids, current.id))}
          />
        </div>
      )}
    </div>
  )
}

type StepsProps = { ids: readonly string[]; id: string; onGo: (id: string | undefined) => void }

/** Back to the list, and on from one record to the next. */
function Steps({ ids, id, onGo }: StepsProps) {
  const at = ids.indexOf(id)
  return (
    <nav className="review-steps" aria-label="逐条审核">
      <Button icon={<LeftOutlined />} onClick={() => onGo(undefined)}>
        列表
      </Button>
      <span className="num">
        第 {at + 1} / {ids.length} 件
      </span>
      <Button disabled={at === 0} onClick={() => onGo(ids[at - 1])}>
        上一条
      </Button>
      <Button disabled={at === ids.length - 1} onClick={() => onGo(ids[at + 1])}>
        下一条
      </Button>
    </nav>
  )
}
