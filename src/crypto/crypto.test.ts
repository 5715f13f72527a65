import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gm } from './gm.server.ts'
import { intl } from './intl.server.ts'
import { parseRing } from './keyRing.server.ts'
import { addKey, digestOf, isSigned, openKeyFile, openProvider, openRing } from './provider.server.ts'
import { isWrappedByNewest, newDataKey, open, seal, unwrap, wrap } from './sealed.server.ts'
import { mustEqual, SealBroken } from './suite.server.ts'

const place = 'person.id_number:00000000-0000-7000-8010-000000000001'
const number = '11010519491231002X'

describe.each([
  ['intl', intl, 47],
  ['gm', gm, 51],
] as const)('suite %s', (name, suite, length) => {
  const provider = openProvider(new Uint8Array(32).fill(7), name)
  const dataKey = newDataKey()

  it('gives the known answers of its standards', () => expect(() => suite.check()).not.toThrow())

  it(`seals an ID number to ${length} bytes, never twice alike, and opens it again`, () => {
    const [one, two] = [seal(provider, dataKey, number, place), seal(provider, dataKey, number, place)]
    expect([one.length, one.equals(two)]).toEqual([length, false])
    expect([open(dataKey, one, place), open(dataKey, two, place)]).toEqual([number, number])
    for (const text of ['', '例', '𬱖'.repeat(300)])
      expect(open(dataKey, seal(provider, dataKey, text, place), place)).toBe(text)
  })

  it('refuses every single changed bit, every cut and every extension', () => {
    const sealed = seal(provider, dataKey, number, place)
    let tried = 0
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(sealed)
        changed[at]! ^= 1 << bit
        expect(() => open(dataKey, changed, place)).toThrow(SealBroken)
        tried++
      }
      expect(() => open(dataKey, sealed.subarray(0, at), place)).toThrow(SealBroken)
    }
    expect(tried).toBe(length * 8)
    expect(() => open(dataKey, Buffer.concat([sealed, Buffer.alloc(1)]), place)).toThrow(SealBroken)
  })

  it.each([
    ['another row', place.replace(/1$/, '2')],
    ['another column', place.replace('id_number', 'phone')],
    ['a place that runs together with it', `${place} `],
    ['none', ''],
  ])('refuses a value that was moved to %s', (_, elsewhere) => {
    expect(() => open(dataKey, seal(provider, dataKey, number, place), elsewhere)).toThrow(SealBroken)
  })

  it('refuses another key', () => {
    const sealed = seal(provider, dataKey, number, place)
    for (let n = 0; n < 50; n++) expect(() => open(newDataKey(), sealed, place)).toThrow(SealBroken)
    const wrapped = wrap(provider, dataKey, place)
    const stranger = openProvider(new Uint8Array(32).fill(8), name)
    expect(unwrap(provider, wrapped, place)).toEqual(dataKey)
    expect(() => unwrap(stranger, wrapped, place)).toThrow(SealBroken)
    expect(() => unwrap(provider, wrapped, place.replace(/1$/, '2'))).toThrow(SealBroken)
    // A wrapped key is no value, and a value no wrapped key.
    expect(() => open(dataKey, wrapped, place)).toThrow(SealBroken)
    expect(() => unwrap(provider, sealed, place)).toThrow(SealBroken)
  })

  it('opens old values after a new key was added, and wraps with the new one', () => {
    const [first, second] = [1, 2].map((id) => ({ id, suite: name, key: new Uint8Array(32).fill(id) }))
    const before = openRing([first!])
    const after = openRing([first!, second!])
    const old = wrap(before, dataKey, place)
    expect(unwrap(after, old, place)).toEqual(dataKey)
    expect([isWrappedByNewest(before, old), isWrappedByNewest(after, old)]).toEqual([true, false])
    const young = wrap(after, dataKey, place)
    expect(isWrappedByNewest(after, young)).toBe(true)
    expect(() => unwrap(before, young, place)).toThrow(SealBroken)
    expect(open(unwrap(after, young, place), seal(before, dataKey, number, place), place)).toBe(number)
    // Index, audit and signature do not turn with the ring: what is stored by them stays found and verified.
    expect(after.blindIndex(number)).toEqual(before.blindIndex(number))
    expect([after.mac('a'), after.publicKey]).toEqual([before.mac('a'), before.publicKey])
  })

  it('indexes equal texts alike, under a key of its own', () => {
    expect(provider.blindIndex(number)).toEqual(provider.blindIndex(number))
    expect(provider.blindIndex(number)).toHaveLength(16)
    expect(provider.blindIndex(number)).not.toEqual(provider.blindIndex('110105194912310021'))
    expect(provider.blindIndex(number).toString('hex')).not.toBe(provider.mac(number).slice(0, 32))
    const stranger = openProvider(new Uint8Array(32).fill(8), name)
    expect(stranger.blindIndex(number)).not.toEqual(provider.blindIndex(number))
  })

  it('signs so that anyone with the public key can check, and names its digest by it', () => {
    const signature = provider.sign('链头')
    expect(isSigned('链头', signature, provider.publicKey)).toBe(true)
    expect(isSigned('链尾', signature, provider.publicKey)).toBe(false)
    const stranger = openProvider(new Uint8Array(32).fill(8), name)
    expect(isSigned('链头', signature, stranger.publicKey)).toBe(false)
    expect(isSigned('链头', 'no signature', 'no key')).toBe(false)
    expect(digestOf(provider.publicKey)('abc')).toBe(provider.hash('abc'))
  })
})

