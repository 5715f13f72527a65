import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { registrationsOf } from '#identity/registrations.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { AccessList, MyData } from './api.ts'
import { consentsOf, giveConsent, textHash, withdrawConsent } from './consent.server.ts'
import type { ConsentPurpose, SealedField } from './purposes.ts'
import { headOf, membershipsOf } from './read.server.ts'
import { requestsOf } from './requestList.server.ts'
import { askRequest } from './requests.server.ts'
import { masksOf, reveal } from './vault.server.ts'

// A woman's own pages: the policies of the database let her see her own rows, whatever her post.

/** The entry that stands for her today: her own, or the one hers was merged into. @throws Problem.notFound */
export async function myId(tx: Tx, actor: Actor): Promise<string> {
  if (!(await headOf(tx, actor.personId))) throw Problem.notFound()
  return actor.personId
}

/** What the register knows of the actor, masked as for anybody. */
export async function readMine(deps: Deps, tx: Tx, actor: Actor): Promise<MyData> {
  const head = await headOf(tx, actor.personId)
  if (!head) return { person: null }
  const [memberships, consents, requests, masks] = await Promise.all([
    membershipsOf(tx, head.id),
    consentsOf(tx, head.id),
    requestsOf(tx, actor, head.id),
    masksOf(deps.crypto, tx, [head.id]),
  ])
  return {
    person: {
      name: String(head.values['name']),
      values: head.values,
      birthYear: head.birthYear,
      masks: masks.get(head.id)!,
      memberships,
      consents,
      requests,
    },
  }
}

/** One of her own sealed values; her own looking is noted as well. @throws Problem.notFound */
export async function revealMine(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  field: SealedField,
): Promise<string | null> {
  const why = { purpose: 'self', reason: '本人查看' } as const
  return (await reveal(deps, tx, actor, await myId(tx, actor), [field], why))[field] ?? null
}

const pageSize = 50

function withoutId<T extends { id: string }>(row: T): Omit<T, 'id'> {
  const { id: _, ...rest } = row
  return rest
}

/** Who opened which of her values when and for what, newest first: unit and role, no other person's name. */
export async function listAccess(tx: Tx, actor: Actor, after: string | undefined): Promise<AccessList> {
  const [at = '', id = ''] = (after ?? '').split('_')
  if (after !== undefined && (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)))
    throw Problem.badCursor()
  const found = await rows<AccessList['rows'][number] & { id: string }>(
    tx,
    sql`SELECT a.id, to_jsonb(a.at) #>> '{}' AS at, o.name AS org, a.role, a.field, a.purpose, a.reason, a.actor_person = ${actor.personId}::uuid AS self
      FROM app.person_access a JOIN app.org o ON o.id = a.org_id
      WHERE a.person_id IN ${registrationsOf(actor)}
        ${after === undefined ? sql`` : sql`AND (a.at, a.id) < (${at}::timestamptz, ${id}::uuid)`}
      ORDER BY a.at DESC, a.id DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return { rows: shown.map(withoutId), next: last ? `${last.at}_${last.id}` : null }
}

/** Agrees to the words of today, or takes the consent back. @throws Problem.notFound, textOutdated */
export async function decideConsent(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  purpose: ConsentPurpose,
  { agree, textHash: seen }: { agree: boolean; textHash: string },
): Promise<void> {
  const personId = await myId(tx, work.actor)
  if (!agree) return withdrawConsent(tx, work, { personId, purpose })
  if (seen !== textHash(purpose)) throw Problem.textOutdated()
  await giveConsent(tx, work, { personId, purpose, givenOn: deps.today(), form: 'self' })
}

/**
 * Asks to be a member of the union of her unit, whose register knows her as a woman at work; her unit's cadre takes her in or says
 * why not. @throws Problem.notFound, invalid, askedAlready
 */
export async function askToJoin(tx: Tx, work: UnitOfWork, note: string): Promise<string> {
  const id = await myId(tx, work.actor)
  const now = (await membershipsOf(tx, id)).find(({ untilOn }) => untilOn === null)
  if (now?.kind !== '女职工')
    throw Problem.invalid({
      issues: [
        {
          field: 'note',
          message:
            now === undefined
              ? '您已离开原单位，请到现在的单位登记入会'
              : now.kind === '会员'
                ? '您已经是会员，不用再申请'
                : '您的会籍正在保留，请联系所在单位恢复',
        },
      ],
    })
  if (note.length === 1)
    throw Problem.invalid({ issues: [{ field: 'note', message: '请写两个字以上，或者不填' }] })
  return askRequest(tx, work, id, { kind: 'join', reason: note || '本人自愿加入工会' })
}

/** Suggests whom to honour; whether and how she is nominated is her unit's to write. @throws Problem.notFound, invalid, askedAlready */
export async function suggestNominee(
  tx: Tx,
  work: UnitOfWork,
  { name, deeds }: { name: string; deeds: string },
): Promise<string> {
  const id = await myId(tx, work.actor)
  const issues = [
    ...(name.length < 2 ? [{ field: 'name', message: '请填写推荐的人的姓名' }] : []),
    ...(deeds.length < 10 ? [{ field: 'deeds', message: '请写清事迹（至少 10 个字）' }] : []),
  ]
  if (issues.length > 0) throw Problem.invalid({ issues })
  return askRequest(tx, work, id, { kind: 'nominate', reason: `推荐${name}：${deeds}` })
}

/** Asks for erasure; her unit's cadre confirms. @throws Problem.notFound, invalid, askedAlready */
export async function askMyErasure(tx: Tx, work: UnitOfWork, reason: string): Promise<string> {
  return askRequest(tx, work, await myId(tx, work.actor), { kind: 'erase', reason })
}
