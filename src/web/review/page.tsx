import './review.css'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
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
  const count = inbox.counts['review'] ?? 0
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
      <Loaded query={{ data: inbox.cards, error: inbox.error, refetch: inbox.refetch }} rows={10}>
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
  const current = cards.find((card) => card.id === search.id) ?? cards[0]!
  const go = (id: string | undefined): void => void navigate({ search: id ? { id } : {}, replace: true })
  useHotkeys({
    j: () => go(stepped(ids, current.id, 1)),
    k: () => go(stepped(ids, current.id, -1)),
    ArrowDown: () => go(stepped(ids, current.id, 1)),
    ArrowUp: () => go(stepped(ids, current.id, -1)),
  })
  return (
    <div className="review">
      <div className="review-queue">
        <BatchBar
          cards={cards}
          chosen={chosen}
          onChosen={choose}
          mustOpen={mustOpen}
          onMustOpen={setMustOpen}
          opened={opened}
          onGo={go}
        />
        <Queue
          cards={cards}
          currentId={current.id}
          chosen={chosen}
          onChosen={choose}
          mustOpen={mustOpen}
          opened={opened}
          onGo={go}
        />
        {more}
      </div>
      <Desk
        key={current.id}
        card={current}
        onLoaded={() => setOpened((old) => (old.has(current.id) ? old : new Set([...old, current.id])))}
        onDone={() => go(neighbourOf(ids, current.id))}
      />
    </div>
  )
}
