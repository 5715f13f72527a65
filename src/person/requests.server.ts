import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { accounts, cadresOf, tell, units } from '#notify/tell.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { isOwnUnits, type PersonRequest } from './api.ts'
import { indexText, readIdentity } from './rules.ts'
import { auditPerson } from './audit.server.ts'
import { turnStanding } from './place.server.ts'

// What a second person decides: letting her go to another unit, merging two entries, erasure, joining, whom to honour.

/** Messages name nobody of the register. */
const requestsPage = { kind: 'member' as const, link: '/members/requests' }
const kindWords = {
  transfer: '转入',
  merge: '合并',
  erase: '删除',
  join: '入会',
  nominate: '先进推荐',
} as const

/**
 * Asks the unit that holds a person to let her go to the actor's own; who has left already comes at once.
 * @throws Problem.invalid at idNumber or name, askedAlready
 */
export async function askTransfer(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  asked: { idKind: string; idNumber: string; name: string; reason: string },
): Promise<'asked' | 'moved'> {
  const identity = { idKind: asked.idKind, idNumber: asked.idNumber, sex: '女', birth: '1900-01-01' }
  const { row, issues } = readIdentity(identity, deps.today())
  if (row === null) throw Problem.invalid({ issues })
  const reason = needsReason(asked.reason)
  const index = deps.crypto.blindIndex(indexText(row.idKind, row.idNumber))
  const id = randomId()
  const done = await first<{ outcome: string }>(
    tx,
    sql`SELECT app.ask_transfer(${id}::uuid, ${index}, ${asked.name.normalize('NFC').trim()}, ${work.actor.org.id}::int, ${reason},
      ${work.actor.accountId}::uuid, ${deps.today()}::date) AS outcome`,
  )
  switch (done!.outcome) {
    case 'asked':
    case 'moved':
      work.audit({
        districtId: work.actor.org.districtId,
        action: 'person.transfer',
        object: `personRequest:${id}`,
        result: done!.outcome,
      })
      if (done!.outcome === 'asked')
        tell(
          tx,
          cadresOf(sql`SELECT q.from_org FROM app.person_request q WHERE q.id = ${id}::uuid`),
          { ...requestsPage, subject: `${work.actor.org.shortName}申请转入一位会员，请确认` },
          work.actor.accountId,
        )
      return done!.outcome
    case 'own':
      throw Problem.invalid({ issues: [{ field: 'idNumber', message: '此人已在本单位，不必转入' }] })
    case 'name':
      throw Problem.invalid({ issues: [{ field: 'name', message: '姓名与登记的不一致，请对照证件核对' }] })
    default:
      throw Problem.invalid({ issues: [{ field: 'idNumber', message: '没有找到此人的登记，请直接登记' }] })
  }
}

function needsReason(typed: string): string {
  const reason = typed.trim()
  if (reason.length < 2) throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明理由' }] })
  return reason
}

type Ask = { kind: 'merge' | 'erase' | 'join' | 'nominate'; otherId?: string | undefined; reason: string }

/**
 * Asks that two entries be merged (`otherId` goes into this person) or this person's data be erased.
 * @throws Problem.notFound, invalid, askedAlready
 */
export async function askRequest(tx: Tx, work: UnitOfWork, personId: string, ask: Ask): Promise<string> {
  const { actor } = work
  const reason = needsReason(ask.reason)
  const ids = ask.kind === 'merge' ? [personId, ask.otherId ?? ''] : [personId]
  if (new Set(ids).size < ids.length || ids.includes(''))
    throw Problem.invalid({ issues: [{ field: 'otherId', message: '请选择另一份登记' }] })
  const found = await rows<{ id: string; org_id: number }>(
    tx,
    sql`SELECT p.id, p.org_id FROM app.person p WHERE p.id = ANY (${ids}::uuid[]) AND p.state = 'active'`,
  )
  if (found.length < ids.length) throw Problem.notFound()
  const id = randomId()
  await sql`INSERT INTO app.person_request (id, kind, person_id, other_id, from_org, reason, asked_by, asked_person)
    VALUES (${id}::uuid, ${ask.kind}, ${personId}::uuid, ${ask.kind === 'merge' ? ask.otherId : null}::uuid,
      ${found.find((p) => p.id === personId)!.org_id}, ${reason}, ${actor.accountId}::uuid, ${actor.personId}::uuid)`.execute(
    tx,
  )
  auditPerson(work, `person.${ask.kind}.ask`, personId)
  tell(
    tx,
    cadresOf(units([found.find((p) => p.id === personId)!.org_id])),
    {
      ...requestsPage,
      subject: isOwnUnits(ask.kind)
        ? ask.kind === 'join'
          ? '一位女职工申请入会，请接收'
          : '一位女职工推荐了先进人选，请看看'
        : `${actor.name}提出了会员登记的${kindWords[ask.kind]}申请，请另一位同志确认`,
    },
    actor.accountId,
  )
  return id
}

type Kind = PersonRequest['kind']
type Locked = {
  kind: Kind
  person_id: string
  other_id: string | null
  asked_person: string
  /** Of today, not of the day of asking. */
  org_id: number
}

/**
 * The second person's decision. @throws Problem.notFound out of scope, sameDecider, decidedAlready, askerClosed
 */
