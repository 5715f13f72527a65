import type { Certificate, CertificateState } from '#certificate/api.ts'

export const stateWords: Record<CertificateState, string> = {
  valid: '有效',
  revoked: '已撤销',
  superseded: '已换发',
}
export const stateColors: Record<CertificateState, string> = {
  valid: 'green',
  revoked: 'red',
  superseded: 'default',
}

/** What became of the record, and what to do about it. */
export const sinceWords: Record<NonNullable<Certificate['since']>, string> = {
  changed: '发证后记录有更正，请核对是否换发',
  gone: '记录已作废，请核对是否撤销',
}
