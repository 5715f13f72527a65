import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { randomId, type CryptoProvider } from '#crypto/provider.server.ts'
import { loadTree } from '#demo/loadTree.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { InvitationMade } from '#identity/api.ts'
import { normalLogin } from '#identity/credential.server.ts'
import { makeInvitation } from '#identity/invitation.server.ts'
import type { PasswordProfile } from '#identity/password.ts'
import { realToday } from '#kit/day.ts'
import { first, onConnection, transact, type Db, type Tx } from './database.server.ts'

export type Installation = {
  city: string
  code: string
  admin: string
  login: string
  profile: PasswordProfile
  inviteDays: number
  publicUrl: string
}

/**
 * Makes an empty database a live installation, as owner of the schema: the city, the service account, and the first system
 * administrator, who has no password but the link that is returned. The mode is written here and never changes.
 * @throws Error in Chinese when the database holds anything already
 */
export async function createInstallation(
  owner: Db,
  crypto: CryptoProvider,
  made: Installation,
): Promise<InvitationMade> {
  return onConnection(owner, (connection) =>
    transact(connection, `BEGIN; SET LOCAL app.scope=''; SET LOCAL app.scope_end='~'`, (tx) =>
      create(tx, crypto, made),
    ),
  )
}

async function create(tx: Tx, crypto: CryptoProvider, made: Installation): Promise<InvitationMade> {
  const used = await first(
    tx,
    sql`SELECT 1 FROM app.org UNION ALL SELECT 1 FROM app.setting WHERE key = 'mode'`,
  )
  if (used) throw new Error('数据库中已有数据，不能再次初始化；模式（演示或正式）写定后不能更改')
  const today = realToday()
  const { rootId } = await loadTree(tx, [citySeed(made)], today)
  const settings = {
    mode: 'live',
    startedOn: today,
    installation: randomId(),
    crypto: crypto.profile,
    passwordProfile: made.profile,
    inviteDays: String(made.inviteDays),
    openYear: today.slice(0, 4),
  }
  await sql`INSERT INTO app.setting SELECT key, value FROM jsonb_each_text(${JSON.stringify(settings)}::jsonb)`.execute(
    tx,
  )
  await person(tx, {
    id: randomId(),
    login: 'service',
    name: '系统',
    title: '系统服务',
    role: 'service',
    rootId,
    today,
  })
  const admin = randomId()
  const login = normalLogin(made.login)
  await person(tx, {
    id: admin,
    login,
    name: made.admin,
    title: '系统管理员',
    role: 'systemAdmin',
    rootId,
    today,
  })
  const invitation = await makeInvitation(tx, made.publicUrl, admin, admin)
  const work = openWork(founder(admin, rootId))
  work.audit({ districtId: rootId, action: 'installation.create', object: `account:${admin}` })
  await closeWork(tx, work, crypto)
  return invitation
}

const citySeed = ({ city, code }: Installation) => ({
  code,
  parent: null,
  tier: 'city' as const,
  name: city,
  shortName: '市总工会',
  orgType: '市' as const,
  workers: 0,
  womenWorkers: 0,
  members: 0,
  womenMembers: 0,
  committee: null,
})

type Founding = {
  id: string
  login: string
  name: string
  title: string
  role: 'service' | 'systemAdmin'
  rootId: number
  today: string
}

async function person(tx: Tx, { id, login, name, title, role, rootId, today }: Founding): Promise<void> {
  await sql`INSERT INTO app.account (id, person_id, login, name, title) VALUES (${id}::uuid, ${id}::uuid, ${login}, ${name}, ${title})`.execute(
    tx,
  )
  await sql`INSERT INTO app.post (id, account_id, org_id, role, from_on) VALUES (${randomId()}::uuid, ${id}::uuid, ${rootId}, ${role}, ${today}::date)`.execute(
    tx,
  )
}

/** Who stands in the audit for the act that makes the installation. */
const founder = (accountId: string, orgId: number): Actor => ({
  accountId,
  personId: accountId,
  postId: accountId,
  name: '',
  role: 'service',
  org: { id: orgId, code: '', name: '', shortName: '', tier: 'city', scopeCode: '', districtId: orgId },
  aal: 2,
  isPasswordDue: false,
  stepUp: true,
  token: null,
  onBehalf: 'init',
  requestId: 'init',
})
