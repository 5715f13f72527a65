import { sql } from 'kysely'
import { randomId, type CryptoProvider } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { giveConsent, mustAgree } from '#person/consent.server.ts'
import { indexText } from '#person/rules.ts'
import { bytea } from '#person/vault.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { FileDone } from './api.ts'
import { loadFile, moveFile, noteStep, numberOf, openFile, sealHousehold, type File } from './file.server.ts'
import { centreOf, mustBeNamed } from './hands.server.ts'
import { readHousehold, type Household } from './household.ts'
import { isHerOwn } from './next.ts'

/** Her own row in the register, where the actor may see it. @throws Problem.notFound */
export async function womanOf(
  tx: Tx,
  personId: string,
): Promise<{ org_id: number; sex: string; kind: string }> {
  const found = await firstKeyed<{ org_id: number; sex: string; kind: string }>(
    tx,
    sql`SELECT p.org_id, p.sex, m.kind FROM app.person p JOIN app.membership m ON m.person_id = p.id AND m.until_on IS NULL
      WHERE p.id = ${personId}::uuid AND p.state = 'active'`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** Blind indexes of a household: herself and her spouse claim together, the others belong to it. */
export const kinRows = (
  crypto: CryptoProvider,
  fileId: string,
  own: Buffer,
  { family }: Pick<Household, 'family'>,
  isLive = true,
): object[] => [
  { file_id: fileId, id_index: bytea(own), is_claimant: true, is_live: isLive },
  ...family.map((kin) => ({
    file_id: fileId,
    id_index: bytea(crypto.blindIndex(indexText('居民身份证', kin.idNumber))),
    is_claimant: kin.relation === '配偶',
    is_live: isLive,
  })),
]

export async function writeKin(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  file: Pick<File, 'id' | 'person_id'>,
  household: Household,
  isLive = true,
): Promise<void> {
  const own = await firstKeyed<{ id_index: Buffer }>(
    tx,
    sql`SELECT id_index FROM app.person WHERE id = ${file.person_id}::uuid`,
  )
  await sql`DELETE FROM app.hardship_kin WHERE file_id = ${file.id}::uuid`.execute(tx)
  await sql`INSERT INTO app.hardship_kin SELECT * FROM jsonb_populate_recordset(NULL::app.hardship_kin,
    ${JSON.stringify(kinRows(deps.crypto, file.id, own!.id_index, household, isLive))}::jsonb)`.execute(tx)
}

/** Reads a household or refuses it at its fields. @throws Problem.invalid */
export function mustRead(body: AnyRow, today: string, own: string | null, prefix = ''): Household {
  const { household, issues } = readHousehold(body, today, own)
  if (household === null)
    throw Problem.invalid({ issues: issues.map((issue) => ({ ...issue, field: prefix + issue.field })) })
  return household
}

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/**
 * Enters the application of a woman of the actor's own unit, with her consent: one live file a woman and a household.
 * @throws Problem.notFound, denied, invalid, consentMissing, householdTaken
 */
export async function applyFile(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: { personId: string; agreedOn?: string | undefined; body: AnyRow },
): Promise<FileDone> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'enter')
  const woman = await womanOf(tx, given.personId)
  if (woman.org_id !== actor.org.id) throw Problem.notFound()
  if (woman.sex !== '女') throw refuse('personId', '这里登记困难女职工，请从会员中选择女职工本人')
  if (given.personId === actor.personId) throw refuse('personId', '本人的申请请由另一位经办人登记')
  if (given.agreedOn !== undefined) {
    if (given.agreedOn > deps.today()) throw refuse('agreedOn', '签署日期不能晚于今天')
    await giveConsent(tx, work, {
      personId: given.personId,
      purpose: 'hardship',
      givenOn: given.agreedOn,
      form: 'paper',
    })
  }
  await mustAgree(tx, given.personId, 'hardship')
  const own = await numberOf(deps, tx, actor, given.personId, '登记困难帮扶申请，核对家庭成员')
  const household = mustRead(given.body, deps.today(), own)
  return layFile(deps, tx, work, { personId: given.personId, orgId: actor.org.id, household }, 'apply')
}

/** Lays a new file for a household: entered by its union, or asked for by herself, whose relatives are not held against others' yet. */
export async function layFile(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { personId, orgId, household }: { personId: string; orgId: number; household: Household },
  step: 'apply' | 'ask',
): Promise<FileDone> {
  const file = { id: randomId(), person_id: personId }
  const row = {
    ...file,
    org_id: orgId,
    centre_id: await centreOf(tx, orgId),
    state: 'applied',
    version: 1,
    household: await sealHousehold(deps, tx, file, household),
    applied_on: deps.today(),
    applied_person: work.actor.personId,
    touched_on: deps.today(),
    updated_at: new Date(),
  }
  await sql`INSERT INTO app.hardship_file SELECT * FROM jsonb_populate_record(NULL::app.hardship_file, ${JSON.stringify(row)}::jsonb)`.execute(
    tx,
  )
  await writeKin(deps, tx, file, household, step === 'apply')
  await noteStep(deps, tx, work, file.id, step, null)
  return { id: file.id, state: 'applied', version: 1 }
}

/** Mends an application before it is opened; the unit checks it again. @throws Problem.notFound, denied, invalid, fileChanged */
export async function editFile(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { version: number; body: AnyRow },
): Promise<FileDone> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'enter')
  const file = await loadFile(tx, id)
  if (file.org_id !== actor.org.id) throw Problem.notFound()
  if (file.version !== given.version) throw Problem.fileChanged()
  if (file.state !== 'applied' && file.state !== 'returned')
    throw Problem.denied({ what: '已经核对的申请不能再改，需要改的请退回补正' })
  if (isHerOwn(file)) throw Problem.denied({ what: '这是她本人在线提出的申请，请写明理由退回，由她本人补正' })
  const own = await numberOf(deps, tx, actor, file.person_id, '补正困难帮扶申请，核对家庭成员')
  const household = mustRead(given.body, deps.today(), own)
  await writeKin(deps, tx, file, household)
  const version = await moveFile(deps, tx, work, file, 'edit', {
    state: 'applied',
    checked_person: null,
    household: await sealHousehold(deps, tx, file, household),
  })
  return { id, state: 'applied', version }
}

/** The household as it is found on a re-check, beside what was known. */
export async function renewHousehold(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  file: File,
  body: AnyRow,
): Promise<{ household: Household; sealed: string }> {
  const own = await numberOf(deps, tx, work.actor, file.person_id, '困难档案年度复核')
  const household = mustRead(body, deps.today(), own, 'body.')
  await openFile(deps, tx, work.actor, file, '困难档案年度复核')
  await writeKin(deps, tx, file, household)
  return { household, sealed: await sealHousehold(deps, tx, file, household) }
}
