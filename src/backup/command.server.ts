import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { noteBackupRun } from '#health/backupRuns.server.ts'
import type { BackupRun } from '#health/vitals.ts'
import { asService } from '#identity/service.server.ts'
import { exit, parse, UsageError } from '#server/arguments.server.ts'
import { inTransaction, type Db } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { CommandIo } from '#server/embedded/control.server.ts'
import type { Env } from '#server/env.server.ts'
import { makeBackup } from './make.server.ts'
import { compare, differing, digestOfComparison, type Compared, type Manifest } from './manifest.ts'
import { placeFault, restore, RestoreDiffers } from './restore.server.ts'

type Io = Pick<CommandIo, 'out' | 'err' | 'cwd'>

const shortest = 12
const mostNamed = 40
const mostOfFault = 300

/** Reads a pass phrase. @throws Error in Chinese for one that others may read, or that is short */
function passPhraseOf(path: unknown, cwd: string): string {
  if (typeof path !== 'string') throw new UsageError()
  const file = resolve(cwd, path)
  if (!existsSync(file)) throw new Error(`没有口令文件 ${file}`)
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`口令文件 ${file} 别的用户也能读，请先执行 chmod 600 ${file}`)
  const passPhrase = readFileSync(file, 'utf8').split('\n')[0]!.trim()
  if (passPhrase.length < shortest)
    throw new Error(`口令至少 ${shortest} 个字符，写在口令文件 ${file} 的第一行`)
  return passPhrase
}

type Outcome = Omit<BackupRun, 'endedAt'>
const nothing: Outcome = { seconds: 0, file: '', bytes: 0, rows: 0, fault: '' }
const wholeSeconds = (since: number): number => Math.round((Date.now() - since) / 1000)
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, mostOfFault)
/** What could not be noted changes nothing of what was done, and hides no other fault. */
const unnoted =
  (io: Pick<CommandIo, 'err'>) =>
  (error: unknown): void =>
    io.err(`没有记入系统状态：${sentenceOf(error)}\n`)
