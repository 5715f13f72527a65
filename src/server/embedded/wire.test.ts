import { expect, test } from 'vitest'

import { withoutCopyIn } from '#server/embedded/guard.server.ts'
import {
  Inbox,
  SYNC,
  type Unit,
  endsReady,
  joined,
  message,
  messages,
  queryMessage,
} from '#server/embedded/wire.server.ts'

const start = Uint8Array.of(0, 0, 0, 13, 0, 3, 0, 0, 117, 0, 97, 0, 0)
const ssl = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47)
const parse = message('P', 'name\0SELECT $1\0\0\0')
const bind = message('B', '\0name\0'.padEnd(300, 'x'))
const flush = message('H', '')
const bye = message('X', '')

const cut = (chunks: Uint8Array[]): Unit[] => {
  const inbox = new Inbox()
  const units: Unit[] = []
  for (const chunk of chunks) {
    inbox.push(chunk)
    for (let unit = inbox.take(); unit; unit = inbox.take()) units.push(unit)
  }
  return units
}

const said = [ssl, start, queryMessage('SELECT 1'), joined([parse, bind, flush]), joined([bind, SYNC]), bye]
const expected: Unit[] = [
  { kind: 'plain', bytes: ssl, answered: false },
  { kind: 'start', bytes: start, answered: true },
  { kind: 'work', bytes: said[2]!, answered: true },
  { kind: 'work', bytes: said[3]!, answered: false },
  { kind: 'work', bytes: said[4]!, answered: true },
  { kind: 'bye', bytes: bye, answered: false },
]

test('units are the same however the stream is split', () => {
  const stream = joined(said)
  for (let size = 1; size <= 64; size++) {
    const chunks: Uint8Array[] = []
    for (let at = 0; at < stream.length; at += size) chunks.push(stream.subarray(at, at + size))
    expect(cut(chunks), `chunks of ${size}`).toEqual(expected)
  }
})

test('an incomplete unit waits', () => {
  expect(cut([start, parse, bind])).toHaveLength(1)
})

test('what is not the protocol throws', () => {
  expect(() => cut([new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n')])).toThrow('not a PostgreSQL client')
  expect(() => cut([start, Uint8Array.of(81, 0, 0, 0, 0)])).toThrow('broken message')
})

test('ready for query is told from everything else', () => {
  expect(endsReady(Uint8Array.of(67, 0, 0, 0, 4, 90, 0, 0, 0, 5, 73))).toBe(true)
  expect(endsReady(Uint8Array.of(90, 0, 0, 0, 5))).toBe(false)
  expect(endsReady(message('E', 'PANIC\0'))).toBe(false)
})

test.each([
  ['COPY t FROM STDIN', true],
  ['select 1; copy t (a, b) from stdin with csv', true],
  ["copy t from program 'ls'", true],
  ['COPY t TO STDOUT', false],
  ['SELECT 1', false],
  ["INSERT INTO t VALUES ('a copy from stdin')", false],
])('%s: replaced %s', (sql, replaced) => {
  const asQuery = withoutCopyIn(queryMessage(sql))
  expect(Buffer.from(asQuery).includes('RAISE')).toBe(replaced)
  const unit = joined([message('P', `p\0${sql}\0\0\0`), bind, SYNC])
  const [first, ...rest] = messages(withoutCopyIn(unit))
  expect(Buffer.from(first!).includes('RAISE')).toBe(replaced)
  expect(Buffer.from(first!).subarray(5, 7).toString()).toBe('p\0')
  expect(rest).toEqual([bind, SYNC])
})
