import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import { formFault, normalPassword } from './password.ts'
import { weakness } from './strength.server.ts'

type About = { names: readonly string[]; hasFactor: boolean; old: string | null }

/**
 * The hash of a new password that meets the rules of this installation. Outside any transaction: it takes a core for a while.
 * @throws Problem.invalid with the fault at `password`
 */
export async function hashNew(deps: Deps, typed: string, { names, hasFactor, old }: About): Promise<string> {
  const password = normalPassword(typed)
  const fault = formFault(deps.passwordProfile, password, hasFactor) ?? (await weakness(password, names))
  if (fault !== null) throw Problem.invalid({ issues: [{ field: 'password', message: fault }] })
  if (old !== null && (await deps.hasher.verify(old, password)))
    throw Problem.invalid({ issues: [{ field: 'password', message: '新密码与原密码相同，请换一个' }] })
  return deps.hasher.hash(password)
}
