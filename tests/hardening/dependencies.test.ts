import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> }
type Locked = {
  version: string
  integrity?: string
  resolved?: string
  license?: string
  link?: true
  hasInstallScript?: true
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string): string => path.split('node_modules/').at(-1)!
const direct = { ...manifest.dependencies, ...manifest.devDependencies }

it('every direct dependency has its reason, and no reason is left without one', () => {
  const listed = [...readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| `(.+?)`/gm)].map((m) => m[1]!)
  expect(listed.sort()).toEqual(Object.keys(direct).sort())
})

it('versions are exact, and nothing comes from elsewhere than a registry', () => {
  expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
    [],
  )
  expect(locked.length).toBeGreaterThan(200)
  expect(locked.filter(([, p]) => p.integrity === undefined || !p.integrity.startsWith('sha512-'))).toEqual(
    [],
  )
  expect(locked.filter(([, p]) => p.resolved !== undefined || p.link)).toEqual([])
})

/** Licences under which everything may be used and passed on, unchanged and beside our own. */
const permissive =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Python-2\.0|Zlib|Unlicense|WTFPL|PostgreSQL)( (OR|AND) [\w.-]+)*\)?$/
/** Linked dynamically or used as tools only, each looked at. */
const others: Readonly<Record<string, string>> = {
  'axe-core': 'MPL-2.0, tests only',
  '@fontsource/lxgw-wenkai': 'OFL-1.1, embedded as subsets, the font itself unchanged',
  'png-js': 'MIT by its LICENSE file; its package.json names none',
  lightningcss: 'MPL-2.0, build only',
  '@img/sharp-libvips': 'LGPL-3.0-or-later, a shared library beside the program',
}

it('licences let the product be passed on', () => {
  const foreign = locked
    .filter(([, p]) => !permissive.test(p.license ?? ''))
    .map(([path, p]) => `${nameOf(path)} ${p.license ?? 'none'}`)
    .filter((line) => !Object.keys(others).some((name) => line.startsWith(name)))
  // sharp's prebuilt binaries name both their licences.
  expect(
    foreign.filter((line) => !/^@img\/sharp-\S+ Apache-2\.0 AND LGPL-3\.0-or-later( AND MIT)?$/.test(line)),
  ).toEqual([])
})

const numbers = (version: string): number[] => version.split(/[.-]/).slice(0, 3).map(Number)
const below = (version: string, bound: string): boolean => {
  const [a, b] = [numbers(version), numbers(bound)]
  const at = a.findIndex((n, i) => n !== b[i])
  return at >= 0 && a[at]! < b[at]!
}

it.each([
  ['xlsx', null],
  ['mammoth', '1.11.0'],
  ['@fastify/static', '10.1.1'],
  ['fastify', '5.7.2'],
  ['event-stream', null],
  ['request', null],
  ['node-sass', null],
])('%s is not there (below %s)', (name, bound) => {
  const found = locked.filter(
    ([path, p]) => nameOf(path) === name && (bound === null || below(p.version, bound)),
  )
  expect(found).toEqual([])
})

it('runs the install scripts that were looked at, and no other', () => {
  expect(
    locked
      .filter(([, p]) => p.hasInstallScript)
      .map(([path]) => nameOf(path))
      .sort(),
  ).toEqual([])
})

it('the package manager is told to keep to all that', () => {
  const said = readFileSync('.npmrc', 'utf8').trim().split('\n')
  expect(said).toEqual(
    expect.arrayContaining([
      'omit-lockfile-registry-resolved=true',
      'save-exact=true',
      'engine-strict=true',
      'min-release-age=7',
      'allow-git=none',
      'allow-remote=none',
      'strict-allow-scripts=true',
    ]),
  )
})

type Bill = {
  components: { name: string; group?: string; version: string; scope: string }[]
  direct: string[]
}

it('the bill of parts names each locked version once, and what of it runs', () => {
  const bill = JSON.parse(readFileSync('docs/sbom.cdx.json', 'utf8')) as Bill
  const named = bill.components.map(
    ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`,
  )
  expect(named.length).toBe(new Set(named).size)
  expect([...named].sort()).toEqual(
    [...new Set(locked.map(([path, p]) => `${nameOf(path)}@${p.version}`))].sort(),
  )
  expect(bill.direct).toEqual(
    Object.entries(direct)
      .map(([name, version]) => `${name}@${version}`)
      .sort(),
  )
  const runs = (name: string) =>
    bill.components.find((c) => `${c.group ? `${c.group}/` : ''}${c.name}` === name)?.scope
  for (const name of Object.keys(manifest.dependencies))
    expect([name, runs(name)]).toEqual([name, 'required'])
  expect(['vitest', 'axe-core', 'oxlint'].map(runs)).toEqual(['excluded', 'excluded', 'excluded'])
})

it('the bill is what npm says today', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/sbom.mjs', 'check'], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})