export async function decideRequest(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { verdict, answer }: { verdict: 'accept' | 'refuse'; answer: string },
): Promise<void> {
  const { actor } = work
  const request = await lock(tx, actor, id, 'open')
  if (request.asked_person === actor.personId) throw Problem.sameDecider()
  if (isOwnUnits(request.kind) && request.org_id !== actor.org.id)
    throw Problem.denied({ what: `${kindWords[request.kind]}由她所在的单位办理` })
  const said = verdict === 'refuse' ? needsReason(answer) : answer.trim() || null
  if (verdict === 'refuse') await close(tx, actor, id, 'refused', said)
  else await grant(deps, tx, work, id, request, said)
  auditPerson(work, `person.${request.kind}.${verdict}`, request.person_id)
  tell(
    tx,
    accounts(sql`SELECT q.asked_by FROM app.person_request q WHERE q.id = ${id}::uuid`),
    {
      // She herself reads of it on her own page; the page of requests is the cadres'.
      ...(request.asked_person === request.person_id ? { ...requestsPage, link: '/my' } : requestsPage),
      subject: answered(request.kind, verdict),
    },
    actor.accountId,
  )
}

function answered(kind: Kind, verdict: 'accept' | 'refuse'): string {
  if (kind === 'join')
    return verdict === 'accept' ? '您的入会申请已办理，您已是会员' : '您的入会申请没有通过，原因见本页'
  if (kind === 'nominate')
    return verdict === 'accept' ? '您推荐的先进人选已列入考虑' : '您推荐的先进人选有了答复'
  return `您提出的会员${kindWords[kind]}申请${verdict === 'accept' ? '已办理' : '没有同意'}`
}

async function lock(tx: Tx, actor: Actor, id: string, state: 'open' | 'done'): Promise<Locked> {
  const found = await first<Locked & { state: string }>(
    tx,
    sql`SELECT q.kind, q.person_id, q.other_id, q.asked_person, p.org_id, q.state FROM app.person_request q JOIN app.person p ON p.id = q.person_id
      JOIN app.org o ON o.id = p.org_id WHERE q.id = ${id}::uuid
        AND o.scope_code >= ${actor.org.scopeCode} AND o.scope_code < ${`${actor.org.scopeCode}~`} FOR UPDATE OF q`,
  )
  if (!found) throw Problem.notFound()
  if (found.state !== state) throw Problem.decidedAlready()
  return found
}

async function grant(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  request: Locked,
  answer: string | null,
): Promise<void> {
  const { actor } = work
  switch (request.kind) {
    case 'join': {
      const turn = { turn: 'join' as const, on: deps.today(), reason: '本人申请' }
      await turnStanding(deps, tx, work, request.person_id, turn)
      return close(tx, actor, id, 'done', answer)
    }
    // Taken up: whether she is nominated, and in what words, her unit writes itself.
    case 'nominate':
      return close(tx, actor, id, 'done', answer)
    case 'transfer':
      return transferred(
        await first(
          tx,
          sql`SELECT app.grant_transfer(${id}::uuid, ${actor.accountId}::uuid, ${deps.today()}::date) AS outcome`,
        ),
      )
    case 'erase':
      return erased(
        await first(
          tx,
          sql`SELECT app.grant_erasure(${id}::uuid, ${actor.accountId}::uuid, ${deps.today()}::date) AS outcome`,
        ),
      )
    case 'merge':
      await merge(tx, request, 'active', 'merged', request.person_id)
      return close(tx, actor, id, 'done', answer)
  }
}

function transferred(answer: { outcome: string } | null): void {
  if (answer?.outcome === 'closed') throw Problem.askerClosed()
  if (answer?.outcome !== 'done') throw Problem.decidedAlready()
}

function erased(answer: { outcome: string } | null): void {
  if (answer === null || answer.outcome === 'gone') throw Problem.decidedAlready()
  // Not everybody who confirms may know of a hardship file: the matter is not named.
  if (answer.outcome !== 'done')
    throw Problem.held({ untilOn: answer.outcome === 'unsettled' ? null : answer.outcome })
}

/** What was merged keeps its own rows and points at the kept entry, so that undoing is pointing no more. */
async function merge(tx: Tx, request: Locked, from: string, to: string, into: string | null): Promise<void> {
  const done = await first(
    tx,
    sql`UPDATE app.person SET state = ${to}, merged_into = ${into}::uuid, version = version + 1, updated_at = now()
      WHERE id = ${request.other_id}::uuid AND state = ${from} RETURNING id`,
  )
  if (!done) throw Problem.decidedAlready()
}

async function close(
  tx: Tx,
  actor: Actor,
  id: string,
  state: 'done' | 'refused' | 'undone',
  answer: string | null,
): Promise<void> {
  // Who let her go, or did not, is the unit that holds her: the one that was asked may be no more.
  await sql`UPDATE app.person_request q SET state = ${state}, answer = ${answer},
      from_org = CASE q.kind WHEN 'transfer' THEN (SELECT p.org_id FROM app.person p WHERE p.id = q.person_id) ELSE q.from_org END,
      decided_by = ${actor.accountId}::uuid, decided_person = ${actor.personId}::uuid, decided_at = now() WHERE id = ${id}::uuid`.execute(
    tx,
  )
}

/** Undoes a merge: both entries stand again as they were. @throws Problem.notFound, decidedAlready */
export async function undoMerge(tx: Tx, work: UnitOfWork, id: string, typed: string): Promise<void> {
  const reason = needsReason(typed)
  const request = await lock(tx, work.actor, id, 'done')
  if (request.kind !== 'merge') throw Problem.notFound()
  await merge(tx, request, 'merged', 'active', null)
  await close(tx, work.actor, id, 'undone', reason)
  auditPerson(work, 'person.merge.undo', request.person_id)
}
