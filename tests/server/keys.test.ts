import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openKeyFile } from '#crypto/provider.server.ts'
import { masksOf } from '#person/vault.server.ts'
import { rows } from '#server/database.server.ts'
import { UsageError } from '#server/arguments.server.ts'
import { runKeys } from '#server/keys.server.ts'
import { codeOf, enter, holder } from '../support/account.ts'
import { openStage, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'

let stage: Stage
let dir: string
let path: string
beforeAll(async () => {
  stage = await openStage()
  dir = mkdtempSync(join(tmpdir(), 'jinguo-keys-'))
  path = join(dir, 'ring.key')
})
afterAll(async () => {
  await stage.close()
  rmSync(dir, { recursive: true })
})
beforeEach(() => {
  // The world's own key as a file of the first release.
  writeFileSync(path, `${'07'.repeat(32)}\n`, { mode: 0o600 })
  stage.world.deps.crypto = openKeyFile(path)
})

async function keys(...argv: string[]): Promise<string> {
  let said = ''
  const out = (text: string) => void (said += text)
  await runKeys(stage.world.deps, argv, { out, err: out, cwd: dir, user: 'operator' })
  return said
}
const add = async (n: number) =>
  (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(n) })).body.id
const phoneOf = async (id: string) =>
  (
    await stage.as('U1').post<{ value: string }>(`/api/persons/${id}/reveals`, {
      field: 'phone',
      purpose: 'contact',
      reason: '核对资料',
    })
  ).body.value
const numbers = () => [...readFileSync(path, 'utf8').matchAll(/^(\d+) /gm)].map((m) => Number(m[1]))

it('a rotation leaves every sealed value readable, the old key goes, and each step stands in the audit', () =>
  stage.trial(async (tx) => {
    const other = openKeyFile(path)
    const { secret, person } = await enter(stage, tx, 'U1b')
    const first = await add(1)
    expect(await keys()).toBe('第 1 把 intl 根密钥、用于新的包裹，包裹着 1 人\n')
    expect(await keys('add')).toContain('已新加第 2 把密钥')
    const second = await add(2)
    expect(await keys()).toBe('第 1 把 intl 根密钥，包裹着 1 人\n第 2 把 intl 用于新的包裹，包裹着 1 人\n')
    await keys('add')
    const third = await add(3)
    await expect(keys('retire', '2')).rejects.toThrow('还包裹着 1 人的数据')
    await expect(keys('retire', '3')).rejects.toThrow('正在使用')
    await expect(keys('retire', '1')).rejects.toThrow('根密钥')
    await expect(keys('retire', '9')).rejects.toThrow('没有编号为 9')
    expect(await keys('rewrap')).toContain('已改用第 3 把密钥包裹 2 人的数据')
    expect(await keys('rewrap')).toContain('包裹 0 人')
    expect(await keys('retire', '2')).toContain('已移除第 2 把')
    expect(numbers()).toEqual([1, 3])

    const all = [first, second, third]
    for (const [n, id] of all.entries()) expect(await phoneOf(id)).toBe(entryOf(n + 1)['phone'])
    // Another process, which read the file before the rotation, and one that starts after it.
    for (const crypto of [other, openKeyFile(path)])
      expect([...(await masksOf(crypto, tx, all)).keys()].sort()).toEqual([...all].sort())
    const again = await stage
      .as(person)
      .post('/api/session/factor', { code: codeOf(secret, 1) }, { key: null })
    expect(again.status).toBe(200)
    expect((await stage.as(holder(stage, again.headers, 'U1b')).get('/api/me')).status).toBe(200)

    expect(
      await rows(tx, sql`SELECT action, object FROM app.audit WHERE action LIKE 'keys.%' ORDER BY seq`),
    ).toEqual([
      { action: 'keys.add', object: 'key:2' },
      { action: 'keys.add', object: 'key:3' },
      { action: 'keys.rewrap', object: 'key:3' },
      { action: 'keys.rewrap', object: 'key:3' },
      { action: 'keys.retire', object: 'key:2' },
    ])
  }))

it('what the retired key wrapped is lost to a file without it: the check before retiring is no formality', () =>
  stage.trial(async (tx) => {
    await keys('add')
    const id = await add(1)
    await keys('add')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^2 .*\n/m, ''), { mode: 0o600 })
    await expect(masksOf(openKeyFile(path), tx, [id])).rejects.toThrow('密文校验不符')
  }))

it('a key file whose root was changed under a running server is not taken', () =>
  stage.trial(async () => {
    writeFileSync(path, `${'08'.repeat(32)}\n`, { mode: 0o600 })
    await expect(keys()).rejects.toThrow('根密钥被换掉了')
  }))

it.each([['drop'], ['retire'], ['retire', 'x'], ['add', '1'], ['retire', '1', '2']])(
  'keys %s %s is no command',
  (...argv) => stage.trial(() => expect(keys(...argv)).rejects.toBeInstanceOf(UsageError)),
)
