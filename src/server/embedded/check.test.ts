import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { DATABASE, selfCheck } from '#server/embedded/check.server.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jinguo-check-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a good folder passes and nothing is left in it', async () => {
  expect((await selfCheck(dir)).problems).toEqual([])
  expect(readdirSync(dir)).toEqual([])
})

test('a folder that cannot be written is a problem', async () => {
  const { problems } = await selfCheck('/proc')
  expect(problems).toEqual([expect.stringMatching(/^数据文件夹 \/proc 不能可靠写入/)])
})

test('a full disk is a warning', async () => {
  // A file system without room on every Linux.
  expect((await selfCheck('/proc')).warnings).toEqual([expect.stringContaining('只剩 0 MB')])
})

test('a folder of another version is a problem', async () => {
  mkdirSync(join(dir, DATABASE))
  writeFileSync(join(dir, DATABASE, 'PG_VERSION'), '17\n')
  expect((await selfCheck(dir)).problems).toEqual([
    expect.stringContaining('属于 PostgreSQL 17，本程序的引擎是 18'),
  ])
})

test('a folder that is no database is a problem', async () => {
  mkdirSync(join(dir, DATABASE))
  expect((await selfCheck(dir)).problems).toEqual([expect.stringContaining('缺少 PG_VERSION')])
})

test.skipIf(!existsSync('/dev/shm'))('a part on another device is a problem', async () => {
  mkdirSync(join(dir, DATABASE))
  writeFileSync(join(dir, DATABASE, 'PG_VERSION'), '18\n')
  symlinkSync('/dev/shm', join(dir, DATABASE, 'pg_wal'))
  expect((await selfCheck(dir)).problems).toEqual([expect.stringMatching(/pg_wal 在另一个设备上/)])
})
