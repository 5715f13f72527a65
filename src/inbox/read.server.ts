import type { Actor } from '#identity/actor.ts'
import { countRecords, recordCards, type Counted } from '#record/inbox.server.ts'
import { boxes, type Box, type Card, type Inbox } from '#record/api.ts'
import { dueOfTurn } from '#record/term.ts'
import { calendarAround, readLimits, type Limits } from '#rules/calendar.server.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { leftUntil } from '#task/rules.ts'
import { contributors } from './register.server.ts'
import type { Waiting } from './waiting.ts'

const counted: readonly Counted[] = ['review', 'fill', 'returned', 'mine']

/**
 * One box of an inbox with the counts of all: first what the domains bring, what is due soonest on top, then records, page by
 * page. `done` and `copied` ask nothing and are not counted.
 */
export async function readInbox(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  box: Box,
  after: string | null,
): Promise<Inbox> {
  const today = deps.today()
  const [found, calendar, limits, records, ...counts] = await Promise.all([
    Promise.all(contributors.map(({ waits }) => waits(deps, tx, actor, after === null ? box : null))),
    calendarAround(tx, today),
    readLimits(tx),
    recordCards(deps, tx, actor, box, after),
    ...counted.map((name) => countRecords(tx, actor, name)),
  ])
  const waiting = found.flatMap(({ cards: its }) => its)
  const cut = new Set(found.flatMap(({ cut: its }) => its))
  const cards = waiting
    .flatMap(({ box: its, ...one }) => (its === box ? [cardOf(one, { calendar, limits, today })] : []))
    .sort((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1))
  return {
    box,
    counts: {
      ...Object.fromEntries(
        counted.map((name, n) => [name, counts[n]! + waiting.filter((one) => one.box === name).length]),
      ),
      queue: counts[0]!,
    },
    atLeast: boxes.filter((name) => cut.has(name)),
    cards: after === null ? [...cards, ...records.cards] : records.cards,
    next: records.next,
  }
}

function cardOf(
  { due, person = '', ...one }: Omit<Waiting, 'box'>,
  by: { calendar: WorkCalendar; limits: Limits; today: string },
): Card {
  const dueOn = due === null ? null : 'on' in due ? due.on : dueOfTurn(due.turn, one.at, by)
  return {
    ...one,
    person,
    recordId: null,
    programme: '',
    state: '',
    endsOn: null,
    afterLock: false,
    version: 0,
    warnings: 0,
    dueOn,
    left: dueOn === null ? null : leftUntil(by.calendar, dueOn, by.today),
  }
}
