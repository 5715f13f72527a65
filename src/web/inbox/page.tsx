import './inbox.css'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import type { Box } from '#record/api.ts'
import { useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { asking, boxCount, boxesOf, boxLabels, emptyWords } from './boxes.ts'
import { Calm } from './calm.tsx'
import { InboxCards } from './cards.tsx'
import { useInbox } from './useInbox.tsx'

const route = getRouteApi(paths.inbox)

/** 待办: what waits for her, box by box. */
export function InboxPage() {
  const { post } = useMe()
  const navigate = route.useNavigate()
  const reviewing = isReviewing(post.org.tier)
  const all = boxesOf(post.role, reviewing)
  const box = route.useSearch().box ?? all[0]!
  const inbox = useInbox(box)
  // A unit without others below it is seldom asked for its word: the box is there when it is.
  const list = all.filter(
    (name) =>
      name !== 'review' || reviewing || box === name || (inbox.counts[name] ?? 0) > 0 || all.length === 1,
  )
  const nothing = asking.every((name) => (inbox.counts[name] ?? 0) === 0)
  return (
    <>
      <PageHead title="待办" sub={inbox.cards && nothing ? '今天没有要您办的' : undefined} />
      <section className="inbox">
        <Tabs
          activeKey={box}
          onChange={(key) => void navigate({ search: { box: key as Box } })}
          items={list.map((name) => {
            const holds = (inbox.counts[name] ?? 0) > 0
            return {
              key: name,
              label: holds ? `${boxLabels[name]} ${boxCount(name, inbox)}` : boxLabels[name],
            }
          })}
        />
        <Loaded query={{ data: inbox.cards, error: inbox.error, refetch: inbox.refetch }}>
          {(cards) =>
            cards.length > 0 ? (
              <>
                <InboxCards box={box} cards={cards} />
                {inbox.hasMore && (
                  <Button block type="text" loading={inbox.loadingMore} onClick={inbox.more}>
                    再看 50 条
                  </Button>
                )}
                {!inbox.hasMore && inbox.atLeast.includes(box) && (
                  <p className="page-sub">同类事项较多，这里没有列全；其余请从左侧菜单到各自的页面查看</p>
                )}
              </>
            ) : (
              <Nothing box={box} />
            )
          }
        </Loaded>
      </section>
    </>
  )
}

/** An empty box that asks is a calm day; the others say why they are empty. */
const Nothing = ({ box }: { box: Box }) =>
  box === 'fill' || box === 'returned' ? <Calm words={emptyWords[box]} /> : <Blank why={emptyWords[box]} />
