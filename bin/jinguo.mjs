#!/usr/bin/env node
// The command line of Jinguo: builds when sources changed, then hands over to the built program.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`需要 Node.js 20.19 或更高版本，现为 ${process.versions.node}`)
  process.exit(2)
}
const scripts = new URL('../scripts/build.mjs', import.meta.url)
if (existsSync(scripts)) {
  const { build, isFresh } = await import(scripts.href)
  if (!isFresh()) {
    process.stderr.write('正在构建程序…\n')
    await build()
  }
}
const { main } = await import(new URL('../dist/server/main.js', import.meta.url).href)
process.exitCode = await main(process.argv.slice(2))
if (process.argv[2] === 'start') process.exit()
