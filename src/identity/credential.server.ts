import { sql } from 'kysely'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Actor } from './actor.ts'

/** What an account signs in with. */
export type Credential = {
  accountId: string
  districtId: number
  login: string
  name: string
  passwordHash: string | null
  passwordDays: number
  factor: string | null
  /** Passkeys; one of them, or the app, is a second factor. */
  passkeys: number
  hasFactor: boolean
  factorStep: number
  recoverySalt: Buffer | null
  recoveryLeft: number
}

const passkeys = sql`(SELECT count(*)::int FROM app.passkey k WHERE k.account_id = a.id)`
const columns = sql`a.id AS "accountId", a.login, a.name, c.password_hash AS "passwordHash",
  coalesce(current_date - c.password_at::date, 0) AS "passwordDays", CASE WHEN c.factor_at IS NOT NULL THEN c.factor END AS factor,
  ${passkeys} AS passkeys, c.factor_at IS NOT NULL OR ${passkeys} > 0 AS "hasFactor",
  coalesce(c.factor_step, 0) AS "factorStep", c.recovery_salt AS "recoverySalt",
  (SELECT count(*) FROM app.recovery_code r WHERE r.account_id = a.id AND r.used_at IS NULL) AS "recoveryLeft",
  coalesce((SELECT o.district_id FROM app.post p JOIN app.org o ON o.id = p.org_id WHERE p.account_id = a.id ORDER BY p.from_on, p.id LIMIT 1),
    (SELECT min(id) FROM app.org WHERE tier = 'city')) AS "districtId"`

/** By the name typed, whatever its letters' case; never a disabled account or the service's. */
export const findByLogin = (tx: Tx, login: string): Promise<Credential | null> =>
  first(
    tx,
    sql`SELECT ${columns} FROM app.account a LEFT JOIN app.credential c ON c.account_id = a.id
      WHERE a.login = ${login} AND a.disabled_at IS NULL AND NOT EXISTS (SELECT FROM app.post p WHERE p.account_id = a.id AND p.role = 'service')`,
  )

export async function getCredential(tx: Tx, accountId: string): Promise<Credential> {
  const found = await first<Credential>(
    tx,
    sql`SELECT ${columns} FROM app.account a LEFT JOIN app.credential c ON c.account_id = a.id WHERE a.id = ${accountId}::uuid`,
  )
  if (!found) throw new Error('an account that acts has a row')
  return found
}

/** Whether a session has given all that its account has: a password alone is level 1 only of a woman worker without a factor (`app.session_actor`). */
export const hasEntered = (actor: Actor): boolean =>
  actor.aal === 2 || actor.isPasswordDue || (actor.role === 'worker' && actor.aal === 1)

/** How a login is compared: full-width letters and capitals make no other name. */
export const normalLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

export async function storePassword(tx: Tx, accountId: string, hash: string, isNew: boolean): Promise<void> {
  await sql`INSERT INTO app.credential AS c (account_id, password_hash, password_at) VALUES (${accountId}::uuid, ${hash}, now())
    ON CONFLICT (account_id) DO UPDATE SET password_hash = EXCLUDED.password_hash,
      password_at = CASE WHEN ${isNew} THEN now() ELSE c.password_at END`.execute(tx)
}

/** Names that must not make up a password: her own, her login, her units. */
export async function namesAround(tx: Tx, accountId: string): Promise<string[]> {
  const found = await rows<{ name: string }>(
    tx,
    sql`SELECT unnest(ARRAY[name, login]) AS name FROM app.account WHERE id = ${accountId}::uuid
      UNION SELECT unnest(ARRAY[o.name, o.short_name]) FROM app.post p JOIN app.org o ON o.id = p.org_id WHERE p.account_id = ${accountId}::uuid`,
  )
  return found.map((f) => f.name)
}
