import type { FastifyReply } from 'fastify'
import { clockOf } from '#server/clock.server.ts'
import type { Deps } from '#server/deps.server.ts'

const dayMs = 86_400_000

/** Now, by the business day: in a demo the same time of a day of 2020. */
export const nowOf = (deps: Pick<Deps, 'mode' | 'today'>): Date =>
  new Date(Date.now() - clockOf(deps).behind * dayMs)

/** When a request arrived, before it waited for anything: it decides at opening and closing. The client's clock never counts. */
export const receivedOf = (
  deps: Pick<Deps, 'mode' | 'today'>,
  { elapsedTime }: Pick<FastifyReply, 'elapsedTime'>,
): Date => new Date(nowOf(deps).getTime() - Math.max(0, elapsedTime))
