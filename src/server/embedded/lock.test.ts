import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Child, startChild } from '../../../tests/support/child.ts'
import { acquireFolderLock, exclusivelyOpened } from '#server/embedded/lock.server.ts'

let base: string
let dir: string
const children: Child[] = []
const child = async (...args: string[]) => {
  const started = await startChild(...args)
  children.push(started)
  return started
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'jinguo-lock-'))
  dir = join(base, 'data')
  mkdirSync(dir)
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((one) => one.kill()))
  rmSync(base, { recursive: true })
})

test('a folder another process holds is refused with its name and the process', async () => {
  const owner = await child('lock', dir)
  expect(await owner.line()).toBe('ready')
  await expect(acquireFolderLock(dir)).rejects.toMatchObject({
    reason: 'held',
    message: expect.stringMatching(`数据文件夹 ${dir} .*进程号 ${owner.process.pid}.*请先停止`),
  })
})

test('the owner killed with kill -9 is taken over at once', async () => {
  const owner = await child('lock', dir)
  await owner.line()
  await owner.kill('SIGKILL')
  const lock = acquireFolderLock(dir)
  await expect(lock).resolves.toBeDefined()
  await (await lock).release()
})

test('a stopped owner still holds the folder', async () => {
  const owner = await child('lock', dir)
  await owner.line()
  owner.process.kill('SIGSTOP')
  await expect(acquireFolderLock(dir)).rejects.toMatchObject({ reason: 'held' })
})

test('of processes that start together exactly one gets the folder', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => child('lock', dir)))
  const said = await Promise.all(all.map((one) => one.line()))
  expect(said.filter((line) => line === 'ready')).toHaveLength(1)
  expect(said.filter((line) => line.includes('数据文件夹'))).toHaveLength(3)
})

test('the lock is one by whatever path, and two folders have two', async () => {
  const link = join(base, 'link')
  symlinkSync(dir, link)
  const lock = await acquireFolderLock(dir)
  await expect(acquireFolderLock(link)).rejects.toMatchObject({ reason: 'held' })
  const other = await acquireFolderLock(base)
  await lock.release()
  await (await acquireFolderLock(link)).release()
  await other.release()
})

test.skipIf(process.platform !== 'linux')(
  'a system that ignores exclusive opening is refused, not trusted',
  () => {
    expect(() => exclusivelyOpened(dir)).toThrow('不予启动')
  },
)
