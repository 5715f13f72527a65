import { Checkbox, Tag, Tooltip } from 'antd'
import { useEffect, useRef } from 'react'
import { findProgramme } from '#programmes/index.ts'
import type { Card } from '#record/api.ts'
import { useMe } from '../api/hooks.tsx'
import { notInBatch } from './batch.ts'

type QueueProps = {
  cards: readonly Card[]
  currentId: string
  chosen: ReadonlySet<string>
  onChosen: (chosen: ReadonlySet<string>) => void
  mustOpen: readonly string[]
  opened: ReadonlySet<string>
  onGo: (id: string) => void
}

const toggled = (chosen: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> => {
  const next = new Set(chosen)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

/** What waits, newest first; the checkbox is for passing many, the rest of the line opens. */
export function Queue({ cards, currentId, chosen, onChosen, mustOpen, opened, onGo }: QueueProps) {
  const { tier } = useMe().post.org
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[data-id="${currentId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [currentId])
  return (
    <ul className="queue" ref={list}>
      {cards.map((card) => {
        const against = notInBatch(card, tier)
        return (
          <li key={card.id} data-id={card.id} aria-current={card.id === currentId}>
            <Tooltip title={against} placement="right">
              <Checkbox
                checked={chosen.has(card.id)}
                disabled={against !== null}
                aria-label={`选择${card.title}`}
                onChange={(event) => onChosen(toggled(chosen, card.id, event.target.checked))}
              />
            </Tooltip>
            <button type="button" onClick={() => onGo(card.id)}>
              <span className="queue-title">{card.title}</span>
              <span className="queue-tags">
                {card.kind !== 'record' && <Tag color="purple">{card.kind === 'void' ? '作废' : '更正'}</Tag>}
                {card.warnings > 0 && <Tag color="gold">提醒 {card.warnings}</Tag>}
                {mustOpen.includes(card.id) && (
                  <Tag color={opened.has(card.id) ? 'green' : 'volcano'}>
                    {opened.has(card.id) ? '已看' : '需打开'}
                  </Tag>
                )}
              </span>
              <small>
                {card.org.shortName} · {findProgramme(card.programme)?.label ?? card.programme}
                {card.endsOn && <span className="num"> · {card.endsOn}</span>}
              </small>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
