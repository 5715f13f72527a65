import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { vi } from 'vitest'
import { callControl } from '#server/embedded/control.server.ts'
import { writeRing, type KeyRing } from '#crypto/keyRing.server.ts'
import { watch } from './watchedBrowsers.ts'

const cli = fileURLToPath(new URL('../../bin/jinguo.mjs', import.meta.url))

export type RunningServer = {
  base: string
  /** Runs `npx jinguo …` against the same data folder, as an operator would. */
  command(...argv: string[]): { code: number | null; out: string }
  /** Kills the process outright and starts it again on the same data. */
  killAndRestart(): Promise<void>
  /** From now on the running demo has this business day. */
  moveTo(day: string): Promise<void>
  folder: string
  /** Ends the process and leaves its data. */
  end(): Promise<void>
  stop(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Starts the platform as a new user would, on a new data folder with the demo year. */
export const startServer = (): Promise<RunningServer> => start('127.0.0.1', () => undefined)

/** The same with the demo year that one journey of this run loaded for all: each works on its own copy. */
export async function startLoaded(): Promise<RunningServer> {
  const loaded = await loadedOnce(join(process.env['JINGUO_RUN_FOLDER']!, 'demo'))
  return start('127.0.0.1', (_, folder) =>
    cpSync(loaded, folder, { recursive: true, filter: (file) => !file.endsWith('.sock') }),
  )
}

async function loadedOnce(folder: string): Promise<string> {
  const isMine = await mkdir(folder).then(
    () => true,
    () => false,
  )
  const ready = join(folder, 'ready')
  if (isMine) {
    const server = await startServer()
    await server.end()
    await rename(server.folder, ready)
  } else await vi.waitUntil(() => existsSync(ready), { timeout: 240_000, interval: 250 })
  return ready
}

/** Starts a live installation, at the name that browsers take for safe; `link` sets its first administrator's password. */
export async function startLiveServer(): Promise<RunningServer & { link: string }> {
  let link = ''
  const running = await start('localhost', (command) => {
    const argv = ['--city', '示例市总工会', '--code', 'A01', '--admin', '示例甲', '--login', 'admin.one']
    const { code, out } = command('init', ...argv)
    link = /\S+\/join#\S+/.exec(out)?.[0] ?? ''
    if (code !== 0 || link === '') throw new Error(`no live installation was made:\n${out}`)
  })
  return { ...running, link }
}

/** Starts the platform on a PostgreSQL of its own that a world was loaded into. */
export const startOnNative = (databaseUrl: string, ring: KeyRing, today: string): Promise<RunningServer> =>
  start(
    '127.0.0.1',
    () => undefined,
    (folder) => {
      const keyFile = join(folder, 'keys')
      writeRing(keyFile, ring)
      return { DATABASE_URL: databaseUrl, JINGUO_KEY_FILE: keyFile, JINGUO_TODAY: today }
    },
  )

async function start(
  host: string,
  before: (command: RunningServer['command'], folder: string) => void,
  more: (folder: string) => NodeJS.ProcessEnv = () => ({}),
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'jinguo-journey-'))
  const port = await freePort()
  const base = `http://${host}:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    JINGUO_DATA: join(folder, 'data'),
    JINGUO_PUBLIC_URL: base,
    DATABASE_URL: undefined,
    ...more(folder),
  }
  const command: RunningServer['command'] = (...argv) => {
    const done = spawnSync(process.execPath, [cli, ...argv], { env, cwd: folder, encoding: 'utf8' })
    return { code: done.status, out: done.stdout + done.stderr }
  }
  before(command, folder)
  let child = await launch(env, `http://127.0.0.1:${port}`)
  const end = async () => {
    child.kill('SIGTERM')
    await new Promise((done) => child.once('exit', done))
  }
  return {
    base,
    folder,
    command,
    end,
    killAndRestart: async () => {
      child.kill('SIGKILL')
      await new Promise((done) => child.once('exit', done))
      child = await launch(env, `http://127.0.0.1:${port}`)
    },
    moveTo: async (day) => {
      let said = ''
      const hear = (text: string) => void (said += text)
      const code = await callControl(env.JINGUO_DATA, ['today', day], { out: hear, err: hear, cwd: folder })
      if (code !== 0) throw new Error(`the demo did not take the day ${day}: ${said}`)
    },
    stop: async () => {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function launch(env: NodeJS.ProcessEnv, address: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [cli, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text.toString()
      if (said.includes(`已启动：${address}`)) resolve(child)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the server ended before it was ready:\n${said}`)))
  })
}

const executablePath =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? null

/** Whether a browser is here; in CI a missing one is a failure, not a skip. */
export const hasBrowser = executablePath !== null || process.env['JINGUO_CI'] === '1'

export async function openBrowser(): Promise<Browser> {
  if (executablePath === null) throw new Error('Chromium is missing')
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return watch(
    await chromium.launch({
      executablePath,
      args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
    }),
  )
}
