import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Tier } from '#org/api.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { AccountRow, NewAccount, NewPost, Role } from './api.ts'
import { normalLogin } from './credential.server.ts'
import { badDays, misfit } from './post.ts'
import { closeOthers } from './session.server.ts'

const pageSize = 50

const orgOf = (o: string) =>
  sql.raw(
    `jsonb_build_object('id', ${o}.id, 'code', ${o}.org_code, 'name', ${o}.name, 'shortName', ${o}.short_name, 'tier', ${o}.tier)`,
  )

/** Posts that were given, and those that wait or were refused, of account a. */
const postsOfA = sql`coalesce((SELECT jsonb_agg(x.post ORDER BY x.rank, x.from_on DESC) FROM (
  SELECT p.from_on, CASE WHEN p.until_on < current_date THEN 3 ELSE 1 END AS rank, jsonb_build_object('id', p.id, 'role', p.role, 'org', ${orgOf('o')}, 'fromOn', p.from_on, 'untilOn', p.until_on,
    'state', CASE WHEN p.until_on < current_date THEN 'ended' WHEN p.from_on > current_date THEN 'future' ELSE 'current' END) AS post
  FROM app.post p JOIN app.org o ON o.id = p.org_id WHERE p.account_id = a.id
  UNION ALL SELECT q.from_on, CASE WHEN q.is_granted IS NULL THEN 2 ELSE 4 END, jsonb_build_object('id', q.id, 'role', q.role, 'org', ${orgOf('o')}, 'fromOn', q.from_on, 'untilOn', q.until_on,
    'state', CASE WHEN q.is_granted IS NULL THEN 'pending' ELSE 'refused' END)
  FROM app.post_request q JOIN app.org o ON o.id = q.org_id WHERE q.account_id = a.id AND q.is_granted IS NOT TRUE) x), '[]'::jsonb)`

