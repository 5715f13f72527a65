import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { AccessList, MyData } from './api.ts'
import { consentsOf, giveConsent, textHash, withdrawConsent } from './consent.server.ts'
import { sealedFields, type ConsentPurpose, type SealedField } from './purposes.ts'
import { headOf, membershipsOf } from './read.server.ts'
import { askRequest, requestsOf } from './requests.server.ts'
import { masksOf, reveal } from './vault.server.ts'

// A woman's own pages: the policies of the database let her see her own rows, whatever her post.

/** The entry that stands for her today: her own, or the one hers was merged into. @throws Problem.notFound */
async function myId(tx: Tx, actor: Actor): Promise<string> {
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
      WHERE a.person_id IN (SELECT p.id FROM app.person p WHERE p.id = ${actor.personId}::uuid OR p.merged_into = ${actor.personId}::uuid)
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

/** Asks for erasure; her unit's cadre confirms. @throws Problem.notFound, invalid, askedAlready */
export async function askMyErasure(tx: Tx, work: UnitOfWork, reason: string): Promise<string> {
  return askRequest(tx, work, await myId(tx, work.actor), { kind: 'erase', reason })
}

/** Every table that holds rows about her, with the columns by which they are hers. An independent crawl of the catalogue proves it whole. */
const herTables: Readonly<Record<string, { title: string; by: readonly ('person' | 'account')[] }>> = {
  person: { title: '登记资料', by: ['person'] },
  membership: { title: '会籍和单位', by: ['person'] },
  consent: { title: '同意记录', by: ['person'] },
  person_access: { title: '谁看过我的信息', by: ['person'] },
  person_request: { title: '转接、合并和删除申请', by: ['person'] },
  account: { title: '账号', by: ['account'] },
  post: { title: '岗位', by: ['account'] },
  session: { title: '登录', by: ['account'] },
  credential: { title: '登录凭据（不含密码和密钥）', by: ['account'] },
  recovery_code: { title: '恢复码（不含内容）', by: ['account'] },
  passkey: { title: '通行密钥', by: ['account'] },
  oidc_identity: { title: '绑定的外部身份', by: ['account'] },
  oidc_flow: { title: '进行中的外部登录', by: ['account'] },
  notice: { title: '安全提醒', by: ['account'] },
  invitation: { title: '邀请和重设密码', by: ['account'] },
  post_request: { title: '岗位申请', by: ['account'] },
  audit: { title: '本人的操作', by: ['account'] },
}

/** Which column of a table names the person or the account. */
const keyOf: Readonly<Record<string, string>> = { person: 'id', account: 'id', audit: 'actor' }

/** Bytes that mean nothing without the key (their values stand beside), and who the others were that acted. */
const withheld = new Set(
  `id_number birth phone guardian id_index token_hash
  password_hash factor recovery_salt code_hash public_key credential_id verifier nonce state_hash
  actor_person account_id request_id asked_by asked_person decided_by decided_person made_by`.split(/\s+/),
)

type Exported = { title: string; rows: Record<string, unknown>[] }

/**
 * Everything about her as JSON: her sealed values opened (which is noted as her own reading) and every row of every table that
 * is hers. @throws Problem.notFound
 */
export async function exportMine(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
): Promise<{ madeOn: string; values: Record<string, string | null>; tables: Record<string, Exported> }> {
  const { actor } = work
  const id = await myId(tx, actor)
  const values = await reveal(deps, tx, actor, id, sealedFields, { purpose: 'self', reason: '导出本人信息' })
  const own = await keyed<{ id: string }>(
    tx,
    sql`SELECT id FROM app.person WHERE id = ${id}::uuid OR merged_into = ${id}::uuid`,
  )
  const persons = own.map((p) => p.id)
  const tables: Record<string, Exported> = {}
  for (const [table, { title, by }] of Object.entries(herTables)) {
    const isPerson = by.includes('person')
    const key = sql.raw(`t.${keyOf[table] ?? (isPerson ? 'person_id' : 'account_id')}`)
    const found = await rows<{ row: Record<string, unknown> }>(
      tx,
      sql`SELECT to_jsonb(t) AS row FROM ${sql.raw(`app.${table}`)} t WHERE ${key} = ANY (${isPerson ? persons : [actor.accountId]}::uuid[])
        ${table === 'person_request' ? sql`OR t.other_id = ANY (${persons}::uuid[])` : sql``}`,
    )
    tables[table] = {
      title,
      rows: found.map(({ row }) =>
        Object.fromEntries(Object.entries(row).filter(([column]) => !withheld.has(column))),
      ),
    }
  }
  return { madeOn: deps.today(), values, tables }
}
