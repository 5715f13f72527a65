import type { Role } from '#identity/api.ts'
import type { ConsentState, HoldKind, PersonRequest } from './api.ts'
import type { SealedField } from './purposes.ts'

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

export const consentWords: Record<ConsentState['state'], string> = {
  given: '已同意',
  outdated: '文本已更新，原同意不再有效',
  withdrawn: '已撤回',
  none: '未同意',
}

export const requestWords: Record<PersonRequest['kind'], string> = {
  transfer: '转出',
  merge: '合并登记',
  erase: '删除信息',
  join: '入会',
  nominate: '先进推荐线索',
}

export const requestStateWords: Record<PersonRequest['state'], string> = {
  open: '待确认',
  done: '已办结',
  refused: '不同意',
  undone: '已撤销',
}

/** A value that was opened. A guardian is stored as name and phone; everything else as it is read. */
export function sealedText(field: SealedField, value: string | null): string {
  if (value === null) return '没有登记'
  if (field !== 'guardian') return value
  const { name, phone } = JSON.parse(value) as { name: string; phone: string | null }
  return [name, phone].filter(Boolean).join('，')
}

/** For what somebody's data outlive their term. */
export const holdWords: Record<HoldKind, string> = {
  complaint: '投诉或举报',
  claim: '补助、慰问申领',
  investigation: '调查核实',
  litigation: '仲裁或诉讼',
  other: '其他',
}
