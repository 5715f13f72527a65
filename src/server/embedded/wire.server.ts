/**
 * A piece of a client's byte stream that is run as one. `answered` units (simple query, Sync, function call, start)
 * end in ReadyForQuery; a flush doesn't and leaves its transaction open.
 */
export interface Unit {
  kind: 'start' | 'plain' | 'bye' | 'work'
  bytes: Uint8Array
  answered: boolean
}

const PROTOCOL_3 = 196_608
const CANCEL = 80_877_102
const SSL = 80_877_103
const GSS = 80_877_104
const ENDS = new Map([
  ['Q', true],
  ['S', true],
  ['F', true],
  ['H', false],
])
const BYE = 'X'

/** Cuts the byte stream of one PostgreSQL client into units; joins chunks only once a whole message is there. */
export class Inbox {
  #bytes: Uint8Array = new Uint8Array(0)
  #late: Uint8Array[] = []
  #size = 0
  #need = 8
  #scan = 0
  #greeted = false

  push(chunk: Uint8Array): void {
    this.#late.push(chunk)
    this.#size += chunk.length
  }

  /** The next complete unit, or null. Throws on bytes that are not the protocol. */
  take(): Unit | null {
    if (this.#size < this.#need) return null
    this.#bytes = joined([this.#bytes, ...this.#late])
    this.#late = []
    return this.#greeted ? this.#work() : this.#greeting()
  }

  #greeting(): Unit | null {
    const length = int32(this.#bytes, 0)
    const code = int32(this.#bytes, 4)
    if (length < 8 || length > 10_000) throw new Error('not a PostgreSQL client')
    if (this.#size < length) return this.#await(length)
    this.#scan = length
    if (code === SSL || code === GSS) return this.#cut('plain', false)
    if (code === CANCEL) return this.#cut('bye', false)
    if (code !== PROTOCOL_3) throw new Error(`unknown protocol ${code}`)
    this.#greeted = true
    return this.#cut('start', true)
  }

  #work(): Unit | null {
    for (;;) {
      if (this.#size < this.#scan + 5) return this.#await(this.#scan + 5)
      const length = int32(this.#bytes, this.#scan + 1) + 1
      if (length < 5) throw new Error('broken message')
      if (this.#size < this.#scan + length) return this.#await(this.#scan + length)
      const type = String.fromCharCode(this.#bytes[this.#scan]!)
      this.#scan += length
      const answered = ENDS.get(type)
      if (type === BYE) return this.#cut('bye', false)
      if (answered !== undefined) return this.#cut('work', answered)
    }
  }

  #await(size: number): null {
    this.#need = size
    return null
  }

  #cut(kind: Unit['kind'], answered: boolean): Unit {
    const bytes = this.#bytes.slice(0, this.#scan)
    this.#bytes = this.#bytes.subarray(this.#scan)
    this.#size -= this.#scan
    this.#scan = 0
    this.#need = this.#greeted ? 5 : 8
    return { kind, bytes, answered }
  }
}

/** Whether an answer ends in ReadyForQuery. Without it the engine died while it ran the unit. */
export function endsReady(answer: Uint8Array): boolean {
  const at = answer.length - 6
  return at >= 0 && answer[at] === 0x5a && int32(answer, at + 1) === 5
}

/** One message: its type letter and its body. */
export function message(type: string, body: Uint8Array | string): Uint8Array {
  const text = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const bytes = new Uint8Array(text.length + 5)
  bytes[0] = type.charCodeAt(0)
  new DataView(bytes.buffer).setInt32(1, text.length + 4)
  bytes.set(text, 5)
  return bytes
}

/** A simple query message. */
export const queryMessage = (sql: string): Uint8Array => message('Q', `${sql}\0`)

/** The complete messages of a unit other than the first of a connection. */
export function messages(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + int32(bytes, at + 1)
    found.push(bytes.subarray(at, end))
    at = end
  }
  return found
}

/** The Sync message. */
export const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4)

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0)
  if (filled.length === 1) return filled[0]!
  const whole = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of filled) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function int32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(at)
}
