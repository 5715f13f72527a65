import type { Role } from '#identity/api.ts'

/** As whom somebody looked, in words for the person who was looked at. */
export const roleLabels: Record<Role, string> = {
  cadre: '工会女工干部',
  leader: '领导',
  worker: '女职工',
  handler: '指定经办人',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditAdmin: '审计管理员',
  service: '系统',
}
