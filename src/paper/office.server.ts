import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fontsConf } from './fonts.ts'

/** LibreOffice is optional: without it there is no PDF preview, and .doc or .wps must be saved as .docx first. */
const PLACES = [
  '/usr/bin/soffice',
  '/usr/local/bin/soffice',
  '/usr/lib/libreoffice/program/soffice',
  '/opt/libreoffice/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
]

export const findSoffice = (): string | null => PLACES.find((place) => existsSync(place)) ?? null

const FILTERS = { pdf: 'writer_pdf_Export', doc: 'MS Word 97', docx: 'MS Word 2007 XML' } as const

/** A conversion that ended without its file; `message` is a sentence for the user. */
export class OfficeFailed extends Error {
  override name = 'OfficeFailed'
}

/** LibreOffice isn't made to run twice at once, and two cores wouldn't bear it. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Converts a document by LibreOffice; null when it isn't installed. 3 to 5 s a file, one after another.
 *
 * Each run has its own profile, which is deleted with the files afterwards, sees our font aliases, runs no macro and
 * fetches nothing that the document links to.
 * @throws OfficeFailed when LibreOffice gives no file within `timeoutMs` (default 60 s)
 */
export function convert(
  bytes: Uint8Array,
  from: 'docx' | 'doc' | 'wps',
  to: keyof typeof FILTERS,
  options: { soffice?: string | null; timeoutMs?: number } = {},
): Promise<Uint8Array | null> {
  const soffice = options.soffice === undefined ? findSoffice() : options.soffice
  if (!soffice) return Promise.resolve(null)
  const run = last.then(() => convertNow(soffice, bytes, from, to, options.timeoutMs ?? 60_000))
  last = run.catch(() => undefined)
  return run
}

async function convertNow(
  soffice: string,
  bytes: Uint8Array,
  from: string,
  to: keyof typeof FILTERS,
  timeoutMs: number,
): Promise<Uint8Array> {
  const room = await mkdtemp(join(tmpdir(), 'jinguo-office-'))
  try {
    const source = join(room, `document.${from}`)
    const out = join(room, 'out')
    const fontConfig = join(room, 'fonts.conf')
    await mkdir(join(room, 'profile', 'user'), { recursive: true })
    await writeFile(join(room, 'profile', 'user', 'registrymodifications.xcu'), LOCKED_DOWN)
    await writeFile(fontConfig, fontsConf())
    await writeFile(source, bytes)
    const profile = `-env:UserInstallation=${pathToFileURL(join(room, 'profile')).href}`
    const target = ['--convert-to', `${to}:${FILTERS[to]}`, '--outdir', out, source]
    await finished(soffice, [profile, '--headless', '--norestore', '--nolockcheck', ...target], timeoutMs, {
      PATH: '/usr/bin:/bin',
      HOME: room,
      LANG: 'C.UTF-8',
      FONTCONFIG_FILE: fontConfig,
      // Port 9 answers nobody: whatever still wants to fetch something meets a closed door.
      http_proxy: 'http://127.0.0.1:9',
      https_proxy: 'http://127.0.0.1:9',
    })
    return new Uint8Array(await readFile(join(out, `document.${to}`)))
  } catch (error) {
    if (error instanceof OfficeFailed) throw error
    throw new OfficeFailed('文件转换失败，请用 Word 或 WPS 另存为 .docx 后再试', { cause: error })
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

/** Runs to the end or kills the whole group: `soffice` is a script, its child does the work. */
function finished(
  command: string,
  args: string[],
  timeoutMs: number,
  env: Record<string, string>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'ignore', detached: true })
    let late = false
    const timer = setTimeout(() => {
      late = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, timeoutMs)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      if (late) reject(new OfficeFailed(`文件转换超过${timeoutMs / 1000}秒，已停止；请拆分文件后再试`))
      else if (code === 0) resolve()
      else reject(new Error(`soffice ended with ${code}`))
    })
  })
}

const setting = (path: string, name: string, value: string) =>
  `<item oor:path="/org.openoffice.Office.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`

const LOCKED_DOWN = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
${setting('Common/Security/Scripting', 'MacroSecurityLevel', '3')}
${setting('Common/Security/Scripting', 'DisableMacrosExecution', 'true')}
${setting('Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true')}
${setting('Writer/Content/Update', 'Link', '0')}
</oor:items>
`
