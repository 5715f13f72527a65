import { joined, message, messages, queryMessage } from '#server/embedded/wire.server.ts'

/** Statements after which PGlite never answers again: its session ends, the engine with it. */
const FATAL = /(?:^|;)\s*copy\b[^;]*\bfrom\s+(?:stdin|program)\b/i

/** Refuses inside PostgreSQL, so that protocol and transaction stay in step. */
const REFUSAL = `DO $$ BEGIN RAISE feature_not_supported USING MESSAGE = 'COPY FROM STDIN would kill the embedded engine; use INSERT ... SELECT FROM unnest(...)'; END $$`

/** A unit of the protocol in which each COPY from the client or a program is replaced by an error. */
export function withoutCopyIn(unit: Uint8Array): Uint8Array {
  if (unit[0] !== QUERY && unit[0] !== PARSE) return unit
  const parts = messages(unit)
  if (!parts.some(isFatal)) return unit
  return joined(parts.map((part) => (isFatal(part) ? refused(part) : part)))
}

const QUERY = 0x51
const PARSE = 0x50

/** Query: text. Parse: statement name, text, parameter types. */
function isFatal(part: Uint8Array): boolean {
  if (part[0] !== QUERY && part[0] !== PARSE) return false
  const at = part[0] === QUERY ? 5 : part.indexOf(0, 5) + 1
  return FATAL.test(new TextDecoder().decode(part.subarray(at, part.indexOf(0, at))))
}

function refused(part: Uint8Array): Uint8Array {
  if (part[0] === QUERY) return queryMessage(REFUSAL)
  const name = part.subarray(5, part.indexOf(0, 5) + 1)
  return message('P', joined([name, new TextEncoder().encode(`${REFUSAL}\0\0\0`)]))
}
