import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { actorOfToken } from '#identity/session.server.ts'
import { training } from '#programmes/training/definition.ts'
import { actOn } from '#record/act.server.ts'
import { createRecords } from '#record/create.server.ts'
import { inTransaction } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { training as item, type Desk } from './cast.ts'

type Waiting = { id: string; desk: Desk }

async function submitted(deps: Deps, desks: readonly Desk[], each: number): Promise<Waiting[][]> {
  return Promise.all(
    desks.map(async (desk) => {
      const actor = (await actorOfToken(deps.db, desk.enters, 'bench'))!
      const items = Array.from(
        { length: each },
        () => item() as { body: Record<string, unknown>; warningNote: string },
      )
      const made = await inTransaction(
        deps.db,
        { scopeCode: actor.org.scopeCode, token: desk.enters },
        async (tx) => {
          const work = openWork(actor)
          const written = await createRecords(deps, tx, work, training, items)
          await closeWork(tx, work, deps.crypto)
          return written
        },
      )
      return made.map(({ id }) => ({ id, desk }))
    }),
  )
}

/** Eight clients accept what waits, one by one; `books` false leaves ledger, deltas and audit out: the floor. @returns accepts a second */
async function rate(deps: Deps, lists: Waiting[][], books: boolean): Promise<number> {
  const start = performance.now()
  await Promise.all(
    lists.map(async (list) => {
      for (const { id, desk } of list) {
        const actor = (await actorOfToken(deps.db, desk.decides, 'bench'))!
        await inTransaction(deps.db, { scopeCode: actor.org.scopeCode, token: desk.decides }, async (tx) => {
          const work = openWork(actor)
          await actOn(deps, tx, work, training, id, { action: 'accept', version: 1 })
          if (books) await closeWork(tx, work, deps.crypto)
        })
      }
    }),
  )
  return lists.flat().length / ((performance.now() - start) / 1000)
}

const median = (list: number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!

/** Accepts a second with and without books, in turn, three rounds each. The floor leaves the books unbalanced: measure it last. */
export async function acceptRates(
  deps: Deps,
  desks: readonly Desk[],
  each: number,
): Promise<{ whole: number; floor: number }> {
  const found: [number[], number[]] = [[], []]
  for (let round = 0; round < 3; round++) {
    for (const books of [true, false])
      found[books ? 0 : 1].push(await rate(deps, await submitted(deps, desks, each), books))
  }
  return { whole: median(found[0]), floor: median(found[1]) }
}
