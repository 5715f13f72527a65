// Builds the workbench, the H5 and the server into dist/. Run by `npm run build`, and by bin/jinguo.mjs when sources changed.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const marker = join(root, 'dist', 'built')

/** Hash over everything the build reads. */
export function sourceHash() {
  const hash = createHash('sha256')
  const read = (path) => hash.update(path).update(readFileSync(join(root, path)))
  for (const file of ['package-lock.json', 'vite.config.ts', 'vite.mobile.config.ts', 'scripts/build.mjs'])
    read(file)
  const walk = (dir) => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = `${dir}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) read(path)
    }
  }
  walk('src')
  return hash.digest('hex')
}

/** True when dist/ was made from the sources as they are. */
export function isFresh() {
  try {
    return readFileSync(marker, 'utf8') === sourceHash()
  } catch {
    return false
  }
}

const serverEntries = {
  main: 'src/server/cli.server.ts',
  'embedded-worker': 'src/server/embedded/worker.server.ts',
  'sheet-worker': 'src/paper/sheet/worker.server.ts',
}

/** Builds the workbench, the H5 and the server. */
export async function build() {
  const before = process.env.NODE_ENV
  // Whoever builds, a test among them: what is built is what is served, and React's other half is slow and heavy.
  process.env.NODE_ENV = 'production'
  try {
    await buildAll()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

async function buildAll() {
  const hash = sourceHash()
  const { build: viteBuild } = await import('vite')
  await viteBuild({ configFile: join(root, 'vite.config.ts'), root: join(root, 'src/web'), logLevel: 'warn' })
  await viteBuild({
    configFile: join(root, 'vite.mobile.config.ts'),
    root: join(root, 'src/mobile'),
    logLevel: 'warn',
  })
  await viteBuild({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'dist/server',
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { input: serverEntries },
    },
  })
  writeFileSync(marker, hash)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
