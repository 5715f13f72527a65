import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { rows } from '#server/database.server.ts'
import type { JobKind } from '#server/jobs.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { clockHand } from '#signup/sweep.server.ts'

/** Hands in what is overdue, as it stands: a woman who lost her line loses none of her answers. */
export const settleJob: JobKind = {
  kind: 'quiz.settle',
  atOnce: 1,
  mostAttempts: 3,
  finish: async ({ deps, tx }) => {
    const settled = await rows<{ district_id: number; id: string; n: number }>(
      tx,
      sql`SELECT * FROM app.settle_quizzes(${nowOf(deps).toISOString()}::timestamptz)`,
    )
    const work = openWork(clockHand)
    for (const { district_id, id, n } of settled)
      work.audit({ districtId: district_id, action: 'quiz.settle', object: `quiz:${id}`, body: { n } })
    await closeWork(tx, work, deps.crypto)
  },
}
