// `npm run faults`: the long forms of what `npm test` plays shortly (lane L3), one after another, and what each has proved.
// `npm run faults -- tables races` plays those alone. Nothing here is needed for a commit; it takes up to an hour on two cores.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles']
/** Years end in Shanghai while the universal day goes on; a leap day begins; a week 53; an autumn when China had summer time. */
const instants = [
  '2019-12-31T15:59:50Z',
  '2020-02-28T15:59:50Z',
  '2021-01-03T15:59:50Z',
  '1991-09-14T16:59:50Z',
]
/** What handles days and months without a database's clock. */
const dated = ['src', 'tests/paper', 'tests/sheet', 'tests/tree', 'tests/figures']

/** `count`: the figure that the output must hold for the part to count as played. */
const parts = {
  tables: {
    title: '5,000 lattices of published tables: no hidden cell told',
    runs: [{ files: ['tests/disclosure/tables.test.ts'], env: { JINGUO_TABLES: '5000' } }],
    count: /^5000 lattices.*$/m,
  },
  gm: {
    title: 'the whole suite, browser journeys included, under the profile gm (SM2, SM3, SM4)',
    runs: [{ files: [], env: { JINGUO_SUITE: 'gm', JINGUO_CRYPTO: 'gm', JINGUO_CI: '1' } }],
    count: /^\d+ passed, 0 failed$/m,
  },
  zones: {
    title: `days and months in ${zones.length} zones × ${instants.length} instants`,
    runs: zones.flatMap((TZ) =>
      instants.map((JINGUO_INSTANT) => ({ files: dated, env: { TZ, JINGUO_INSTANT } })),
    ),
    count: /^\d+ passed, 0 failed$/m,
  },
  matrix: {
    title: 'every person, every ask, every record: HTTP, engine and file say the same',
    runs: [{ files: ['tests/rights/matrix.test.ts'], env: { JINGUO_MATRIX: 'whole' } }],
    count: /^cells: \d+ .*$/m,
  },
  fuzz: {
    title: '200 spoilt requests to each route: no failure, no breach of a schema',
    runs: [{ files: ['tests/hardening/fuzz.test.ts'], env: { JINGUO_FUZZ_ROUNDS: '200' } }],
    count: /^fuzz: seed .*$/m,
  },
  races: {
    title: '10,000 races on PostgreSQL: none decided twice',
    runs: [{ files: ['tests/races/records.test.ts'], env: { JINGUO_RACES: '10000' } }],
    count: /^races: \d+ of .*double decisions: 0$/m,
  },
  chaos: {
    title:
      'thirty minutes of sign-up, giving up and records while servers die: no acknowledged act lost or done twice',
    runs: [{ files: ['tests/races/signupStorm.test.ts'], env: { JINGUO_CHAOS: '1800' } }],
    count: /^chaos: 1800 s, .*$/m,
  },
  storm: {
    title: '5,000 for 200 over HTTP, a thousand in flight, a third hung up on: exactly 200',
    runs: [{ files: ['tests/races/signupStorm.test.ts'], env: { JINGUO_STORM: '5000' } }],
    count: /^storm: 5000 for 200 .*$/m,
  },
  steps: {
    title:
      'every step of eight acts, of purge and of migrations refused, cut off and left without its answer',
    runs: [{ files: ['tests/faults/steps.test.ts'], env: { JINGUO_STEPS: 'all' } }],
    count: /^steps: .*half states: 0$/m,
  },
  simulation: {
    title: 'people at random for ten minutes, one seed after another, the last spoilt step told by its seed',
    runs: [{ files: ['tests/faults/simulation.test.ts'], env: { JINGUO_SIMULATION: '600' } }],
    count: /^simulation: seeds .*breaches: 0$/m,
  },
  kills: {
    title: '200 kills of each engine under those who write: nothing acknowledged is lost',
    runs: ['src/server/embedded/kill.test.ts', 'tests/races/outage.test.ts'].map((file) => ({
      files: [file],
      env: { JINGUO_KILLS: '200' },
    })),
    count: /^kills: \d+ of .*lost: 0.*$/m,
  },
  restarts: {
    title: 'two servers restarted in turn under load, five times: no change is lost or done twice',
    runs: [{ files: ['tests/races/restart.test.ts'], env: { JINGUO_RESTARTS: '5' } }],
    count: /^restarts: \d+ under load.*lost: 0.*$/m,
  },
  disk: {
    title:
      'PostgreSQL on a disk that is full: 507, readers served, on by itself; only where a disk can be mounted',
    runs: [{ files: ['tests/races/diskFull.test.ts'], env: { JINGUO_DISK: '1' } }],
    count: /^disk full: \d+ writes.*lost: 0$/m,
  },
  power: {
    title: 'power cuts of the embedded engine, half of the cache arriving: nothing acknowledged is lost',
    runs: [{ files: ['src/server/embedded/power.test.ts'], env: { JINGUO_CUTS: '40' } }],
    count: /^power cuts: \d+ of .*lost: 0$/m,
  },
}

/** Long forms that are asked for and that nobody has written yet: said, so that nobody takes silence for proof. */
const absent = ['soak: not written yet']
/** Faults that the list itself says are not proved. */
const unproved = [
  ...readFileSync('docs/faults.md', 'utf8').matchAll(
    /^\| (\d+) +\| ([^|]+?) +\| _not proved_: ([^|]+?) +\|$/gm,
  ),
].map(([, f, fault, why]) => `F${f} ${fault}: ${why}`)

const asked = process.argv.slice(2)
const strangers = asked.filter((name) => !Object.hasOwn(parts, name))
if (strangers.length > 0) {
  console.error(`no part ${strangers.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

function play({ runs, count }) {
  const told = []
  for (const { files, env } of runs) {
    const named = Object.entries(env).map(([key, value]) => `${key}=${value}`)
    console.log(`\n── ${named.join(' ')} vitest run ${files.join(' ')}`)
    const { status, stdout } = spawnSync('node_modules/.bin/vitest', ['run', '--no-color', ...files], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    })
    const found = count.exec(stdout)?.[0]
    if (status !== 0 || found === undefined) {
      console.log(stdout.split('\n').slice(-60).join('\n'))
      return { proved: false, told: `${named.join(' ')}: failed` }
    }
    console.log(found)
    told.push(found)
  }
  return { proved: true, told: told.length === 1 ? told[0] : `${told.length} runs, each ${told.at(-1)}` }
}

const results = Object.entries(parts)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, part]) => {
    const begun = Date.now()
    return { name, title: part.title, ...play(part), minutes: ((Date.now() - begun) / 60_000).toFixed(1) }
  })
console.log('\n')
for (const { proved, title, told, minutes } of results)
  console.log(`${proved ? 'proved    ' : 'NOT proved'}  ${title}: ${told} (${minutes} min)`)
for (const title of [...absent, ...unproved]) console.log(`not proved  ${title}`)
process.exit(results.every((r) => r.proved) ? 0 : 1)
