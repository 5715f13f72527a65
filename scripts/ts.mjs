// Runs a TypeScript script on Node 20 through vite: node scripts/ts.mjs scripts/docs.ts [arguments]
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const [node, , file, ...args] = process.argv
process.argv = [node, file, ...args]
await runnerImport(fileURLToPath(new URL(`../${file}`, import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
