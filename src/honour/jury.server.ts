import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { z } from 'zod/mini'
import type { newScore } from './api.ts'
import { mustRecuse } from './checks.ts'
import { getCampaign, getNomination } from './load.server.ts'
import { honourJury } from './tables.ts'
import { campaignStateWords } from './words.ts'

/** A juror gives her score, once, or declines; of her own unit or herself she may only decline. @throws Problem */
export async function giveScore(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { recuse, points, note }: z.infer<typeof newScore>,
): Promise<void> {
  const { actor } = work
  const found = await getNomination(tx, actor, id)
  const campaign = await getCampaign(tx, actor, found.campaignId)
  const juror = await first(
    tx,
    sql`SELECT FROM app.honour_juror WHERE campaign_id = ${campaign.id}::uuid AND post_id = ${actor.postId}::uuid`,
  )
  if (!juror) throw Problem.denied({ what: '您不是这次评选的评委' })
  if (campaign.state !== 'jury')
    throw Problem.honourState({ state: campaignStateWords[campaign.state], label: '打分' })
  if (found.state !== 'listed') throw Problem.nominationState({ state: found.state, label: '打分' })
  const must = mustRecuse({ personId: actor.personId, orgId: actor.org.id }, found)
  if (must && !recuse) throw Problem.denied({ what: '这是您本人或您所在单位的推荐，应当回避，不能打分' })
  const { lines } = (await ruleOn(tx, honourJury, deps.today())).value
  if (!recuse && (points.length !== lines.length || points.some((p, i) => p < 0 || p > lines[i]!.points)))
    throw Problem.invalid({
      issues: lines.flatMap((line, i) =>
        points[i] === undefined || points[i] < 0 || points[i] > line.points
          ? [{ field: `points.${i}`, message: `“${line.item}”请打 0 至 ${line.points} 分` }]
          : [],
      ),
    })
  const made = await first(
    tx,
    sql`INSERT INTO app.honour_score (district_id, nomination_id, post_id, campaign_id, recused, points, note)
      VALUES (${found.districtId}, ${id}::uuid, ${actor.postId}::uuid, ${campaign.id}::uuid, ${recuse}, ${recuse ? [] : points}::int[], ${note})
      ON CONFLICT ON CONSTRAINT honour_score_pkey DO NOTHING RETURNING 1`,
  )
  if (!made) throw Problem.scoredAlready()
  work.audit({
    districtId: found.districtId,
    action: recuse ? 'honour.recuse' : 'honour.score',
    object: `honourNomination:${id}`,
    body: { points, note },
  })
}
