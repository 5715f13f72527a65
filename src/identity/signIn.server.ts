import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { inTransaction } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import { findByLogin, getCredential, normalLogin, type Credential } from './credential.server.ts'
import { isRotationDue, normalPassword } from './password.ts'
import { spendTry, subjectsOf, type Subject } from './throttle.server.ts'
import { waitWords } from './throttle.ts'

/** A password that fitted, to be made a session. */
export type Checked = {
  account: Credential
  tries: Subject[]
  isPasswordDue: boolean
  /** The password hashed anew, where the cost has changed since. */
  rehashed: string | null
}

type Asked = { visitor: Actor; address: string }

/**
 * Checks a name and a password outside any transaction. The try is counted before the password is looked at, so that many
 * at once are not many free ones; unknown, disabled and passwordless accounts cost one hashing too and get the same answer.
 * @throws Problem.tooManyTries, wrongPassword
 */
export async function checkPassword(
  deps: Deps,
  { login, password }: { login: string; password: string },
  { visitor, address }: Asked,
): Promise<Checked> {
  const name = normalLogin(login)
  const tries = subjectsOf(deps.crypto, name, address)
  const { account, wait } = await inTransaction(deps.db, identityContext(deps), async (tx) => ({
    wait: await spendTry(tx, tries),
    account: await findByLogin(tx, name),
  }))
  const text = normalPassword(password)
  const fits = await deps.hasher.verify(account?.passwordHash ?? null, text)
  if (!fits || !account) {
    if (account) await noteRefusal(deps, visitor, account, 'session.open')
    throw Problem.wrongPassword({ wait: wait > 0 ? waitWords(wait) : null })
  }
  const rehashed = deps.hasher.isStale(account.passwordHash!) ? await deps.hasher.hash(text) : null
  const isPasswordDue = isRotationDue(deps.passwordProfile, account.passwordDays)
  return { account, tries, isPasswordDue, rehashed }
}

/**
 * Checks the password of somebody who is signed in, as a change of password asks for it.
 * @throws Problem.tooManyTries, invalid
 */
export async function checkOwnPassword(
  deps: Deps,
  actor: Actor,
  password: string,
  address: string,
): Promise<{ account: Credential; tries: Subject[] }> {
  const { account, tries } = await inTransaction(deps.db, identityContext(deps), async (tx) => {
    const own = await getCredential(tx, actor.accountId)
    const subjects = subjectsOf(deps.crypto, own.login, address)
    await spendTry(tx, subjects)
    return { account: own, tries: subjects }
  })
  if (await deps.hasher.verify(account.passwordHash, normalPassword(password))) return { account, tries }
  await noteRefusal(deps, actor, account, 'account.password')
  throw Problem.invalid({ issues: [{ field: 'current', message: '现在的密码不对，请重新输入' }] })
}

/** Refused tries at a known account stand in the audit (ASVS 16.3.1); their number is bounded by the throttle. */
export async function noteRefusal(
  deps: Deps,
  actor: Actor,
  account: Pick<Credential, 'accountId' | 'districtId'>,
  action: string,
): Promise<void> {
  await inTransaction(deps.db, identityContext(deps), async (tx) => {
    const work = openWork(actor)
    work.audit({
      districtId: account.districtId,
      action,
      object: `account:${account.accountId}`,
      accountId: account.accountId,
      result: 'refused',
    })
    await closeWork(tx, work, deps.crypto)
  })
}
