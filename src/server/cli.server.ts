import { existsSync } from 'node:fs'
import type { AskedOf } from '#figures/prose/asked.ts'
import { figuresOfFile, type LiveLine } from '#figures/prose/command.server.ts'
import type { CommandIo } from './embedded/control.server.ts'
import { readEnv } from './env.server.ts'
import { exit, parse, usage, UsageError } from './arguments.server.ts'

type Io = Pick<CommandIo, 'out' | 'err' | 'cwd'>

/**
 * The command line. `figures` needs no database, and so must not wait until the server's half is loaded.
 * @returns exit code
 */
export async function main(argv: string[]): Promise<number> {
  if (argv[0] !== 'figures') return (await import('./main.server.ts')).main(argv)
  const io: Io = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
  }
  try {
    const env = readEnv()
    const hasBooks = env.databaseUrl !== null || existsSync(env.dataDir)
    return await figuresFile(argv.slice(1), io, async (words, to) =>
      hasBooks ? (await import('./main.server.ts')).command(env, words, to) : null,
    )
  } catch (error) {
    if (error instanceof UsageError) io.err(`${usage}\n`)
    else io.err(`${error instanceof Error ? error.message : String(error)}\n`)
    return exit.usage
  }
}

/** Asks the books, in words of a command: the file itself is read where `figures` was called. */
type Ask = (argv: string[], io: Io) => Promise<number | null>

/**
 * `figures FILE [--year Y] [--scope CODE] [--json]`.
 * @param ask runs the internal command `live`, which prints a LiveLine; null where there is no database
 * @throws UsageError
 */
async function figuresFile(argv: string[], io: Io, ask: Ask): Promise<number> {
  const { values, positionals } = parse(
    argv,
    { year: { type: 'string' }, scope: { type: 'string' }, json: { type: 'boolean' } },
    true,
  )
  const [file, ...more] = positionals
  const year = values['year'] === undefined ? null : Number(values['year'])
  const isYear = year === null || (Number.isInteger(year) && year >= 2000 && year <= 2100)
  if (file === undefined || more.length > 0 || !isYear) throw new UsageError()
  const scope = typeof values['scope'] === 'string' ? values['scope'] : null
  const books = async (of: number, asked: AskedOf): Promise<LiveLine | null> => {
    // The calendar of figures knows no other years: an old report is listed, not compared.
    if (of < 2000 || of > 2100) return null
    let line = ''
    const also = ['--asked', JSON.stringify(asked)]
    const words = ['live', '--year', String(of), ...also, ...(scope === null ? [] : ['--scope', scope])]
    const code = await ask(words, { ...io, out: (text) => void (line += text) })
    if (code === exit.clean) return JSON.parse(line) as LiveLine
    if (code !== null) throw new Error('没有取到对照的数字，请检查 --scope 和数据文件夹')
    return null
  }
  const differing = await figuresOfFile({ file, year, scope, json: values['json'] === true }, io, books)
  return differing === 0 ? exit.clean : exit.difference
}
