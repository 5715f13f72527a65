import type { Tier } from '#org/api.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Card } from '#record/api.ts'
import { accepts } from '../record/acceptor.ts'

/** A batch holds at most this many; the server says the same. */
export const batchLimit = 500

/**
 * Why a unit of this tier can't pass a card in a batch, or null. What a higher unit accepts is sent up one by one;
 * corrections and requests to void are decided one by one.
 */
export function notInBatch(card: Pick<Card, 'kind' | 'warnings' | 'programme'>, tier: Tier): string | null {
  const programme = findProgramme(card.programme)
  if (programme && !accepts(tier, programme.acceptedBy)) return '由上级审核通过，请逐条审核上报'
  if (card.kind !== 'record') return '更正和作废申请请逐条办理'
  return card.warnings > 0 ? '有提醒的请逐条审核' : null
}

/** Chosen cards that are still in the queue and fit a batch, in the order of the queue. */
export function chosenOf(cards: readonly Card[], chosen: ReadonlySet<string>, tier: Tier): Card[] {
  return cards.filter((card) => chosen.has(card.id) && notInBatch(card, tier) === null).slice(0, batchLimit)
}

/** Where the cursor goes when a card leaves the queue: the one after it, else the one before, else nowhere. */
export function neighbourOf(ids: readonly string[], id: string): string | undefined {
  const at = ids.indexOf(id)
  return at < 0 ? ids[0] : (ids[at + 1] ?? ids[at - 1])
}

/** Moves the cursor by `step`, stopping at the ends; an unknown place starts at the first. */
export function stepped(ids: readonly string[], id: string | undefined, step: number): string | undefined {
  const at = id === undefined ? -1 : ids.indexOf(id)
  if (at < 0) return ids[0]
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)]
}

/** Ids of the records that the server wants opened first, from the details of its 422. */
export function mustOpenOf(details: Readonly<Record<string, unknown>> | undefined): string[] {
  const ids = details?.['mustOpen']
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}
