import { createHash, getCiphers, setFips } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openKeyFile } from './provider.server.ts'

// A file of its own: what OpenSSL gave or refused a process, Node keeps. Elsewhere crypto.test.ts starts it.
const dir = mkdtempSync(join(tmpdir(), 'jinguo-lacking-'))
afterAll(() => {
  setFips(false)
  rmSync(dir, { recursive: true })
})

it('国密 does not start where OpenSSL has no SM3 and SM4, and makes no key there', () => {
  const path = join(dir, 'new.key')
  const made = join(dir, 'made.key')
  writeFileSync(made, `1 gm ${'5a'.repeat(32)}\n`, { mode: 0o600 })
  const opens = [() => openKeyFile(path, 'gm'), () => openKeyFile(made)]
  // Certified algorithms alone, and no module of those is loaded: OpenSSL itself refuses both.
  setFips(true)
  expect(getCiphers()).not.toContain('sm4-ctr')
  expect(() => createHash('sm3')).toThrow('unsupported')
  for (const open of opens)
    expect(open).toThrow('不含国密算法 SM3、SM4，不能以国密方式（JINGUO_CRYPTO=gm）运行')
  expect(existsSync(path)).toBe(false)
})
