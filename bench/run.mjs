// `npm run bench`: builds when sources changed, then measures what docs promise and writes bench/results.md.
// `npm run bench -- --quick` takes a tenth of the facts and of the time, to try the bench itself; it writes nothing.
// `--native` or `--embedded` measures that half alone and takes the other from the last run.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build, isFresh } from '../scripts/build.mjs'

if (!isFresh()) await build()
const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
const only = ['native', 'embedded'].find((half) => process.argv.includes(`--${half}`)) ?? null
await module.bench({ quick: process.argv.includes('--quick'), only })
process.exit()
