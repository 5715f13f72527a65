import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { startChild } from '../../../tests/support/child.ts'
import { type RunCommand, callControl, controlPath, serveControl } from '#server/embedded/control.server.ts'

let base: string
let dir: string
let server: { close(): Promise<void> } | null = null

const serve = async (run: RunCommand, dataDir = dir) => (server = await serveControl(dataDir, run))

/** Calls and notes what is said, in order. */
const call = async (argv: string[], dataDir = dir) => {
  const said: string[] = []
  const io = {
    out: (text: string) => said.push(`out:${text}`),
    err: (text: string) => said.push(`err:${text}`),
  }
  const exit = await callControl(dataDir, argv, { ...io, cwd: '/somewhere' })
  return { exit, said }
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'jinguo-control-'))
  dir = join(base, 'data')
  mkdirSync(dir)
})
afterEach(async () => {
  await server?.close()
  server = null
  rmSync(base, { recursive: true })
})

test('a command runs in the server: arguments, folder and user in, both streams and the code out', async () => {
  await serve(async (argv, io) => {
    io.out(`${argv.join(' ')}\n`)
    io.err(`${io.cwd} ${io.user}\n`)
    io.out('家风\n')
    return 1
  })
  const { exit, said } = await call(['figures', '--year', '2019'])
  expect(exit).toBe(1)
  expect(said).toEqual(['out:figures --year 2019\n', `err:/somewhere ${userInfo().username}\n`, 'out:家风\n'])
})

test('what is said arrives while the command still runs', async () => {
  let finish: (value: number) => void
  await serve(async (_argv, io) => {
    io.out('first')
    return new Promise((done) => (finish = done))
  })
  const heard: string[] = []
  const exit = callControl(dir, [], { out: (text) => heard.push(text), err: () => undefined, cwd: '/' })
  await expect.poll(() => heard).toEqual(['first'])
  finish!(0)
  expect(await exit).toBe(0)
})

test('several commands at once keep apart, and a megabyte passes whole', async () => {
  await serve(async ([name], io) => {
    io.out(name!.repeat(1_000_000))
    return name!.charCodeAt(0)
  })
  const both = await Promise.all([call(['a']), call(['b'])])
  expect(both.map(({ exit }) => exit)).toEqual([97, 98])
  expect(both.map(({ said }) => said.join('').length)).toEqual([1_000_004, 1_000_004])
})

test('a command that throws ends with its sentence and code 2', async () => {
  await serve(() => Promise.reject(new Error('没有这个命令')))
  expect(await call(['dance'])).toEqual({ exit: 2, said: ['err:没有这个命令\n'] })
})

test('without a server the answer is null, also where a killed one left its socket', async () => {
  expect((await call([])).exit).toBeNull()
  const child = await startChild('serve', dir)
  expect(await child.line()).toBe('ready')
  await child.kill('SIGKILL')
  expect(existsSync(controlPath(dir))).toBe(true)
  expect((await call([])).exit).toBeNull()
  expect(existsSync(controlPath(dir))).toBe(false)
})

test('a server that starts replaces the socket a killed one left', async () => {
  const child = await startChild('serve', dir)
  await child.line()
  await child.kill('SIGKILL')
  await serve(async () => 0)
  expect((await call([])).exit).toBe(0)
})

test('a server killed in the middle is told, not taken for success', async () => {
  const child = await startChild('serve', dir)
  await child.line()
  const calling = call(['verify'])
  setTimeout(() => void child.kill('SIGKILL'), 200)
  await expect(calling).rejects.toMatchObject({
    reason: 'lost',
    message: expect.stringContaining('结果未知'),
  })
})

test('the socket is private, beside the folder, and gone after close', async () => {
  await serve(async () => 0)
  expect(controlPath(dir)).toBe(`${dir}.sock`)
  expect(lstatSync(controlPath(dir)).mode & 0o777).toBe(0o600)
  await server!.close()
  expect(existsSync(controlPath(dir))).toBe(false)
})

test('a folder with a long path is served all the same', async () => {
  const long = join(base, '数据'.repeat(40), 'data')
  mkdirSync(long, { recursive: true })
  expect(Buffer.byteLength(controlPath(long))).toBeLessThan(104)
  await serve(async () => 0, long)
  expect((await call([], long)).exit).toBe(0)
})
