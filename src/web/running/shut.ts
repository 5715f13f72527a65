import type { Me } from '#identity/api.ts'
import { paths } from '../paths.ts'

const administrators = ['systemAdmin', 'securityAdmin', 'auditAdmin']

/** Whether the platform is closed to her work: administrators go on winding it up. */
export const isShut = ({ running, post }: Pick<Me, 'running' | 'post'>): boolean =>
  running.mode === 'closed' && !administrators.includes(post.role)

/** Pages that stay when it is: her own person and account, and what says how both are handled. */
const left: readonly string[] = [paths.my, paths.account, paths.privacy, paths.conformity]
export const staysOpen = (pathname: string): boolean => left.includes(pathname)
