import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { registrationsOf } from '#identity/registrations.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { consentsOf, giveConsent, textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { reveal } from '#person/vault.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { FileDone } from './api.ts'
import { layFile, mustRead, writeKin } from './apply.server.ts'
import { moveFile, openFile, sealHousehold, type File } from './file.server.ts'
import type { Household } from './household.ts'
import type { MyFile, MyHardship } from './mineApi.ts'
import { isHerOwn } from './next.ts'
import { fileStateWords, type FileState } from './states.ts'

// What a woman does for her own file: the policies of the database let nobody else through here.

const mendable: readonly FileState[] = ['applied', 'returned']
const recallable: readonly FileState[] = ['applied', 'returned', 'checked', 'visited', 'verified']

/** What an entry that was merged into hers asked for she reads; to mend or recall is for the entry that asked. */
const isHers = ({ personId }: Actor, file: Pick<File, 'person_id' | 'applied_person'>): boolean =>
  file.person_id === personId && isHerOwn(file)

type Her = { org: OrgBrief; centre: OrgBrief; sex: string; served: boolean }

const herOf = (tx: Tx, actor: Actor): Promise<Her | null> =>
  first<Her>(
    tx,
    sql`SELECT ${briefOf('o')} AS org, ${briefOf('c')} AS centre, p.sex, app.serves_hardship(p.org_id) AS served
      FROM app.person p JOIN app.org o ON o.id = p.org_id JOIN app.org c ON c.id = app.aid_centre(p.org_id)
      WHERE p.id = ${actor.personId}::uuid AND p.state = 'active'
        AND EXISTS (SELECT FROM app.membership m WHERE m.person_id = p.id AND m.until_on IS NULL)`,
  )

type Found = Pick<File, 'id' | 'no' | 'state' | 'version' | 'notice_id' | 'person_id' | 'applied_person'> &
  Pick<MyFile, 'org' | 'centre' | 'appliedOn' | 'closedOn' | 'reason' | 'way' | 'aids'>

/** Her applications and what became of them, newest first: her own state alone. */
export async function readMyHardship(deps: Deps, tx: Tx, actor: Actor): Promise<MyHardship> {
  const her = await herOf(tx, actor)
  const consents = her ? await consentsOf(tx, actor.personId) : []
  const found = await rows<Found>(
    tx,
    sql`SELECT f.id, f.no, f.state, f.version, f.notice_id, f.person_id, f.applied_person, o.name AS org, c.name AS centre, f.applied_on::text AS "appliedOn", f.closed_on::text AS "closedOn",
        (SELECT s.note FROM app.hardship_step s WHERE s.file_id = f.id AND s.step = ANY (CASE f.state WHEN 'returned' THEN ARRAY['returned', 'differs'] WHEN 'refused' THEN ARRAY['refuse'] WHEN 'withdrawn' THEN ARRAY['withdraw']
          WHEN 'closed' THEN ARRAY['close'] END) ORDER BY s.seq DESC LIMIT 1) AS reason,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'on', s.on_day) ORDER BY s.seq), '[]') FROM app.hardship_step s WHERE s.file_id = f.id) AS way,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'kind', g.kind, 'amount', g.amount, 'state', g.state, 'askedOn', g.asked_on, 'paidOn', g.paid_on,
          'answer', g.answer) ORDER BY g.asked_on DESC, g.id), '[]') FROM app.hardship_aid g WHERE g.file_id = f.id) AS aids
      FROM app.hardship_file f JOIN app.org o ON o.id = f.org_id JOIN app.org c ON c.id = f.centre_id
      WHERE f.person_id IN ${registrationsOf(actor)} ORDER BY f.applied_on DESC, f.id LIMIT ${bounds.myHardship.most}`,
  )
  const notices = await noticesOf(
    deps,
    tx,
    found.flatMap((f) => (f.state === 'noticed' ? (f.notice_id ?? []) : [])),
  )
  return {
    isRegistered: her !== null && her.sex === '女',
    isServed: her?.served ?? false,
    org: her?.org ?? null,
    centre: her?.centre ?? null,
    consent: {
      text: consentTexts.hardship.text,
      textHash: textHash('hardship'),
      isGiven: consents.some(({ purpose, state }) => purpose === 'hardship' && state === 'given'),
    },
    files: found.map(({ notice_id, person_id, applied_person, ...file }) => ({
      ...file,
      noticeUntil: notices.get(notice_id ?? '')?.closesOn ?? null,
      mayMend: isHers(actor, { person_id, applied_person }) && mendable.includes(file.state),
      mayRecall: isHers(actor, { person_id, applied_person }) && recallable.includes(file.state),
    })),
  }
}

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

