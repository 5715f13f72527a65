import { Link } from '@tanstack/react-router'
import { bulletinList } from '#bulletin/api.ts'
import type { Me, Role } from '#identity/api.ts'
import { inbox } from '#record/api.ts'
import { longDay } from '#kit/day.ts'
import { useApi } from '../api/hooks.tsx'
import { bulletinApi } from '../bulletin/addresses.ts'
import { boxCount, emptyWords } from '../inbox/boxes.ts'
import { InboxCards } from '../inbox/cards.tsx'
import { useInbox } from '../inbox/useInbox.tsx'
import '../inbox/inbox.css'
import { TourOffer } from '../help/tour.tsx'
import { Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { ProgrammeGrid } from '../record/entryPage.tsx'
import { isReviewing } from '../shell/menu.ts'
import { PressingCard } from '../plan/pressing.tsx'
import { KeyFigures } from './keyFigures.tsx'

/** A cadre's day: what waits for her, where she enters, how her scope stands. A leader's: the figures. */
export function BusinessHome({ me }: { me: Me }) {
  const cadre = me.post.role === 'cadre'
  const reviewing = isReviewing(me.post.org.tier)
  return (
    <div className="home">
      <TourOffer />
      <header className="home-hello">
        <div>
          <h1>{me.account.name}，您好</h1>
          <p>
            {me.post.org.name} · {me.account.title}
          </p>
        </div>
        <span className="num">
          {longDay(me.today)}
          {cadre && (
            <>
              {' · '}
              <Link to={paths.myYear}>我的年度工作</Link>
            </>
          )}
        </span>
      </header>
      {cadre && <Counts reviewing={reviewing} />}
      <div className="home-columns">
        <div>
          {!cadre && <Waiting role={me.post.role} reviewing={reviewing} />}
          <Notices />
          <PressingCard />
          {cadre && <Waiting role={me.post.role} reviewing={reviewing} />}
          {cadre && (
            <section className="home-card">
              <h2>填一条</h2>
              <ProgrammeGrid />
            </section>
          )}
          {!cadre && <KeyFigures me={me} most={14} />}
        </div>
        {cadre ? <KeyFigures me={me} most={reviewing ? 10 : 8} /> : <WhereToLook reviewing={reviewing} />}
      </div>
    </div>
  )
}

const tiles = [
  { box: 'review', label: '待我审核' },
  { box: 'returned', label: '退回给我' },
  { box: 'fill', label: '待我填报' },
  { box: 'mine', label: '已提交，等审核' },
] as const

/** Four numbers, each leading to its box. */
function Counts({ reviewing }: { reviewing: boolean }) {
  const query = useApi(api.inbox, inbox, { staleTime: 30_000 })
  return (
    <Loaded query={query} rows={2}>
      {({ counts, atLeast }) => (
        <div className="home-counts">
          {tiles
            .filter((tile) => reviewing || tile.box !== 'review' || (counts[tile.box] ?? 0) > 0)
            .map(({ box, label }) => {
              const count = counts[box] ?? 0
              const body = (
                <>
                  <b className="num">{boxCount(box, { counts, atLeast })}</b>
                  <span>{label}</span>
                </>
              )
              const className = count > 0 && box !== 'mine' ? 'home-count asks' : 'home-count'
              return (
                <Link key={box} to={paths.inbox} search={{ box }} className={className}>
                  {body}
                </Link>
              )
            })}
        </div>
      )}
    </Loaded>
  )
}

const shownOnHome = 5

/** The box that presses most, a few cards of it. */
export function Waiting({ role, reviewing }: { role: Role; reviewing: boolean }) {
  const isCadre = role === 'cadre'
  const box = reviewing || !isCadre ? 'review' : 'fill'
  const waiting = useInbox(box)
  // Whoever only signs or scores is not told every day that there is nothing to.
  if (!isCadre && !waiting.cards?.length) return null
  return (
    <section className="home-card">
      <h2>
        {!isCadre ? '等我办理' : reviewing ? '等我审核' : '要我填报'}
        <Link to={paths.inbox} search={{}}>
          全部待办
        </Link>
      </h2>
      <Loaded query={{ data: waiting.cards, error: waiting.error, refetch: waiting.refetch }} rows={4}>
        {(cards) =>
          cards.length > 0 ? (
            <InboxCards box={box} cards={cards.slice(0, shownOnHome)} />
          ) : (
            <p className="home-calm">{emptyWords[box]}</p>
          )
        }
      </Loaded>
    </section>
  )
}

/** For a leader, who enters and reviews nothing: the three places that answer questions. */
function WhereToLook({ reviewing }: { reviewing: boolean }) {
  return (
    <section className="home-card home-places">
      <h2>看什么</h2>
      <Link to={paths.figures}>
        <b>指标</b>
        <span>按年、季、月看各项数字，逐级下钻到区县、基层和每一条记录</span>
      </Link>
      {reviewing && (
        <Link to={paths.summary}>
          <b>年度总结</b>
          <span>总结正文里的每个数字都能点开来源，可下载公文格式的文档</span>
        </Link>
      )}
      <Link to={paths.orgs}>
        <b>组织</b>
        <span>女职工委员会组建、换届和还没有组建的单位</span>
      </Link>
    </section>
  )
}

/** Notices of those above that her unit has not taken note of yet; nothing where there are none. */
function Notices() {
  const { data = [] } = useApi(bulletinApi.list('received'), bulletinList, { staleTime: 60_000 })
  const unread = data.filter((one) => one.isRead === false).slice(0, 3)
  if (unread.length === 0) return null
  return (
    <section className="home-card">
      <h2>
        通知公告
        <Link to={paths.bulletins} search={{}}>
          全部
        </Link>
      </h2>
      <ul className="home-notices">
        {unread.map(({ id, title, issuer, validUntil }) => (
          <li key={id}>
            <Link to={paths.bulletins} search={{ id }}>
              {title}
            </Link>
            <small className="num">
              {issuer.shortName} · 有效至 {validUntil}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
