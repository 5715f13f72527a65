// `npm run bench`: builds when sources changed, then measures what docs promise and writes bench/results.md.
// `npm run bench -- --quick` takes a tenth of the facts and of the time, to try the bench itself; it writes nothing.
// `--native`, `--embedded`, `--signup` or `--sheets` measures that part alone and takes the others from the last run.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build, isFresh } from '../scripts/build.mjs'

const only =
  ['native', 'embedded', 'signup', 'sheets'].find((part) => process.argv.includes(`--${part}`)) ?? null
if (only !== 'sheets' && only !== 'signup' && !isFresh()) await build()
const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
await module.bench({ quick: process.argv.includes('--quick'), only })
process.exit()
