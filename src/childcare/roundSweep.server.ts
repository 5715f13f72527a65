import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { textHash } from '#person/consent.server.ts'
import { keyed, rows } from '#server/database.server.ts'
import type { JobKind } from '#server/jobs.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { clockHand } from '#signup/sweep.server.ts'

/** Fixes the lists of rounds that have closed: the hour is nobody's choice. Run again it does nothing. */
export const roundsJob: JobKind = {
  kind: 'childcare.rounds',
  atOnce: 1,
  mostAttempts: 3,
  finish: async ({ deps, tx }) => {
    const now = nowOf(deps).toISOString()
    const due = await rows<{ district_id: number; id: string; org_id: number; title: string }>(
      tx,
      sql`SELECT district_id, id, org_id, title FROM app.rounds_due(${now}::timestamptz)`,
    )
    const work = openWork(clockHand)
    for (const { district_id: districtId, id, org_id: org, title } of due) {
      const [done] = await keyed<{ ok: boolean }>(
        tx,
        sql`SELECT app.freeze_round(${id}::uuid, ${textHash('childcare')}, ${now}::timestamptz) AS ok`,
      )
      if (!done!.ok) continue
      work.audit({ districtId, action: 'childcareRound.freeze', object: `childcareRound:${id}` })
      const subject = `托管班填报已截止，名单已固定，请填写公开数值后分配：${title}`
      tell(tx, cadresOf(units([org])), { kind: 'remind', subject, link: '/childcare/rounds' }, null)
    }
    await closeWork(tx, work, deps.crypto)
  },
}
