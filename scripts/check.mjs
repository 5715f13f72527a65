// `npm run check`: every gate, cheapest first; the first that fails ends the run. `npm run check -- fast` leaves out the tests.
import { spawnSync } from 'node:child_process'

const bin = (name) => `node_modules/.bin/${name}`
const gates = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['pure files', bin('tsc'), ['-p', 'tsconfig.pure.json']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src']],
  ['rights', process.execPath, ['scripts/allow.mjs']],
  ['parts', process.execPath, ['scripts/sbom.mjs', 'check']],
  ['tests', bin('vitest'), ['run', '--reporter=dot', '--reporter=./scripts/closingLine.mjs']],
]
const wanted = process.argv[2] === 'fast' ? gates.filter(([name]) => name !== 'tests') : gates
for (const [name, command, args] of wanted) {
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`gate failed: ${name}`)
    process.exit(1)
  }
  console.log(`ok ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}
