import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '#identity/actor.ts'

type Told = { done: number; total: number; isOver: boolean }

/** Commits on their way and just over, by who makes them; in this process alone, as the commit is. */
const running = new Map<string, Told>()
const placeOf = ({ accountId }: Pick<Actor, 'accountId'>, id: string): string => `${accountId} ${id}`

/** Runs a commit and lets its progress be watched. */
export async function watched<T>(
  actor: Pick<Actor, 'accountId'>,
  id: string,
  work: (tell: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const place = placeOf(actor, id)
  running.set(place, { done: 0, total: 0, isOver: false })
  try {
    return await work((done, total) => running.set(place, { done, total, isOver: false }))
  } finally {
    const last = { ...running.get(place)!, isOver: true }
    running.set(place, last)
    void setTimeout(keptMs, null, { ref: false }).then(() => {
      if (running.get(place) === last) running.delete(place)
    })
  }
}

const everyMs = 300
/** So long the last word of a commit stands, which may have come and gone between two looks. */
const keptMs = 3000
/** So long a watcher that comes first waits for the commit to begin. */
const patienceMs = 3000
const longestMs = 15 * 60_000

/**
 * How far the actor's commit is, as server-sent events, until it ends. With one connection to the database no question gets
 * through while it runs, so the watcher comes first and waits for it to begin.
 */
export const progressOf = (actor: Pick<Actor, 'accountId'>, id: string, isWaiting: boolean): Readable =>
  Readable.from(events(placeOf(actor, id), isWaiting ? patienceMs : 0))

async function* events(place: string, patience: number): AsyncGenerator<string> {
  const before = running.get(place)
  const over = before?.isOver ? before : null
  yield 'event: ready\ndata: {}\n\n'
  let last = ''
  let hasBegun = false
  const start = Date.now()
  while (Date.now() - start < longestMs) {
    const now = running.get(place)
    const told = now !== over ? now : undefined
    hasBegun ||= told !== undefined
    if (!told && (hasBegun || Date.now() - start >= patience)) break
    const text = JSON.stringify({ done: told?.done ?? 0, total: told?.total ?? 0 })
    if (text !== last) yield `data: ${text}\n\n`
    last = text
    if (told?.isOver) break
    await setTimeout(everyMs)
  }
  yield 'event: end\ndata: {}\n\n'
}
