import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'

import { startChild } from '../../../tests/support/child.ts'
import { bundled } from '../../../tests/support/embedded-worker.ts'
import { openEmbedded } from '#server/embedded/open.server.ts'

/** Kills of each mode; `npm run faults -- kills` plays a hundred of each. */
const kills = Number(process.env['JINGUO_KILLS'] ?? 0) / 2
/** Rows that are written before each kill. */
const rounds = kills > 0 ? Array.from({ length: kills }, (_, n) => 20 + ((n * 37) % 90)) : [60, 200, 333]

test.each(['small', 'trial'] as const)(
  'kill -9 of a writing server (%s) keeps every acknowledged row, round after round',
  { timeout: 180_000 + kills * 10_000 },
  async (durability) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'jinguo-kill-'))
    const workerUrl = await bundled()
    let told = 0
    for (const lines of rounds) {
      const child = await startChild('write', dataDir, workerUrl.href, durability)
      expect(await child.line()).toBe('ready')
      await child.line(lines)
      await child.kill('SIGKILL')
      told = Number(child.lines.at(-1))
      const embedded = await openEmbedded({ dataDir, durability, workerUrl })
      const client = new Client(embedded.connection)
      await client.connect()
      const { rows } = await client.query('SELECT n FROM told ORDER BY n')
      await client.end()
      await embedded.close()
      const numbers = rows.map((row) => row.n)
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => n + 1))
      expect([told, told + 1]).toContain(numbers.length)
    }
    console.log(
      `kills: ${rounds.length} of the embedded engine (${durability}), ${told} acknowledged, lost: 0`,
    )
    expect(told).toBeGreaterThanOrEqual(rounds.reduce((sum, lines) => sum + lines, 0))
    rmSync(dataDir, { recursive: true })
  },
)
