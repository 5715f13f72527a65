/** A process of its own for the tests that kill one: `lock DIR`, `serve DIR`, or `write DIR WORKER DURABILITY`. */
import { Pool } from 'pg'

import { serveControl } from '#server/embedded/control.server.ts'
import { acquireFolderLock } from '#server/embedded/lock.server.ts'
import { openEmbedded } from '#server/embedded/open.server.ts'

const [what, dir = '', worker = '', durability] = process.argv.slice(2)
const say = (line: string | number) => process.stdout.write(`${line}\n`)
const stay = () => void setInterval(() => undefined, 60_000)

try {
  if (what === 'lock') {
    await acquireFolderLock(dir)
    say('ready')
    stay()
  } else if (what === 'serve') {
    await serveControl(dir, () => new Promise(() => undefined))
    say('ready')
    stay()
  } else {
    const embedded = await openEmbedded({
      dataDir: dir,
      durability: durability === 'small' ? 'small' : 'trial',
      workerUrl: new URL(worker),
    })
    const pool = new Pool({ ...embedded.connection, max: 1 })
    await pool.query('CREATE TABLE IF NOT EXISTS told (n int PRIMARY KEY)')
    const { rows } = await pool.query<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM told')
    say('ready')
    for (let n = (rows[0]?.n ?? 0) + 1; ; n++) {
      await pool.query('INSERT INTO told VALUES ($1)', [n])
      say(n)
    }
  }
} catch (error) {
  say((error as Error).message)
  process.exit(3)
}
