import type { RoundDetail } from '#screening/api.ts'
import type { EntryState } from '#screening/states.ts'
import type { Board, RoundStep } from './api.ts'
import { isSmall } from './groups.ts'

function told(list: readonly [RoundStep, number][]) {
  let shown: number | null = null
  return list.map(([step, n], at) => {
    const isTold = [n, (list[at - 1]?.[1] ?? n) - n, (shown ?? n) - n].every((part) => !isSmall(part))
    if (isTold) shown = n
    return { step, count: isTold ? n : null }
  })
}

/**
 * 计划 → 列入 → 预约 → 到检, and who was asked to call and did for whoever is named to follow up. Each step holds those of the
 * next; a step that is too small, or that falls short by too few of the one before or of the last one told, isn't told, since either
 * would tell the other.
 * @param places of the round, or of the reader's own unit in it; null where its women come on open places alone
 */
export function barOf(
  {
    id,
    title,
    org,
    isOwner,
    counts: c,
    follow,
  }: Pick<RoundDetail, 'id' | 'title' | 'org' | 'isOwner' | 'counts' | 'follow'>,
  places: number | null,
): NonNullable<Board['screening']>[number] {
  const asked: [RoundStep, number][] = follow
    ? [
        ['called', follow.needed + follow.closed],
        ['followed', follow.closed],
      ]
    : []
  return {
    id,
    title,
    org,
    isWhole: isOwner,
    steps: [...stepsOf(c, places), ...told(asked)],
  }
}

/** 计划 → 列入 → 预约 → 到检; without places of its own a unit has no such step. */
export function stepsOf(
  c: Readonly<Record<EntryState, number>>,
  places: number | null,
): { step: RoundStep; count: number | null }[] {
  const booked = c.booked + c.attended + c.missed
  return [
    ...(places === null ? [] : [{ step: 'places' as const, count: places }]),
    ...told([
      ['listed', c.listed + booked],
      ['booked', booked],
      ['attended', c.attended],
    ]),
  ]
}
