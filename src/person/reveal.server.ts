import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { mustAgree } from './consent.server.ts'
import { isChosen, purposes, sealedLabels, type ReadPurpose, type SealedField } from './purposes.ts'
import { headOf, levelOf, mayThere } from './read.server.ts'
import { reveal } from './vault.server.ts'
import { auditPerson } from './audit.server.ts'

type Asked = { field: SealedField; purpose: ReadPurpose; reason: string }

/**
 * Shows a cadre one sealed value: within her scope, S3 in her own unit alone; for a purpose that needs it, with a reason that
 * the person will read, and with her consent where the purpose rests on consent.
 * @throws Problem.notFound, denied, invalid, consentMissing
 */
export async function revealToCadre(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { field, purpose, reason }: Asked,
): Promise<string | null> {
  const { actor } = work
  const head = await headOf(tx, id)
  if (!head || !(await mayThere(tx, actor, 'person.read', head.org.id))) throw Problem.notFound()
  if (!(await mayThere(tx, actor, 'person.reveal', head.org.id, levelOf(field))))
    throw Problem.denied({ what: `${sealedLabels[field]}只有她所在的单位可以查看` })
  const use = purposes[purpose]
  if (!isChosen(purpose) || !use.fields.includes(field))
    throw Problem.invalid({
      issues: [{ field: 'purpose', message: `“${use.label}”用不到${sealedLabels[field]}，请选择其他用途` }],
    })
  const told = reason.trim()
  if (told.length < 4)
    throw Problem.invalid({
      issues: [{ field: 'reason', message: '请写明查看理由（至少 4 个字），她本人看得到' }],
    })
  if (use.consent) await mustAgree(tx, id, use.consent)
  const found = await reveal(deps, tx, actor, id, [field], { purpose, reason: told })
  auditPerson(work, 'person.reveal', id, [field], purpose)
  return found[field] ?? null
}
