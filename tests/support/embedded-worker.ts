import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const engine = join(root, 'src/server/embedded')
const paper = join(root, 'src/paper')

/** The thread that reads and writes tables, made as the engine's. */
export const sheetWorker = (): Promise<URL> =>
  bundled(join(paper, 'sheet/worker.server.ts'), [paper, join(paper, 'sheet')])

/**
 * A JavaScript file made of a TypeScript entry, for what runs outside vitest: the engine's worker by default, or a
 * child process of a test. Made once per state of the sources in `folders`; safe to ask for from several workers at once.
 */
export async function bundled(
  entry = join(engine, 'worker.server.ts'),
  folders: readonly string[] = [engine],
): Promise<URL> {
  const hash = createHash('sha256').update(await readFile(entry))
  for (const from of folders) {
    const sources = (await readdir(from)).filter((name) => /(?<!\.test)\.ts$/.test(name)).sort()
    for (const name of sources) hash.update(name).update(await readFile(join(from, name)))
  }
  const folder = join(root, '.cache/bundles')
  const path = join(folder, `${hash.digest('hex').slice(0, 16)}.mjs`)
  if (!existsSync(path)) {
    const temporary = `${path}.${randomUUID()}`
    await mkdir(folder, { recursive: true })
    await writeFile(temporary, await codeOf(entry))
    await rename(temporary, path)
  }
  return pathToFileURL(path)
}

async function codeOf(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: { ssr: entry, write: false, minify: false, rolldownOptions: { output: { codeSplitting: false } } },
  })
  const output = 'output' in made ? made.output : []
  const [chunk] = output
  if (chunk?.type !== 'chunk') throw new Error(`nothing was built of ${dirname(entry)}`)
  return chunk.code
}