/** Accounts by part of a name, login or unit, in the order of their logins. */
export async function listAccounts(
  tx: Tx,
  { q = '', after = '' }: { q?: string | undefined; after?: string | undefined },
): Promise<{ rows: AccountRow[]; next: string | null }> {
  const wanted = q.trim().toLowerCase()
  const found = await rows<AccountRow>(
    tx,
    sql`SELECT a.id, a.login, a.name, a.title, c.factor_at IS NOT NULL OR EXISTS (SELECT FROM app.passkey k WHERE k.account_id = a.id) AS "hasFactor",
        CASE WHEN a.disabled_at IS NOT NULL THEN 'disabled' WHEN c.password_hash IS NOT NULL OR a.is_demo THEN 'active'
          WHEN EXISTS (SELECT FROM app.invitation i WHERE i.account_id = a.id AND i.used_at IS NULL AND i.expires_at > now()) THEN 'invited' ELSE 'new' END AS state,
        ${postsOfA} AS posts
      FROM app.account a LEFT JOIN app.credential c ON c.account_id = a.id
      WHERE a.login > ${after} AND NOT EXISTS (SELECT FROM app.post s WHERE s.account_id = a.id AND s.role = 'service')
        AND (position(${wanted} IN lower(a.name)) > 0 OR position(${wanted} IN lower(a.login)) > 0 OR EXISTS (SELECT FROM app.post p JOIN app.org o ON o.id = p.org_id
          WHERE p.account_id = a.id AND (position(${wanted} IN lower(o.name)) > 0 OR lower(o.org_code) = ${wanted})))
      ORDER BY a.login LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  return { rows: shown, next: found.length > pageSize ? shown.at(-1)!.login : null }
}

/** Opens an account with its first post. It cannot be used before its owner has set a password by an invitation. @throws Problem.invalid, badGrant */
export async function createAccount(
  tx: Tx,
  work: UnitOfWork,
  made: NewAccount,
): Promise<{ id: string; isGiven: boolean }> {
  const login = normalLogin(made.login)
  const issues = [
    ...(/^[\p{L}\p{N}._@-]{3,60}$/u.test(login)
      ? []
      : [{ field: 'login', message: '登录名 3 到 60 个字符，可用字母、数字、汉字和 . _ @ -' }]),
    ...(made.name.trim() === '' ? [{ field: 'name', message: '请填写姓名' }] : []),
  ]
  const taken = await first(tx, sql`SELECT 1 FROM app.account WHERE login = ${login}`)
  if (taken) issues.push({ field: 'login', message: `登录名“${login}”已有人用，请换一个` })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const id = randomId()
  await sql`SELECT app.open_account(${id}::uuid, ${login}, ${made.name.trim()}, ${made.title.trim()})`.execute(
    tx,
  )
  note(work, 'account.create', `account:${id}`)
  const { isGiven } = await givePost(tx, work, id, made)
  return { id, isGiven }
}

const note = ({ actor, audit }: UnitOfWork, action: string, object: string, fields: string[] = []): void =>
  audit({ districtId: actor.org.districtId, action, object, fields })

/** Gives a post, or asks for it where it reviews or administers. @throws Problem.badGrant, unknownReference */
export async function givePost(
  tx: Tx,
  work: UnitOfWork,
  accountId: string,
  { orgId, role, fromOn, untilOn }: NewPost,
): Promise<{ id: string; isGiven: boolean }> {
  const found = await first<{ tier: Tier; clashes: boolean; same: boolean }>(
    tx,
    sql`SELECT o.tier, app.clashes(a.id, ${role}, ${fromOn}::date, ${untilOn}::date) AS clashes,
        EXISTS (SELECT FROM app.post p WHERE p.account_id = a.id AND p.org_id = o.id AND p.role = ${role}
          AND daterange(p.from_on, p.until_on, '[]') && daterange(${fromOn}::date, greatest(${fromOn}::date, ${untilOn}::date), '[]')) AS same
      FROM app.account a CROSS JOIN app.org o WHERE a.id = ${accountId}::uuid AND o.id = ${orgId} AND o.closed_on IS NULL`,
  )
  if (!found) throw Problem.unknownReference({ what: 'org' })
  const why =
    badDays(fromOn, untilOn) ??
    misfit(role, found.tier) ??
    (found.clashes ? '三员（系统、安全、审计管理员）互不兼任，也不兼业务岗位' : null) ??
    (found.same ? '这段时间里已有同一个岗位' : null)
  if (why !== null) throw Problem.badGrant({ why })
  const id = randomId()
  const [done] = await rows<{ given: boolean }>(
    tx,
    sql`SELECT app.give_post(${id}::uuid, ${accountId}::uuid, ${orgId}::int, ${role}, ${fromOn}::date, ${untilOn}::date) AS given`,
  )
  note(work, done!.given ? 'post.give' : 'post.ask', `account:${accountId}`, [role, String(orgId)])
  if (done!.given)
    tell(
      tx,
      accounts(sql`SELECT ${accountId}::uuid`),
      { kind: 'post', subject: `您有了一个新岗位，自 ${fromOn} 起`, link: '/' },
      work.actor.accountId,
    )
  else
    tell(
      tx,
      accounts(sql`SELECT p.account_id FROM app.post p WHERE p.role = 'securityAdmin'`),
      { kind: 'post', subject: '有岗位等待批准', link: '/accounts' },
      work.actor.accountId,
    )
  return { id, isGiven: done!.given }
}

type Held = { account_id: string; org_id: number; role: Role; from_on: string; until_on: string | null }

/** Ends a post with a day; whoever acts in it is signed out at the next request after that day. @throws Problem.notFound, badGrant */
export async function endPost(tx: Tx, work: UnitOfWork, postId: string, untilOn: string): Promise<Held> {
  const held = await first<Held>(
    tx,
    sql`SELECT account_id, org_id, role, from_on, until_on FROM app.post WHERE id = ${postId}::uuid AND role <> 'service'`,
  )
  if (!held) throw Problem.notFound()
  const why =
    badDays(untilOn, null) ??
    (untilOn < addDays(held.from_on, -1) ? '结束日期不能早于开始日期' : null) ??
    (held.until_on !== null && held.until_on <= untilOn ? `这个岗位本来就到 ${held.until_on} 为止` : null)
  if (why !== null) throw Problem.badGrant({ why })
  await sql`SELECT app.end_post(${postId}::uuid, ${untilOn}::date)`.execute(tx)
  note(work, 'post.end', `post:${postId}`, [untilOn])
  return held
}

/**
 * 交接: one's post ends with a day, another holds the same from the next. Drafts and turns belong to the unit, so the other
 * finds them all. @throws Problem.notFound, badGrant
 */
export async function handOverPost(
  tx: Tx,
  work: UnitOfWork,
  postId: string,
  { toAccountId, untilOn }: { toAccountId: string; untilOn: string },
): Promise<{ id: string; isGiven: boolean }> {
  const held = await endPost(tx, work, postId, untilOn)
  if (held.account_id === toAccountId) throw Problem.badGrant({ why: '请选择另一位同志接任' })
  return givePost(tx, work, toAccountId, {
    orgId: held.org_id,
    role: held.role as NewPost['role'],
    fromOn: addDays(untilOn, 1),
    untilOn: held.until_on,
  })
}

/** Disables or enables an account; its sessions end at once. @throws Problem.notFound, badGrant for one's own */
export async function setDisabled(
  tx: Tx,
  work: UnitOfWork,
  accountId: string,
  isDisabled: boolean,
): Promise<void> {
  await requireAccount(tx, accountId)
  if (accountId === work.actor.accountId) throw Problem.badGrant({ why: '不能停用自己的账号' })
  await sql`SELECT app.set_disabled(${accountId}::uuid, ${isDisabled})`.execute(tx)
  if (isDisabled) await closeOthers(tx, accountId, null)
  note(work, isDisabled ? 'account.disable' : 'account.enable', `account:${accountId}`)
}

/** @throws Problem.notFound for none, and for the service's */
export async function requireAccount(tx: Tx, accountId: string): Promise<{ login: string }> {
  const found = await first<{ login: string }>(
    tx,
    sql`SELECT login FROM app.account a WHERE id = ${accountId}::uuid AND NOT EXISTS (SELECT FROM app.post p WHERE p.account_id = a.id AND p.role = 'service')`,
  )
  if (!found) throw Problem.notFound()
  return found
}
