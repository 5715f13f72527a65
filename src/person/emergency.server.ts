import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { randomId } from '#crypto/provider.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import { accounts, cadresOf, officersOf, tell, units } from '#notify/tell.server.ts'
import { briefOf } from '#org/brief.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { auditPerson } from './audit.server.ts'
import {
  leastReason,
  openFault,
  openMinutes,
  reviewDays,
  verdictWords,
  type Emergency,
  type EmergencyReview,
  type NewEmergency,
} from './emergency.ts'
import { sealedLabels, type SealedField } from './purposes.ts'
import { emergencyFields, headOf, mayThere } from './read.server.ts'
import { reveal } from './vault.server.ts'

const link = '/emergencies'

function refuse(field: string, message: string): never {
  throw Problem.invalid({ issues: [{ field, message }] })
}

/**
 * Opens a half hour in which she may look once; everybody whom it concerns is told in the same transaction.
 * @throws Problem.notFound, denied, invalid, emergencyOpen
 */
export async function askEmergency(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  personId: string,
  asked: NewEmergency,
): Promise<{ id: string; untilAt: string }> {
  const { actor } = work
  const head = await headOf(tx, personId)
  if (head?.state !== 'active' || !(await mayThere(tx, actor, 'person.read', head.org.id)))
    throw Problem.notFound()
  if (personId === actor.personId) throw Problem.denied({ what: '自己的信息请在“我的信息”里查看' })
  const open = await emergencyFields(tx, actor, personId, head.org.id)
  const fields = [...new Set(asked.fields)]
  const other = fields.find((field) => !open.includes(field))
  if (other)
    throw Problem.denied({ what: `${sealedLabels[other]}不能用紧急查看打开；平时能查看的，请直接点“查看”` })
  const reason = asked.reason.trim()
  if (reason.length < leastReason)
    refuse('reason', `请写明发生了什么、为什么等不及她所在单位（至少 ${leastReason} 个字），她本人看得到`)
  const id = randomId()
  const dueOn = (await calendarAround(tx, deps.today())).add(deps.today(), reviewDays)
  const made = await first<{ untilAt: string }>(
    tx,
    sql`INSERT INTO app.person_emergency (id, person_id, of_org, org_id, account_id, actor_person, kind, reason, fields, until_at, due_on)
      VALUES (${id}::uuid, ${personId}::uuid, ${head.org.id}, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid, ${asked.kind},
        ${reason}, ${fields}::text[], now() + make_interval(mins => ${openMinutes}::int), ${dueOn}::date)
      RETURNING to_jsonb(until_at) #>> '{}' AS "untilAt"`,
  )
  auditPerson(work, 'person.emergency', personId, fields, asked.kind)
  const subject = `${actor.org.shortName} ${actor.name} 对${head.org.shortName}一位会员启用了紧急查看`
  const all = { kind: 'trust' as const, link }
  tell(
    tx,
    officersOf('securityAdmin'),
    { ...all, subject: `${subject}，请在 ${dueOn} 前复核` },
    actor.accountId,
  )
  tell(tx, officersOf('auditAdmin'), { ...all, subject }, actor.accountId)
  tell(tx, cadresOf(units([head.org.id])), { ...all, subject }, actor.accountId)
  return { id, untilAt: made!.untilAt }
}

type Stored = {
  person_id: string
  fields: SealedField[]
  reason: string
  openedAt: string | null
  untilAt: string
}