const rowsOf = ({ tables }: Manifest): number =>
  Object.values(tables).reduce((sum, table) => sum + table.rows, 0)

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} 秒`
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

/** `backup --out DIR --pass-file FILE`. @returns exit code */
export async function backupCommand(deps: Deps, owner: Db, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, { out: { type: 'string' }, 'pass-file': { type: 'string' } })
  if (typeof values['out'] !== 'string') throw new UsageError()
  const out = resolve(io.cwd, values['out'])
  const passPhrase = passPhraseOf(values['pass-file'], io.cwd)
  const started = Date.now()
  const ended = (run: Partial<Outcome>) =>
    noteBackupRun(deps, 'backup', { ...nothing, seconds: wholeSeconds(started), ...run }).catch(unnoted(io))
  const made = await asService(deps, io.user, (actor) =>
    makeBackup(deps, owner, actor, { out, passPhrase }),
  ).catch(async (error: unknown) => {
    await ended({ fault: sentenceOf(error) })
    throw error
  })
  const rows = rowsOf(made.manifest)
  await ended({ file: basename(made.path), bytes: made.bytes, rows })
  io.out(
    `已备份并读回核对：${made.path}\n${rows} 行，附件 ${made.manifest.files.count} 份，${megabytes(made.bytes)}，用时 ${seconds(started)}\n密钥文件不在备份中，请与口令、备份分开保存\n`,
  )
  return exit.clean
}

/**
 * `restore FILE --pass-file FILE`, with `--verify` into a throw-away place: everything is put in, counted and taken away again.
 * @param then runs a command over the restored installation. @returns exit code
 */
export async function restoreCommand(
  env: Env,
  argv: string[],
  io: Io,
  then: (restored: Env, argv: string[]) => Promise<number>,
): Promise<number> {
  const { values, positionals } = parse(
    argv,
    { 'pass-file': { type: 'string' }, verify: { type: 'boolean' } },
    true,
  )
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError()
  const path = resolve(io.cwd, file)
  const passPhrase = passPhraseOf(values['pass-file'], io.cwd)
  const trial = values['verify'] === true ? await trialFolder(env) : null
  const places = trial === null ? env : trialOf(env, trial)
  const started = Date.now()
  /** Where the installation itself is here, it keeps how the trial went; on another machine there is none. */
  const trialEnded = async (run: Partial<Outcome>): Promise<void> => {
    const outcome = { ...nothing, file: basename(path), seconds: wholeSeconds(started), ...run }
    await then(env, ['trialled', JSON.stringify(outcome)]).catch(unnoted(io))
  }
  try {
    const fault = placeFault(places)
    if (fault !== null) throw new Error(fault)
    const { backup, found } = await restore(places, path, passPhrase)
    tell(digestOfComparison(backup, found), io)
    io.out(`全部 ${Object.values(compare(backup, found)).flat().length} 项相符，用时 ${seconds(started)}\n`)
    const code = await then(places, ['verify'])
    if (trial === null) await then(places, ['restored', backup.at])
    else await trialEnded({ rows: rowsOf(backup), fault: code === exit.clean ? '' : '重算或审计核对有差异' })
    io.out(closingOf(places, trial !== null))
    return code
  } catch (error) {
    if (trial !== null) await trialEnded({ fault: sentenceOf(error) })
    if (!(error instanceof RestoreDiffers)) throw error
    tellDifferences(error.backup, error.found, io)
    io.err(`${error.message}\n`)
    return exit.difference
  } finally {
    if (trial !== null) await rm(trial, { recursive: true, force: true })
  }
}

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/**
 * A folder for a trial, beside the data and not beside the backup: in it everything lies unsealed for a while. One that a killed
 * trial left behind goes first; one that is interrupted takes its own away.
 */
async function trialFolder({ dataDir }: Env): Promise<string> {
  const [place, prefix] = [dirname(dataDir), `${basename(dataDir)}.trial-`]
  await mkdir(place, { recursive: true })
  for (const name of await readdir(place)) if (name.startsWith(prefix)) remove(join(place, name))
  const folder = await mkdtemp(join(place, prefix))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      remove(folder)
      process.exit(exit.usage)
    })
  return folder
}

/** `restored MOMENT`, after a restore: who put which backup in stands in the audit. @returns exit code */
export async function noteRestored(
  deps: Deps,
  [moment = '']: string[],
  io: Pick<CommandIo, 'user'>,
): Promise<number> {
  await asService(deps, io.user, (actor) =>
    inTransaction(deps.db, { scopeCode: actor.org.scopeCode, token: actor.token }, async (tx) => {
      const work = openWork(actor)
      const { id, districtId } = actor.org
      work.audit({ districtId, action: 'backup.restore', object: `org:${id}`, purpose: `备份时刻 ${moment}` })
      await closeWork(tx, work, deps.crypto)
    }),
  )
  await deps.anchors?.anchor(deps.db)
  return exit.clean
}

/** `trialled OUTCOME`, after a trial. @returns exit code */
export async function noteTrial(deps: Deps, [outcome = '']: string[]): Promise<number> {
  await noteBackupRun(deps, 'trial', { ...nothing, ...(JSON.parse(outcome) as Outcome) })
  return exit.clean
}

/** The same installation in a folder of its own, on the embedded database. */
const trialOf = (env: Env, folder: string): Env => ({
  ...env,
  databaseUrl: null,
  databaseAdminUrl: null,
  dataDir: join(folder, 'data'),
  filesDir: join(folder, 'files'),
  anchorDir: join(folder, 'anchors'),
})

const closingOf = ({ dataDir, databaseUrl }: Env, isTrial: boolean): string =>
  isTrial
    ? '试恢复完毕，试用的副本已删除\n'
    : `已恢复到${databaseUrl === null ? ` ${dataDir}` : ' PostgreSQL'}；在线会话没有恢复，各人须重新登录\n`

function tell(lines: readonly Compared[], io: Io): void {
  io.out('项目\t备份\t恢复后\n')
  for (const { what, backup, found, same } of lines)
    io.out(`${what}\t${backup}\t${found}${same ? '' : '\t不符'}\n`)
}

function tellDifferences(backup: Manifest, found: Manifest, io: Io): void {
  const differences = differing(compare(backup, found))
  tell([...digestOfComparison(backup, found), ...differences.slice(0, mostNamed)], io)
  if (differences.length > mostNamed) io.out(`另有 ${differences.length - mostNamed} 项不符\n`)
}