const why = (reason: string) => ({ purpose: 'self', reason }) as const
const ownNumber = async (deps: Deps, tx: Tx, { actor }: UnitOfWork): Promise<string | null> => {
  const looked = why('本人申请困难帮扶，核对家庭成员')
  return (await reveal(deps, tx, actor, actor.personId, ['idNumber'], looked)).idNumber ?? null
}

/**
 * Asks for hardship aid: the file of her unit's handlers begins with what she wrote, and is hers to mend.
 * @throws Problem.notFound, invalid, textOutdated, fileThere
 */
export async function askForAid(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: { textHash: string; body: AnyRow },
): Promise<FileDone> {
  const { actor } = work
  const her = await herOf(tx, actor)
  if (!her) throw Problem.notFound()
  if (her.sex !== '女') throw refuse('body', '这里办理困难女职工帮扶，请联系所在单位工会')
  if (!her.served) throw refuse('body', `还没有指定经办人，请先联系${her.org.name}或${her.centre.name}`)
  await agree(deps, tx, work, given.textHash)
  const household = mustRead(given.body, deps.today(), await ownNumber(deps, tx, work))
  return layFile(deps, tx, work, { personId: actor.personId, orgId: her.org.id, household }, 'ask')
}

/** With her application she agrees to the words that stood above it. @throws Problem.textOutdated */
async function agree(deps: Deps, tx: Tx, work: UnitOfWork, seen: string): Promise<void> {
  const { personId } = work.actor
  if (seen !== textHash('hardship')) throw Problem.textOutdated()
  const given = (await consentsOf(tx, personId)).find(({ purpose }) => purpose === 'hardship')
  if (given?.state === 'given') return
  await giveConsent(tx, work, { personId, purpose: 'hardship', givenOn: deps.today(), form: 'self' })
}

/** @throws Problem.notFound, wrongState */
async function own(
  tx: Tx,
  actor: Actor,
  id: string,
  from: readonly FileState[],
  label: string,
): Promise<File> {
  const [file] = await keyed<File>(tx, sql`SELECT * FROM app.hardship_file WHERE id = ${id}::uuid`)
  if (!file || !isHers(actor, file)) throw Problem.notFound()
  if (!from.includes(file.state)) throw Problem.wrongState({ state: fileStateWords[file.state], label })
  return file
}

/** What she wrote, to mend it; her own look is noted as well. @throws Problem.notFound, wrongState */
export async function readMyWords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ household: Household }> {
  const file = await own(tx, actor, id, mendable, '补正')
  const { household } = await openFile(deps, tx, actor, file, '本人补正申请')
  return { household }
}

/** Mends what she asked before her unit checked it. @throws Problem.notFound, wrongState, invalid, fileChanged */
export async function mendMine(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { version: number; body: AnyRow },
): Promise<FileDone> {
  const file = await own(tx, work.actor, id, mendable, '补正')
  if (file.version !== given.version) throw Problem.fileChanged()
  const household = mustRead(given.body, deps.today(), await ownNumber(deps, tx, work))
  await writeKin(deps, tx, file, household, false)
  const version = await moveFile(deps, tx, work, file, 'mend', {
    state: 'applied',
    checked_person: null,
    household: await sealHousehold(deps, tx, file, household),
  })
  return { id, state: 'applied', version }
}

/** Takes her application back before the income check or the notice. @throws Problem.notFound, wrongState, fileChanged */
export async function recallMine(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version }: { version: number },
): Promise<FileDone> {
  const file = await own(tx, work.actor, id, recallable, '撤回')
  if (file.version !== version) throw Problem.fileChanged()
  await sql`UPDATE app.hardship_kin SET is_live = false WHERE file_id = ${id}::uuid`.execute(tx)
  const next = await moveFile(deps, tx, work, file, 'recall', { state: 'withdrawn' }, null)
  return { id, state: 'withdrawn', version: next }
}