it('opens a value of the other suite by its header', () => {
  const key = newDataKey()
  const [one, two] = [openProvider(new Uint8Array(32), 'intl'), openProvider(new Uint8Array(32), 'gm')]
  expect(open(key, seal(one, key, number, place), place)).toBe(number)
  expect(open(key, seal(two, key, number, place), place)).toBe(number)
  expect(one.hash('abc')).not.toBe(two.hash('abc'))
})

it('stops the start when a known answer is another', () =>
  expect(() => mustEqual('SM3', 'ab', 'cd')).toThrow('密码算法自检未通过：SM3'))

describe('the key file', () => {
  let dir: string
  let path: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'jinguo-key-'))
    path = join(dir, 'keys', 'key')
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is made at the first start in the profile asked for, readable by its owner alone', () => {
    const made = openKeyFile(path, 'gm')
    expect([made.profile, statSync(path).mode & 0o777]).toEqual(['gm', 0o600])
    expect(openKeyFile(path).publicKey).toBe(made.publicKey)
    expect(() => openKeyFile(path, 'intl')).toThrow('算法在建库时确定')
    chmodSync(path, 0o640)
    expect(() => openKeyFile(path)).toThrow('chmod 600')
  })

  it('of the first release is one key, and gives what it gave', () => {
    openKeyFile(path)
    writeFileSync(path, `${'07'.repeat(32)}\n`)
    const old = openKeyFile(path)
    expect(old.publicKey).toBe(openProvider(new Uint8Array(32).fill(7)).publicKey)
    // Reckoned by the first release: an installation that was started with it must verify.
    expect(old.mac('x')).toBe(
      intl.hmac(intl.derive(Buffer.alloc(32, 7), 'jinguo.audit', 32), 'x').toString('hex'),
    )
    addKey(old)
    expect(openKeyFile(path).publicKey).toBe(old.publicKey)
    const wrapped = wrap(old, newDataKey(), place)
    expect(() => unwrap(openKeyFile(path), wrapped, place)).not.toThrow()
    expect(parseRing(readFileSync(path, 'utf8'), path).map((e) => [e.id, e.suite])).toEqual([
      [1, 'intl'],
      [2, 'intl'],
    ])
  })

  it.each([
    '',
    'abc',
    `1 intl ${'0'.repeat(63)}`,
    `1 aes ${'0'.repeat(64)}`,
    `0 gm ${'0'.repeat(64)}`,
    `128 gm ${'0'.repeat(64)}`,
    `1 gm ${'0'.repeat(64)}\n1 gm ${'1'.repeat(64)}`,
  ])('is refused when it is damaged: %j', (text) => {
    openKeyFile(path)
    writeFileSync(path, text)
    expect(() => openKeyFile(path)).toThrow('已损坏')
  })
})
