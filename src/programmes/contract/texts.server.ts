import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import { getRecord } from '#record/act.server.ts'
import { placeOf } from '#record/spine.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { NewText } from './api.ts'
import { contract } from './definition.ts'
import { textsOf } from './detail.server.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Names a file of the record as the text that was signed; another one later is a new version with its reason. @throws Problem */
export async function nameText(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { file, n, why = '' }: NewText,
): Promise<void> {
  const { spine } = await getRecord(tx, work.actor, contract, id)
  const verdict = decide(work.actor, 'contract.text', placeOf(spine))
  if (!verdict.allow) throw problemOf(verdict.reason)
  if (spine.state === 'voided') throw refuse('file', '这份合同已经作废，不能再定正式文本')
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
  await sql`INSERT INTO app.contract_text (district_id, record_id, n, org_id, evidence_id, name, bytes, hash, why, noted_by)
    VALUES (${spine.district_id}, ${id}::uuid, ${n}, ${spine.org_id}, ${file}::uuid, ${found.name}, ${found.bytes}, ${found.hash},
      ${last ? words : ''}, ${work.actor.accountId}::uuid)`.execute(tx)
  work.audit({
    districtId: spine.district_id,
    action: 'contract.text',
    object: `contract:${id}`,
    body: { n, hash: found.hash },
  })
}
