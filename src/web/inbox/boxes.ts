import type { Role } from '#identity/api.ts'
import type { Box, Card, Inbox } from '#record/api.ts'

export const boxLabels: Record<Box, string> = {
  review: '待我审核',
  fill: '待我填报',
  returned: '退回给我',
  mine: '我发起的',
  copied: '抄送我的',
  done: '已办',
}

/** Boxes of a post in the order of what presses most. Who enters nothing only has what waits for her word. */
export function boxesOf(role: Role, reviewing: boolean): Box[] {
  if (role !== 'cadre') return ['review']
  return reviewing
    ? ['review', 'returned', 'fill', 'mine', 'copied', 'done']
    : ['fill', 'returned', 'review', 'mine', 'copied', 'done']
}

/** How much a box holds; where not all was counted, what it holds at least. */
export const boxCount = (box: Box, { counts, atLeast }: Pick<Inbox, 'counts' | 'atLeast'>): string =>
  `${counts[box] ?? 0}${atLeast.includes(box) ? ' 以上' : ''}`

/** Boxes that ask something of her: only these keep a day from being calm. */
export const asking: readonly Box[] = ['review', 'fill', 'returned']

/** Why a box is empty, as a sentence that lets her go on with her day. */
export const emptyWords: Record<Box, string> = {
  review: '没有等您审核的，都办完了',
  fill: '今天没有要您填的',
  returned: '今天没有要您改的',
  mine: '您发起的都已办结',
  copied: '还没有抄送给本单位的',
  done: '还没有办过的事项',
}

/** Where 直接办理 leads. */
export type Target =
  | { to: 'form'; programme: string; search: { draft: string } | { record: string; kind: 'draft' } }
  | { to: 'review'; search: { id: string } }
  | { to: 'record'; programme: string; search: { id: string } }
  | { to: 'link'; href: string }

/** The act behind a card: write on, mend what was returned, review, or look; what is no record says itself where. */
export function targetOf(
  box: Box,
  card: Pick<Card, 'kind' | 'id' | 'recordId' | 'programme' | 'link'>,
): Target {
  const { kind, id, programme, link } = card
  if (link !== null) return { to: 'link', href: link }
  if (box === 'review') return { to: 'review', search: { id } }
  if (box === 'returned' && kind === 'record') {
    return { to: 'form', programme, search: { record: card.recordId ?? id, kind: 'draft' } }
  }
  if ((box === 'fill' || box === 'returned') && (kind === 'draft' || kind === 'correction')) {
    return { to: 'form', programme, search: { draft: id } }
  }
  return { to: 'record', programme, search: { id: card.recordId ?? id } }
}

/** Word on the button of a card. */
export const actOf = (box: Box, kind: Card['kind']): string =>
  ({
    review: kind === 'matter' ? '去办理' : '去审核',
    fill: kind === 'task' ? '去填报' : kind === 'matter' ? '去办理' : '接着填',
    returned: kind === 'matter' ? '去办理' : '去修改',
    mine: '查看',
    copied: '查看',
    done: '查看',
  })[box]
