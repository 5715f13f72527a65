// `npm run bundle`: one archive with everything that a machine without any network needs: Node, the built program, the packages
// that the server loads, the handbook. Unpack it and follow docs/operations.md.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, isFresh } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Our direct dependencies that the built server names: in an import, or as a file that it resolves itself. */
function importsOf(folder) {
  const texts = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  return Object.keys(readJson(join(root, 'package.json')).dependencies).filter((name) =>
    texts.some((text) =>
      [`"${name}"`, `'${name}'`, `"${name}/`, `'${name}/`].some((way) => text.includes(way)),
    ),
  )
}

/** Where a package finds another one: beside it, or above. */
function resolveFrom(folder, name) {
  for (let at = folder; at.startsWith(root.replace(/\/$/, '')); at = dirname(at)) {
    const path = join(at, 'node_modules', name)
    if (existsSync(join(path, 'package.json'))) return path
  }
  return null
}

/** Folders of these packages and of all that they need; of what is made for other machines what is installed here. */
function closureOf(names) {
  const folders = new Set()
  const take = (from, name, isNeeded) => {
    const folder = resolveFrom(from, name)
    if (folder === null) {
      if (isNeeded) throw new Error(`${name}, wanted by ${from}, is not installed`)
      return
    }
    if (folders.has(folder)) return
    folders.add(folder)
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = readJson(join(folder, 'package.json'))
    for (const each of Object.keys(optionalDependencies)) take(folder, each, false)
    for (const each of Object.keys(dependencies)) take(folder, each, !(each in optionalDependencies))
    for (const each of Object.keys(peerDependencies))
      take(folder, each, !peerDependenciesMeta[each]?.optional)
  }
  for (const name of names) take(root, name, true)
  return [...folders]
}

async function sha256(path) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

if (!isFresh()) await build()
const { version } = readJson(join(root, 'package.json'))
const name = `jinguo-${version}-${process.platform}-${process.arch}`
const out = join(root, process.argv[2] ?? 'bundle')
const stage = join(out, name)
rmSync(stage, { recursive: true, force: true })
mkdirSync(stage, { recursive: true })
for (const each of ['bin', 'dist', 'migrations', 'deploy', 'LICENSE', 'README.md'])
  cpSync(join(root, each), join(stage, each), { recursive: true })
cpSync(join(root, 'docs/operations.md'), join(stage, 'docs/operations.md'))
cpSync(process.execPath, join(stage, 'node'))
const { type, bin, license, engines } = readJson(join(root, 'package.json'))
writeFileSync(
  join(stage, 'package.json'),
  `${JSON.stringify({ name: 'jinguo', version, private: true, license, type, bin, engines }, null, 2)}\n`,
)
const folders = closureOf(importsOf(join(root, 'dist/server')))
for (const folder of folders) {
  const to = join(stage, folder.slice(root.length))
  // A package's own packages are told by themselves where they are needed.
  cpSync(folder, to, {
    recursive: true,
    filter: (path) => !path.slice(folder.length).startsWith('/node_modules'),
  })
}
const archive = join(out, `${name}.tar.gz`)
execFileSync('tar', ['--sort=name', '--owner=0', '--group=0', '-czf', archive, '-C', out, name])
rmSync(stage, { recursive: true })
writeFileSync(`${archive}.sha256`, `${await sha256(archive)}  ${name}.tar.gz\n`)
console.log(`${archive}\n${folders.length} packages; check it with sha256sum -c ${name}.tar.gz.sha256`)
