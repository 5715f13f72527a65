import './assessment.css'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { sheetList, type SheetCard, type SheetState } from '#figures/assessment/api.ts'
import { stateWords } from '#figures/assessment/words.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { assessmentApi } from './addresses.ts'

export const stateColors: Record<SheetState, string> = {
  draft: 'default',
  open: 'blue',
  proposed: 'gold',
  published: 'green',
  locked: 'green',
}

/** 考核: sheets that her unit answers, follows or organises. */
export function AssessmentsPage() {
  const { post } = useMe()
  const query = useApi(assessmentApi.all, sheetList)
  return (
    <>
      <PageHead
        title="考核"
        sub="能由工作记录得出的分自动计；三级评分并列，互不覆盖；不排名次"
        extra={
          isReviewing(post.org.tier) &&
          post.role === 'cadre' && (
            <Link to={paths.assessmentForm}>
              <Button type="primary">新建考核表</Button>
            </Link>
          )
        }
      />
      <section className="sheet-card">
        <Loaded query={query}>
          {(cards) =>
            cards.length === 0 ? (
              <Blank why="还没有考核表" />
            ) : (
              <ul className="sheet-list">
                {cards.map((card) => (
                  <Card key={card.id} card={card} own={post.org.id} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </>
  )
}

function Card({ card, own }: { card: SheetCard; own: number }) {
  return (
    <li>
      <div>
        <Link to={paths.assessment} params={{ id: card.id }}>
          <b>{card.title}</b>
        </Link>{' '}
        <Tag color={stateColors[card.state]}>{stateWords[card.state]}</Tag>
        <p className="num">
          {card.issuer.shortName} · 自评 {card.selfDue} 前 · 复核 {card.reviewDue} 前 · 终评 {card.finalDue}{' '}
          前
        </p>
      </div>
      {card.own ? (
        <Link to={paths.assessmentUnit} params={{ id: card.id, org: String(own) }}>
          <Button type={card.state === 'open' ? 'primary' : 'default'}>
            {card.state === 'open' ? '填自评' : '看本单位'}
          </Button>
        </Link>
      ) : (
        <Link to={paths.assessment} params={{ id: card.id }}>
          <Button>查看</Button>
        </Link>
      )}
    </li>
  )
}
