import { text } from '#kit/field/index.ts'

/** Key and heading of the hidden first column of what was exported: `<id>:<version>`, by which an edited row is an update. */
export const refKey = 'recordRef'
export const refLabel = '记录编号'
export const refField = text(refLabel)

/** 「<id>:<version>」 as it was exported. */
export function readRef(text: string): { id: string; version: number } | null {
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,6})$/.exec(text.trim().toLowerCase())
  return parts ? { id: parts[1]!, version: Number(parts[2]) } : null
}

/** A value that an export has masked says nothing about what stands. */
export const isMasked = (value: unknown): boolean => typeof value === 'string' && /[*＊]/.test(value)

/** A value as a cell of its column shows it. */
export function cellText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
