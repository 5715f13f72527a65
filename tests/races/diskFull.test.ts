import { execFileSync } from 'node:child_process'
import { chownSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { training } from '#programmes/training/definition.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { isAcknowledged, Ledger, type Intent } from '../support/ledger.ts'
import { openNative, withoutNative } from '../support/native.ts'
import { loadWorld } from '../support/world.ts'

/** `npm run faults -- disk` asks for it: a small disk is mounted, which only root may, and not everywhere. */
const isAsked = process.env['JINGUO_DISK'] === '1' && !withoutNative
const dir = isAsked ? mkdtempSync('/tmp/jinguo-disk-') : ''

function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=755', 'tmpfs', dir], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const isMounted = isAsked && mounted()
if (isAsked && !isMounted) console.log('disk full: not proved, no disk can be mounted here')

describe.skipIf(!isMounted)('a disk that is full', () => {
  afterAll(() => {
    execFileSync('umount', ['-l', dir])
    rmSync(dir, { recursive: true, force: true })
  })

  it('refuses what it cannot keep with 507, goes on answering who reads, and goes on by itself when there is room', async () => {
    const owner = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    chownSync(dir, owner, owner)
    const native = await openNative(4, { isDurable: true, dir })
    try {
      const world = await loadWorld(native.owner, native.app)
      const client = await openClient(world)
      const ledger = new Ledger(client.as)
      let n = 0
      const entry = (): Intent => {
        const day = addDays('2018-01-01', n++ % 800)
        const body = bodyOf(training, {
          title: `第${n}期示例培训`,
          startsOn: day,
          endsOn: day,
        })
        return ledger.intend('U1', 'POST', '/api/records/training', {
          body,
          warningNote: '同日多场',
        })
      }
      expect((await ledger.send(entry())).status).toBe(200)
      const filler = openSync(join(dir, 'filler'), 'w')
      const block = Buffer.alloc(65_536)
      expect(() => {
        for (;;) writeSync(filler, block)
      }).toThrow('ENOSPC')
      closeSync(filler)
      const refused: number[] = []
      for (let tries = 0; tries < 3000 && refused.length < 10; tries++) {
        const { status } = await ledger.send(entry())
        if (status !== 200) refused.push(status)
      }
      expect([...new Set(refused)]).toEqual([507])
      expect((await client.as('U1').get('/api/records/training')).status).toBe(200)
      rmSync(join(dir, 'filler'))
      for (const intent of ledger.intents.filter((one) => !isAcknowledged(one)))
        expect((await ledger.send(intent)).status).toBe(200)
      expect(await breaches({ world, owner: native.owner, ledger })).toEqual([])
      console.log(`disk full: ${n} writes, ${refused.length} refused with 507, lost: 0`)
      await client.close()
    } finally {
      await native.close()
    }
  }, 180_000)
})
