import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SystemStatus } from '#health/api.ts'
import { noteBackupRun } from '#health/backupRuns.server.ts'
import { openMetrics, serveMetrics } from '#health/metrics.server.ts'
import { limits } from '#health/vitals.ts'
import { usage } from '#server/arguments.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const told = (key: string, { checks }: SystemStatus) => checks.find((check) => check.key === key)!
const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8')
/** What an alarm compares with. */
const at = (name: string) => new RegExp(`expr: .*${name}.* [<>] (.+)`).exec(read('alarms.yml'))?.[1]
const status = () => stage.as('systemAdmin').get<SystemStatus>('/api/system/status')
const backup = {
  seconds: 7,
  file: 'jinguo-20200416000000Z.backup',
  bytes: 4_600_000,
  rows: 333_884,
  fault: '',
}

describe('系统状态', () => {
  it('is for the system administrator alone', async () => {
    expect((await status()).status).toBe(200)
    for (const who of ['securityAdmin', 'auditAdmin', 'C', 'leader', 'worker'])
      expect((await stage.as(who).get('/api/system/status')).status).toBe(403)
    expect((await stage.as(null).get('/api/system/status')).status).toBe(401)
  })

  it('tells the last backup and the last trial, and that one failed since', () =>
    stage.trial(async () => {
      expect((await status()).body.backups).toEqual([])
      await noteBackupRun(stage.world.deps, 'backup', backup)
      await noteBackupRun(stage.world.deps, 'trial', { ...backup, bytes: 0 })
      const good = (await status()).body
      expect(told('backup', good)).toMatchObject({
        state: 'good',
        told: expect.stringContaining('333,884 行'),
      })
      expect(told('trial', good)).toMatchObject({ state: 'good', told: expect.stringContaining('全部相符') })
      expect(good.backups.map(({ kind }) => kind).sort()).toEqual(['backup', 'trial'])
      const fault = '磁盘已满，备份没有做成'
      await noteBackupRun(stage.world.deps, 'trial', { ...backup, rows: 0, fault })
      const bad = (await status()).body
      expect(told('trial', bad)).toMatchObject({ state: 'bad', told: expect.stringContaining(fault) })
      expect(bad.backups[0]).toMatchObject({ kind: 'trial', fault })
      expect(bad.state).toBe('bad')
    }))
})

describe('the probes and the metrics', () => {
  it('say that the process lives and that it can serve, to anybody', async () => {
    expect(await stage.app.inject('/healthz')).toMatchObject({ statusCode: 200, payload: 'alive\n' })
    expect(await stage.app.inject('/readyz')).toMatchObject({ statusCode: 200, payload: 'ready\n' })
  })

  it('of a database that is gone: alive, and not ready', async () => {
    const { deps } = stage.world
    const { db } = deps
    deps.db = { ...db, connect: () => Promise.reject(new Error('gone')) }
    try {
      expect((await stage.app.inject('/healthz')).statusCode).toBe(200)
      expect(await stage.app.inject('/readyz')).toMatchObject({ statusCode: 503, payload: 'not ready\n' })
      const text = await openMetrics(deps).text()
      expect(text).toMatch(/^jinguo_database_up 0$/m)
      expect(text).toMatch(/^jinguo_check\{check="database"\} 2$/m)
      // Of what cannot be asked no alarm sounds.
      expect(text).not.toMatch(/^jinguo_(backup|trial_restore)_time_seconds \d/m)
      expect(text).not.toContain('check="backup"')
    } finally {
      deps.db = db
    }
  })

  it('are told at an address of their own, and name no person, unit or address that a stranger chose', async () => {
    const { deps } = stage.world
    const metrics = openMetrics(deps)
    const served = await serveMetrics(deps, metrics, { host: '127.0.0.1', port: 0 })
    try {
      const answer = await fetch(`${served.address}/metrics`)
      expect(answer.headers.get('content-type')).toContain('version=0.0.4')
      const text = await answer.text()
      expect(text).toMatch(/^jinguo_database_up 1$/m)
      expect(text).toMatch(/^jinguo_unfolded_changes \d+$/m)
      expect(text).toMatch(/^jinguo_backup_time_seconds 0$/m)
      expect(text).not.toMatch(/示例|演示[A-Z]/)
      expect((await fetch(`${served.address}/readyz`)).status).toBe(200)
      expect((await fetch(`${served.address}/api/me`)).status).toBe(404)
    } finally {
      await served.close()
    }
  })
})

describe('what is deployed', () => {
  it('sounds alarms by nothing but what is told', async () => {
    const text = await openMetrics(stage.world.deps).text()
    const known = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name))
    const named = [...read('alarms.yml').matchAll(/jinguo_\w+/g)].map(([name]) => name)
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })

  it('sounds them at the limits of the page', () => {
    expect(at('backup_time')).toBe(`${limits.backupHours[0]} * 3600`)
    expect(at('trial_restore_time')).toBe(`${limits.trialDays[0]} * 86400`)
    expect(at('disk_free')).toBe(String(limits.diskShare[0]))
    expect(at('oldest_due')).toBe(String(limits.dueSeconds[0]))
    expect(at('loop_lag')).toBe(String(limits.lagMs[0] / 1000))
  })

  it('starts commands that there are, with settings that are read', () => {
    for (const unit of ['jinguo.service', 'jinguo-nightly.service']) {
      const [, verb] = /^ExecStart=\S+ \S+ (\w+)/m.exec(read(unit))!
      expect(usage).toMatch(new RegExp(`^  ${verb} `, 'm'))
    }
    const sources = ['src/server/env.server.ts', 'src/notify/settings.ts']
      .map((f) => readFileSync(f, 'utf8'))
      .join()
    for (const [, name] of read('jinguo.env.example').matchAll(/^([A-Z_]+)=/gm))
      expect(sources).toContain(`'${name}'`)
  })
})
