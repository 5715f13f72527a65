import type { Tier } from '#org/api.ts'
import type { Role } from './api.ts'

export const administrators: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditAdmin']

/** Roles that only the city has. */
const cityOnly: readonly Role[] = [...administrators, 'handler']

/** Why a role does not fit a unit, as a sentence; null where it does. */
export function misfit(role: Role, tier: Tier): string | null {
  if (role === 'service') return '服务账号的岗位不能授予人'
  return cityOnly.includes(role) && tier !== 'city' ? '这个岗位只设在市总工会' : null
}

/** Why the days of a post cannot be, as a sentence; null where they can. */
export function badDays(fromOn: string, untilOn: string | null): string | null {
  if (Number.isNaN(Date.parse(fromOn)) || (untilOn !== null && Number.isNaN(Date.parse(untilOn))))
    return '日期不存在，请重新选择'
  return untilOn !== null && untilOn < fromOn ? '结束日期不能早于开始日期' : null
}
