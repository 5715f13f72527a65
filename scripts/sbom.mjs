// `npm run sbom`: writes docs/sbom.cdx.json, the parts of the product as npm reads them from the lock file. `-- check` compares.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'docs/sbom.cdx.json'

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** What changes only when a part does: no serial, no time, no version of npm; no address, since any registry may serve a part. */
function reduced({ bomFormat, specVersion, metadata, components, dependencies }) {
  // npm calls it by the folder it stands in.
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const parts = components.map(
    ({ type, group, name, version, scope, purl, licenses, hashes, properties }) => ({
      type,
      ...(group ? { group } : {}),
      name,
      version,
      scope: properties?.some((p) => p.name === 'cdx:npm:package:development') ? 'excluded' : scope,
      purl,
      licenses: licenses ?? [],
      hashes: hashes ?? [],
    }),
  )
  const own = dependencies.find((d) => d.ref === metadata.component['bom-ref'])
  return {
    bomFormat,
    specVersion,
    version: 1,
    metadata: { component: { type: 'application', name, version } },
    components: [...new Map(parts.sort((a, b) => byText(a.purl, b.purl)).map((p) => [p.purl, p])).values()],
    direct: [...(own?.dependsOn ?? [])].sort(byText),
  }
}

const asked = spawnSync(
  'npm',
  ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--loglevel=error'],
  {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  },
)
if (asked.status !== 0) {
  console.error(asked.stderr)
  process.exit(1)
}
const { components, ...head } = reduced(JSON.parse(asked.stdout))
// A line for each part, so that a difference reads like a list.
const lines = components.map((c) => JSON.stringify(c)).join(',\n')
const text = `${JSON.stringify(head, null, 1).slice(0, -2)},\n "components": [\n${lines}\n ]\n}\n`
if (process.argv[2] !== 'check') writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not what package-lock.json says: npm run sbom, then look at the difference`)
  process.exit(1)
}
