import { Link, useRouter } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { Box, Card } from '#record/api.ts'
import { effortText, formatInstant } from '../format.ts'
import { AfterLockTag } from '../kit/afterLockTag.tsx'
import { StateTag } from '../kit/stateTag.tsx'
import { paths } from '../paths.ts'
import { DueTag } from '../task/stateTag.tsx'
import { actOf, asking, targetOf } from './boxes.ts'

/** Cards of a box: what it is, from whom, since when, until when, how long it takes, and the one act that is asked. */
export function InboxCards({ box, cards }: { box: Box; cards: readonly Card[] }) {
  return (
    <ul className="inbox-cards">
      {cards.map((card) => (
        <li key={card.id}>
          <div className="inbox-what">
            <b>{card.title || '（未填名称）'}</b>
            <p>
              <span>{card.label}</span>
              {(box === 'review' || box === 'copied' || card.link !== null) && (
                <span>{card.org.shortName}</span>
              )}
              {card.person && <span>{card.person}</span>}
              <When card={card} />
              {card.minutes !== null && <span>{minutesWords(box, card, card.minutes)}</span>}
            </p>
          </div>
          <div className="inbox-state">
            {card.afterLock && <AfterLockTag />}
            <Standing box={box} card={card} />
          </div>
          <CardLink box={box} card={card} />
        </li>
      ))}
    </ul>
  )
}

/** Until when, where there is a day for it; else since when. */
function When({ card: { kind, link, dueOn, at } }: { card: Card }) {
  if (link !== null && dueOn)
    return (
      <span className="num">
        {dueOn} 前{kind === 'task' ? '报送' : '办理'}
      </span>
    )
  if (at === '') return null
  const instant = at.length === 10 ? at : formatInstant(at)
  return <span className="num">{link === null ? instant : instant.slice(0, 10)}</span>
}

/** Of what she has sent on, the time is that of whoever has it now. */
const minutesWords = (box: Box, { kind }: Card, minutes: number): string =>
  `${box === 'mine' ? (kind === 'task' ? '每家' : '审核') : ''}${effortText(minutes)}`

function Standing({ box, card }: { box: Box; card: Card }) {
  const isRecord = card.link === null
  const saysWhat = isRecord
    ? box !== 'done' && box !== 'copied' && (box !== 'review' || card.kind !== 'record')
    : box !== 'done'
  return (
    <>
      {card.warnings > 0 && <Tag color="gold">提醒 {card.warnings}</Tag>}
      {(box === 'done' || box === 'copied') && isRecord && <StateTag state={card.state} />}
      {box === 'done' && !isRecord && <Tag>{card.what}</Tag>}
      {saysWhat && <span>{card.what}</span>}
      {(asking.includes(box) || box === 'mine') && card.left !== null && <DueTag left={card.left} />}
    </>
  )
}

function CardLink({ box, card }: { box: Box; card: Card }) {
  const router = useRouter()
  const target = targetOf(box, card)
  const type = asking.includes(box) ? 'primary' : 'default'
  const button = <Button type={type}>{actOf(box, card.kind)}</Button>
  switch (target.to) {
    case 'form':
      return (
        <Link to={paths.form} params={{ programme: target.programme }} search={target.search}>
          {button}
        </Link>
      )
    case 'review':
      return (
        <Link to={paths.review} search={target.search}>
          {button}
        </Link>
      )
    case 'link':
      return (
        <Button
          type={type}
          href={target.href}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            router.history.push(target.href)
          }}
        >
          {actOf(box, card.kind)}
        </Button>
      )
    case 'record':
      return (
        <Link to={paths.records} params={{ programme: target.programme }} search={target.search}>
          {button}
        </Link>
      )
  }
}
