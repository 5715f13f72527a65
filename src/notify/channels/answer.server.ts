import type { Answered } from '#server/fetchOut.server.ts'

/**
 * The JSON object of an answer. @throws Error that tells the status alone: a page of an error may hold what was sent
 */
export function objectOf(name: string, { status, text }: Answered): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (status !== 200 || typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} 应答 ${status}，无法识别`)
  return value as Record<string, unknown>
}
