import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { Box, Card } from '#record/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { formatInstant } from '../format.ts'
import { StateTag } from '../kit/stateTag.tsx'
import { paths } from '../paths.ts'
import { actOf, targetOf } from './boxes.ts'

/** Cards of a box: what it is, from whom, since when, and the one act that is asked. */
export function InboxCards({ box, cards }: { box: Box; cards: readonly Card[] }) {
  return (
    <ul className="inbox-cards">
      {cards.map((card) => (
        <li key={card.id}>
          <div className="inbox-what">
            <b>{card.title || '（未填名称）'}</b>
            <p>
              <span>{findProgramme(card.programme)?.label ?? card.programme}</span>
              {box === 'review' && <span>{card.org.shortName}</span>}
              {card.person && <span>{card.person}</span>}
              <span className="num">{formatInstant(card.at)}</span>
            </p>
          </div>
          <div className="inbox-state">
            {card.warnings > 0 && <Tag color="gold">提醒 {card.warnings}</Tag>}
            {box === 'done' && <StateTag state={card.state} />}
            {box !== 'done' && (box !== 'review' || card.kind !== 'record') && <span>{card.what}</span>}
          </div>
          <CardLink box={box} card={card} />
        </li>
      ))}
    </ul>
  )
}

function CardLink({ box, card }: { box: Box; card: Card }) {
  const target = targetOf(box, card)
  const asks = box !== 'mine' && box !== 'done'
  const button = <Button type={asks ? 'primary' : 'default'}>{actOf[box]}</Button>
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
    case 'record':
      return (
        <Link to={paths.records} params={{ programme: target.programme }} search={target.search}>
          {button}
        </Link>
      )
  }
}
