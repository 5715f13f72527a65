import type { PrivacyClass } from '#kit/programme.ts'
import { sealedClasses, sealedLabels, type Basis } from './purposes.ts'

export type ColumnRule = {
  label: string
  class: PrivacyClass
  /** How a list shows it: 原样, 掩码 or 不显示. */
  mask: string
  /** What reading it leaves behind. */
  log: string
  /** Whether her own copy holds it. */
  export: string
}

export type TableRule = {
  title: string
  purpose: string
  basis: Basis
  retention: string
  columns: Readonly<Record<string, ColumnRule>>
}

export const plain = (label: string, level: PrivacyClass = 'S2'): ColumnRule => ({
  label,
  class: level,
  mask: '原样',
  log: '不记',
  export: '有',
})
/** Of the program: numbers, marks, times. */
export const inner = (label: string): ColumnRule => ({ ...plain(label), mask: '不显示' })
/** About another person than her whose row it is. */
export const other = (label: string): ColumnRule => ({ ...inner(label), export: '无，是他人的信息' })
export const secret = (label: string): ColumnRule => ({
  ...inner(label),
  class: 'S3',
  export: '无，只是密码材料',
})
export const sealed = (field: keyof typeof sealedClasses): ColumnRule => ({
  label: sealedLabels[field],
  class: sealedClasses[field],
  mask: field === 'birth' ? '只显示年份' : '加密，只显示掩码',
  log: '每看一次记一次，本人可查',
  export: '有，解密后列出',
})
