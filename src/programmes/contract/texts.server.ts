import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import { getRecord } from '#record/act.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { keeperOf, placeOf, type Spine } from '#record/spine.ts'
import type { Deps } from '#server/deps.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { NewText, NewTextLook } from './api.ts'
import { contract } from './definition.ts'
import { accepterOf, mayLookAtText, textsOf, waitsForLook } from './detail.server.ts'

const linkOf = (id: string): string => `/records/contract?id=${id}`

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** The state under the lock that an acceptance takes as well: a text named beside it is seen by the reviewer, or marked. @throws Problem.notFound */
async function stateNow(tx: Tx, { district_id, id }: Spine): Promise<Spine['state']> {
  const now = await firstKeyed<Pick<Spine, 'state'>>(
    tx,
    sql`SELECT state FROM app.record WHERE district_id = ${district_id} AND id = ${id}::uuid FOR UPDATE`,
  )
  if (!now) throw Problem.notFound()
  return now.state
}

/** Names a file of the record as the text that was signed; another one later is a new version with its reason. @throws Problem */
export async function nameText(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { file, n, why = '' }: NewText,
): Promise<void> {
  const { spine } = await getRecord(tx, work.actor, contract, id)
  const verdict = decide(work.actor, 'contract.text', placeOf(spine))
  if (!verdict.allow) throw problemOf(verdict.reason)
  const state = await stateNow(tx, spine)
  if (state === 'voided') throw refuse('file', '这份合同已经作废，不能再定正式文本')
  const [last] = await textsOf(tx, spine)
  if (n !== (last?.n ?? 0) + 1) throw Problem.fileChanged()
  const found = await firstKeyed<{ name: string; bytes: number; hash: string }>(
    tx,
    sql`SELECT name, bytes, hash FROM app.evidence WHERE district_id = ${spine.district_id} AND record_id = ${id}::uuid AND id = ${file}::uuid
      AND removed_at IS NULL`,
  )
  if (!found) throw refuse('file', '这份文件不在这份合同的附件里，请先上传再选')
  if (found.hash === last?.hash) throw refuse('file', `这就是现行的第 ${last.n} 版，内容一字未改，不用再定`)
  const words = why.trim()
  if (last && words.length < 4) throw refuse('why', '请写明为什么换文本（至少 4 个字）')
  const isReviewed = state === 'accepted'
  await sql`INSERT INTO app.contract_text (district_id, record_id, n, org_id, evidence_id, name, bytes, hash, why, noted_by, after_review_on)
    VALUES (${spine.district_id}, ${id}::uuid, ${n}, ${spine.org_id}, ${file}::uuid, ${found.name}, ${found.bytes}, ${found.hash},
      ${last ? words : ''}, ${work.actor.accountId}::uuid, ${isReviewed ? deps.today() : null}::date)`.execute(
    tx,
  )
  work.audit({
    districtId: spine.district_id,
    action: 'contract.text',
    object: `contract:${id}`,
    body: { n, hash: found.hash },
  })
  if (isReviewed)
    tell(
      tx,
      cadresOf(units([(await accepterOf(deps, tx, spine)).id])),
      {
        kind: 'turn',
        subject: `${work.actor.org.shortName}在审核通过以后${last ? '更换' : '选定'}了合同正式文本，请核对：${spine.title}`,
        link: linkOf(id),
      },
      work.actor.accountId,
    )
}

/**
 * The accepting unit has looked at a text that was named after its review; whoever named it is another person. What it asks to be
 * put right, the unit is told. @throws Problem
 */
export async function lookAtText(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { n, finding, note = '' }: NewTextLook,
): Promise<void> {
  const { actor } = work
  const { spine } = await getRecord(tx, actor, contract, id)
  if (!(await mayLookAtText(deps, tx, actor, spine)))
    throw Problem.denied({ what: '审核后更换的文本，由审核这份合同的单位核对' })
  const texts = await textsOf(tx, spine)
  if (texts[0]?.n !== n || !waitsForLook(texts)) throw Problem.fileChanged()
  const named = await firstKeyed(
    tx,
    sql`SELECT 1 FROM app.contract_text t JOIN app.account a ON a.id = t.noted_by
      WHERE t.district_id = ${spine.district_id} AND t.record_id = ${id}::uuid AND t.n = ${n} AND a.person_id = ${actor.personId}::uuid`,
  )
  if (named) throw Problem.sameDecider()
  const words = note.trim()
  const asks = finding === '要求更正'
  if (asks && words.length < 4) throw refuse('note', '请写明哪里与登记不一致（至少 4 个字）')
  await sql`INSERT INTO app.contract_text_look (district_id, record_id, n, org_id, finding, note, looked_on, looked_by)
    VALUES (${spine.district_id}, ${id}::uuid, ${n}, ${actor.org.id}, ${finding}, ${asks ? words : ''}, ${deps.today()}::date,
      ${actor.accountId}::uuid)`.execute(tx)
  work.audit({
    districtId: spine.district_id,
    action: 'contract.textLook',
    object: `contract:${id}`,
    fields: [finding],
    body: { n },
  })
  if (asks)
    tell(
      tx,
      cadresOf(units([keeperOf(spine)])),
      {
        kind: 'review',
        subject: `${actor.org.shortName}核对了合同正式文本，要求更正：${words}`,
        link: linkOf(id),
      },
      actor.accountId,
    )
}
