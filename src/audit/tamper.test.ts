import { expect, test } from 'vitest'
import { isSigned, openProvider, sha256 } from '#crypto/provider.server.ts'
import { anchorText, headsOf, readAnchors } from './anchor.ts'
import {
  canonical,
  genesis,
  StreamCheck,
  type AuditRow,
  type Break,
  type ChainedRow,
  type Head,
} from './chain.ts'

const provider = openProvider(new Uint8Array(32).fill(7))
const [length, every] = [200, 20]

/** A generator of our own: the same places on every machine. */
let seed = 20_190_308
const random = (from: number, until: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return from + (seed % (until - from + 1))
}

const plain = (seq: number, more: Partial<AuditRow> = {}): AuditRow => ({
  district_id: 2,
  seq,
  at: new Date(Date.UTC(2020, 3, 16) + seq * 1000).toISOString(),
  actor: `account ${seq % 7}`,
  on_behalf: 'post',
  action: 'record.submit',
  object: `training:${seq}`,
  result: 'done',
  purpose: '',
  request_id: `r${seq}`,
  fields: 'title women',
  body_hmac: sha256(String(seq)),
  ...more,
})

/** Chains rows from a previous hash on, as whoever owns the database could. */
function chained(rows: readonly AuditRow[], prev: string = genesis): ChainedRow[] {
  const list: ChainedRow[] = []
  for (const row of rows) {
    const before: string = list.at(-1)?.hash ?? prev
    list.push({ ...row, prev: before, hash: sha256(canonical(row, before)) })
  }
  return list
}

const whole = chained(Array.from({ length }, (_, n) => plain(n + 1)))
const headOf = (rows: readonly ChainedRow[]): Head => {
  const { district_id, seq, hash } = rows.at(-1)!
  return { district_id, seq, hash }
}

/** The anchor file of a stream whose head was signed every twenty rows. */
function anchorLines(): string[] {
  const lines: string[] = []
  for (let seq = every; seq <= length; seq += every) {
    const last = lines.at(-1)
    const unsigned = {
      at: whole[seq - 1]!.at,
      heads: [headOf(whole.slice(0, seq))],
      before: last === undefined ? genesis : sha256(last),
    }
    lines.push(JSON.stringify({ ...unsigned, signature: provider.sign(anchorText(unsigned)) }))
  }
  return lines
}

const check = {
  hash: sha256,
  verify: (text: string, signature: string) => isSigned(text, signature, provider.publicKey),
}
const lines = anchorLines()
const anchored = headsOf(readAnchors(lines, check).anchors).get(2)!

function found(rows: readonly ChainedRow[], head: Head | null = headOf(rows)): Break | null {
  const walk = new StreamCheck(2, anchored, sha256)
  walk.take(rows)
  return walk.end(head)
}

test('a whole stream with its anchors is whole', () => {
  expect(readAnchors(lines, check)).toMatchObject({ bad: null })
  expect(anchored.length).toBe(length / every)
  expect(found(whole)).toBeNull()
})

test('a stream that was anchored before its first row is whole', () => {
  const early = { district_id: 2, seq: 0, hash: genesis }
  const walk = new StreamCheck(2, [early, ...anchored], sha256)
  walk.take(whole)
  expect(walk.end(headOf(whole))).toBeNull()
  expect(new StreamCheck(2, [early], sha256).end(early)).toBeNull()
})

const places = Array.from({ length: 100 }, () => random(2, length - 1))

test.each<[string, (k: number) => Break | null, (k: number) => Partial<Break>]>([
  [
    'a value flipped',
    (k) => found(whole.map((r) => (r.seq === k ? { ...r, actor: 'another' } : r))),
    (k) => ({ seq: k, until: null }),
  ],
  ['a row deleted', (k) => found(whole.filter((r) => r.seq !== k)), (k) => ({ seq: k, until: null })],
  [
    'two rows swapped',
    (k) => {
      const [a, b] = [whole[k - 1]!, whole[k]!]
      return found(
        whole.map((r) => (r.seq === k ? { ...b, seq: k } : r.seq === k + 1 ? { ...a, seq: k + 1 } : r)),
      )
    },
    (k) => ({ seq: k, until: null }),
  ],
  [
    'a row put in',
    (k) => found([...whole.slice(0, k - 1), { ...whole[0]!, seq: k }, ...whole.slice(k - 1)]),
    (k) => ({ seq: k, until: null }),
  ],
  [
    'everything from a row on written anew, hashes and head too',
    (k) => {
      const kept = whole.slice(0, k - 1)
      const anew = chained(
        whole.slice(k - 1).map((r) => plain(r.seq, { actor: 'another' })),
        kept.at(-1)!.hash,
      )
      return found([...kept, ...anew])
    },
    // Where it begins no one can tell from the chain; the anchors say between which two of them.
    (k) => ({ seq: Math.floor((k - 1) / every) * every + 1, until: Math.ceil(k / every) * every }),
  ],
  [
    'an older state put back',
    (k) => found(whole.slice(0, k)),
    (k) => {
      const next = Math.floor(k / every) * every + every
      return { seq: k + 1, until: next }
    },
  ],
])('%s is found at its place, in each of 100', (_, tamper, expected) => {
  for (const k of places) expect([k, tamper(k)]).toMatchObject([k, { districtId: 2, ...expected(k) }])
})

test('the file of anchors is itself signed and chained', () => {
  for (const k of Array.from({ length: 20 }, () => random(1, lines.length - 1))) {
    const edited = lines.map((line, n) => (n === k ? line.replace('"seq":', '"seq":1') : line))
    expect(readAnchors(edited, check).bad).toBe(k + 1)
    expect(
      readAnchors(
        lines.filter((_, n) => n !== k - 1),
        check,
      ).bad,
    ).toBe(k)
  }
  const stranger = openProvider(new Uint8Array(32).fill(8))
  expect(readAnchors(lines, { hash: sha256, verify: (t, s) => isSigned(t, s, stranger.publicKey) }).bad).toBe(
    1,
  )
  expect(isSigned('text', 'no signature', 'no key')).toBe(false)
})
