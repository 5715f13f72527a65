import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { Box, Card } from '#record/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { stateWords } from '#task/words.ts'
import { formatInstant } from '../format.ts'
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
              <span>{kindOf(card)}</span>
              {(box === 'review' || box === 'copied' || card.kind === 'task') && (
                <span>{card.org.shortName}</span>
              )}
              {card.person && <span>{card.person}</span>}
              {card.kind === 'task' && card.dueOn ? (
                <span className="num">{card.dueOn} 前报送</span>
              ) : (
                <span className="num">{formatInstant(card.at)}</span>
              )}
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

/** Of what she has sent on, the time is that of whoever has it now. */
const minutesWords = (box: Box, { kind }: Card, minutes: number): string =>
  `${box === 'mine' ? (kind === 'task' ? '每家' : '审核') : ''}约 ${minutes} 分钟`

const kindOf = ({ kind, programme }: Card): string => {
  const label = findProgramme(programme)?.label ?? programme
  if (kind !== 'task') return label
  return programme === '' ? '问卷' : `任务：${label}`
}

function Standing({ box, card }: { box: Box; card: Card }) {
  const isTask = card.kind === 'task'
  return (
    <>
      {card.warnings > 0 && <Tag color="gold">提醒 {card.warnings}</Tag>}
      {(box === 'done' || box === 'copied') && !isTask && <StateTag state={card.state} />}
      {box === 'done' && isTask && <Tag>{stateWords[card.state as keyof typeof stateWords]}</Tag>}
      {box !== 'done' && (box !== 'review' || card.kind !== 'record') && (box !== 'copied' || isTask) && (
        <span>{card.what}</span>
      )}
      {(asking.includes(box) || box === 'mine') && card.left !== null && <DueTag left={card.left} />}
    </>
  )
}

function CardLink({ box, card }: { box: Box; card: Card }) {
  const target = targetOf(box, card)
  const button = <Button type={asking.includes(box) ? 'primary' : 'default'}>{actOf(box, card.kind)}</Button>
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
    case 'task':
      return (
        <Link to={paths.task} params={{ id: target.id }}>
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
