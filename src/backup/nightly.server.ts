import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exit, parse, UsageError } from '#server/arguments.server.ts'
import type { CommandIo } from '#server/embedded/control.server.ts'
import type { Env } from '#server/env.server.ts'
import { restoreCommand } from './command.server.ts'
import { backupsAmong, outdated } from './keeping.ts'

const daily = 14
const monthly = 12

/**
 * `nightly --out DIR --pass-file FILE [--keep N]`: a backup, a trial that puts it in and counts it, and only then the oldest go.
 * @param then runs a command over an installation. @returns exit code
 */
export async function nightlyCommand(
  env: Env,
  argv: string[],
  io: Pick<CommandIo, 'out' | 'err' | 'cwd'>,
  then: (env: Env, argv: string[]) => Promise<number>,
): Promise<number> {
  const { values } = parse(argv, {
    out: { type: 'string' },
    'pass-file': { type: 'string' },
    keep: { type: 'string' },
  })
  const { out, 'pass-file': passFile, keep = String(daily) } = values
  if (typeof out !== 'string' || typeof passFile !== 'string') throw new UsageError()
  if (!/^[1-9]\d{0,2}$/.test(String(keep)))
    throw new Error(`--keep 是保留的份数，应为 1–999 的整数，现为“${keep}”`)
  const folder = resolve(io.cwd, out)
  const pass = ['--pass-file', resolve(io.cwd, passFile)]
  const made = await then(env, ['backup', '--out', folder, ...pass])
  if (made !== exit.clean) return made
  const newest = backupsAmong(await readdir(folder)).at(-1)
  if (newest === undefined) throw new Error(`${folder} 里没有找到刚做的备份`)
  const agreed = await restoreCommand(env, [join(folder, newest), ...pass, '--verify'], io, then)
  if (agreed !== exit.clean) return agreed
  const gone = outdated(await readdir(folder), Number(keep), monthly)
  for (const name of gone) await rm(join(folder, name))
  io.out(gone.length === 0 ? '没有过期的备份\n' : `已删除过期的备份 ${gone.length} 份\n`)
  return exit.clean
}