/** Opens what was asked for, once. @throws Problem.notFound for another's, emergencyOver */
export async function openEmergency(deps: Deps, tx: Tx, work: UnitOfWork, id: string) {
  const { actor } = work
  const found = await first<Stored>(
    tx,
    sql`SELECT person_id, fields, reason, to_jsonb(opened_at) #>> '{}' AS "openedAt", to_jsonb(until_at) #>> '{}' AS "untilAt"
      FROM app.person_emergency WHERE id = ${id}::uuid AND actor_person = ${actor.personId}::uuid AND org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
  const fault = openFault(found, new Date())
  if (fault) throw Problem.emergencyOver({ why: fault })
  // Rights may have ended, or she may have moved, since it was asked.
  const head = await headOf(tx, found.person_id)
  const may = head?.state === 'active' ? await emergencyFields(tx, actor, found.person_id, head.org.id) : []
  if (!found.fields.every((field) => may.includes(field))) throw Problem.notFound()
  const taken = await rows(
    tx,
    sql`UPDATE app.person_emergency SET opened_at = now() WHERE id = ${id}::uuid AND opened_at IS NULL AND until_at >= now() RETURNING 1 AS one`,
  )
  if (taken.length === 0)
    throw Problem.emergencyOver({ why: openFault({ ...found, openedAt: '' }, new Date())! })
  const values = await reveal(deps, tx, actor, found.person_id, found.fields, {
    purpose: 'emergency',
    reason: found.reason,
  })
  auditPerson(work, 'person.emergencyOpen', found.person_id, found.fields, 'emergency')
  return {
    values: found.fields.map((field) => ({ field, value: values[field] ?? null })),
    untilAt: found.untilAt,
  }
}

/** 紧急查看台账, what waits for its review first. */
export async function listEmergencies(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
): Promise<{ rows: Emergency[] }> {
  const reviews = can({ ...actor, stepUp: true }, 'emergency.review')
  return {
    rows: await rows<Emergency>(
      tx,
      sql`SELECT e.id, p.name AS whose, ${briefOf('f')} AS of, a.name AS by, ${briefOf('o')} AS org, e.kind, e.reason, e.fields,
        to_jsonb(e.asked_at) #>> '{}' AS "askedAt", to_jsonb(e.opened_at) #>> '{}' AS "openedAt", e.due_on AS "dueOn",
        e.verdict IS NULL AND e.due_on < ${deps.today()}::date AS "isLate", e.verdict, e.opinion, r.name AS "reviewedBy",
        to_jsonb(e.reviewed_at) #>> '{}' AS "reviewedAt",
        ${reviews}::boolean AND e.verdict IS NULL AND e.actor_person <> ${actor.personId}::uuid AS "mayReview"
        FROM app.person_emergency e JOIN app.org f ON f.id = e.of_org JOIN app.org o ON o.id = e.org_id JOIN app.account a ON a.id = e.account_id
        LEFT JOIN app.person p ON p.id = e.person_id LEFT JOIN app.account r ON r.id = e.reviewed_by
        WHERE e.person_id <> ${actor.personId}::uuid ORDER BY e.reviewed_at IS NOT NULL, e.asked_at DESC LIMIT ${bounds.emergencies.most}`,
    ),
  }
}

/** Tells both administrators, once, that reviews are late; of which and whom the book says. */
export async function remindLate(deps: Pick<Deps, 'today'>, tx: Tx): Promise<void> {
  const late = await first<{ n: number }>(tx, sql`SELECT app.late_emergencies(${deps.today()}::date) AS n`)
  if (late!.n === 0) return
  const told = { kind: 'trust' as const, link, subject: `有 ${late!.n} 次紧急查看逾期未复核` }
  tell(tx, officersOf('securityAdmin'), told, null)
  tell(tx, officersOf('auditAdmin'), told, null)
}

/** Another's verdict; a misuse is told to whom the first message went. @throws Problem.notFound, denied, invalid, decidedAlready */
export async function reviewEmergency(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { verdict, opinion: typed }: EmergencyReview,
): Promise<void> {
  const { actor } = work
  const found = await first<{
    person_id: string
    actor_person: string
    account_id: string
    of_org: number
    done: boolean
  }>(
    tx,
    sql`SELECT person_id, actor_person, account_id, of_org, reviewed_at IS NOT NULL AS done FROM app.person_emergency WHERE id = ${id}::uuid`,
  )
  if (!found) throw Problem.notFound()
  if (found.actor_person === actor.personId)
    throw Problem.denied({ what: '自己启用的紧急查看须由另一位同志复核' })
  if (found.done) throw Problem.decidedAlready()
  const opinion = typed.trim()
  if (opinion.length < 4) refuse('opinion', '请写明复核意见（至少 4 个字）')
  const done = await rows(
    tx,
    sql`UPDATE app.person_emergency SET verdict = ${verdict}, opinion = ${opinion}, reviewed_by = ${actor.accountId}::uuid,
      reviewed_person = ${actor.personId}::uuid, reviewed_at = now() WHERE id = ${id}::uuid AND reviewed_at IS NULL RETURNING 1 AS one`,
  )
  if (done.length === 0) throw Problem.decidedAlready()
  auditPerson(work, 'person.emergencyReview', found.person_id, [], verdict)
  const subject = `一次紧急查看的复核结果：${verdictWords[verdict]}`
  const told = { kind: 'trust' as const, link, subject }
  tell(tx, accounts(sql`SELECT ${found.account_id}::uuid`), told, actor.accountId)
  if (verdict === 'proper') return
  tell(tx, officersOf('auditAdmin'), told, actor.accountId)
  tell(tx, cadresOf(units([found.of_org])), told, found.account_id)
}
