import './honour.css'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { campaignList, type CampaignCard, type CampaignState } from '#honour/api.ts'
import { campaignKindWords, campaignStateWords } from '#honour/words.ts'
import { useMe } from '../api/hooks.tsx'
import { usePages } from '../kit/pages.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { honourApi } from './addresses.ts'

export const campaignColors: Readonly<Record<CampaignState, string>> = {
  draft: 'default',
  open: 'blue',
  jury: 'purple',
  party: 'gold',
  notice: 'red',
  granted: 'green',
  cancelled: 'default',
}

/** 评选表彰: campaigns that her unit runs, may nominate for, or that she judges. */
export function HonoursPage() {
  const { post } = useMe()
  const { query, pager } = usePages(honourApi.campaigns, campaignList)
  const leads = post.role === 'cadre' && isReviewing(post.org.tier)
  return (
    <>
      <PageHead
        title="评选表彰"
        sub="推荐、公示、评审、审定到表彰都在这里；表彰后自动生成荣誉记录，不用再填"
        extra={
          <>
            {post.role === 'cadre' && (
              <Link to={paths.honourRegister}>
                <Button>荣誉册</Button>
              </Link>
            )}
            {leads && (
              <Link to={paths.honourForm}>
                <Button type="primary">起草评选</Button>
              </Link>
            )}
          </>
        }
      />
      <section className="honour-card">
        <Loaded query={query}>
          {({ rows: cards }) =>
            cards.length === 0 ? (
              <Blank why="现在没有评选" />
            ) : (
              <ul className="act-list">
                {cards.map((card) => (
                  <Card key={card.id} card={card} />
                ))}
              </ul>
            )
          }
        </Loaded>
        {pager}
      </section>
    </>
  )
}

const Card = ({ card }: { card: CampaignCard }) => (
  <li>
    <div>
      <Link to={paths.honour} params={{ id: card.id }}>
        <b>{card.title}</b>
      </Link>{' '}
      <Tag color={campaignColors[card.state]}>{campaignStateWords[card.state]}</Tag>
      {card.isJuror && <Tag>担任评委</Tag>}
      <p className="num">
        {card.organiser.shortName} · {campaignKindWords[card.kind]} · 推荐 {card.opensOn} 至 {card.closesOn} ·{' '}
        推荐 {card.nominations} 份
      </p>
    </div>
    <Link to={paths.honour} params={{ id: card.id }}>
      <Button aria-label={`查看 ${card.title}`}>查看</Button>
    </Link>
  </li>
)
