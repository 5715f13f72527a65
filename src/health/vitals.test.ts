import { describe, expect, it } from 'vitest'
import { checksOf, stateOf, type BackupRun, type CheckKey, type CheckState, type Vitals } from './vitals.ts'

const run = (endedAt: string, fault = ''): BackupRun => ({
  endedAt,
  seconds: 12,
  file: 'jinguo-20200415183000Z.backup',
  bytes: 4_600_000,
  rows: 333_884,
  fault,
})

const well: Vitals = {
  known: true,
  at: '2020-04-16T02:00:00.000Z',
  version: '1.0.0',
  node: '20.19.0',
  schema: '0610-backup-runs',
  engine: 'PostgreSQL',
  mode: 'live',
  startedAt: '2020-04-01T00:00:00.000Z',
  memory: { resident: 3e8, heap: 2e8, heapLimit: 2e9 },
  lagMs: 3,
  database: { answerMs: 1.2, skewMs: 4, bytes: 8e8, pool: { used: 1, most: 10, waiting: 0 } },
  jobs: { open: 2, oldestDueSeconds: 1, dead: [] },
  unfolded: 0,
  anchors: { at: '2020-04-16T01:30:00.000Z', isLate: false },
  backup: run('2020-04-15T18:30:00.000Z'),
  backupGood: run('2020-04-15T18:30:00.000Z'),
  trial: run('2020-04-15T18:35:00.000Z'),
  trialGood: run('2020-04-15T18:35:00.000Z'),
  disks: [{ what: '附件', path: '/var/lib/jinguo/files', free: 8e10, total: 1e11 }],
  deliveries: { failed: 0 },
}

const stateAt = (key: CheckKey, changes: Partial<Vitals>): CheckState =>
  checksOf({ ...well, ...changes }).find((check) => check.key === key)!.state

describe('how a server is', () => {
  it('is well without advice where nothing is off', () => {
    const checks = checksOf(well)
    expect(checks.filter(({ state }) => state !== 'good')).toEqual([])
    expect(checks.filter(({ advice }) => advice !== '')).toEqual([])
    expect(stateOf(checks)).toBe('good')
  })

  it.each<[string, CheckKey, Partial<Vitals>, CheckState]>([
    [
      'a database that gives no answer',
      'database',
      { database: { ...well.database, answerMs: null } },
      'bad',
    ],
    ['a slow answer', 'database', { database: { ...well.database, answerMs: 500 } }, 'watch'],
    [
      'requests that wait for a connection',
      'database',
      { database: { ...well.database, pool: { used: 10, most: 10, waiting: 3 } } },
      'watch',
    ],
    ['no backup ever', 'backup', { backup: null, backupGood: null }, 'bad'],
    ['no backup of a demo', 'backup', { backup: null, backupGood: null, mode: 'demo' }, 'watch'],
    ['a night left out', 'backup', { backupGood: run('2020-04-14T18:30:00.000Z') }, 'watch'],
    ['25 hours', 'backup', { backupGood: run('2020-04-15T01:00:00.000Z') }, 'good'],
    ['two nights left out', 'backup', { backupGood: run('2020-04-13T18:30:00.000Z') }, 'bad'],
    ['one that failed since', 'backup', { backup: run('2020-04-16T01:00:00.000Z', '磁盘已满') }, 'watch'],
    ['a trial that did not agree', 'trial', { trial: run('2020-04-16T01:00:00.000Z', '不符') }, 'bad'],
    ['a trial of nine days ago', 'trial', { trialGood: run('2020-04-07T01:00:00.000Z') }, 'watch'],
    ['an audit that is not signed', 'anchors', { anchors: { at: null, isLate: true } }, 'bad'],
    ['a disk of which a tenth is free', 'disk', { disks: [{ ...well.disks[0]!, free: 1e10 }] }, 'watch'],
    ['a full disk', 'disk', { disks: [...well.disks, { ...well.disks[0]!, free: 0 }] }, 'bad'],
    ['work that waits for an hour', 'jobs', { jobs: { ...well.jobs, oldestDueSeconds: 3600 } }, 'bad'],
    [
      'work given up',
      'jobs',
      { jobs: { ...well.jobs, dead: [{ kind: 'export', count: 1, fault: 'Error' }] } },
      'watch',
    ],
    ['a loop that lags', 'answer', { lagMs: 250 }, 'watch'],
    ['a heap nearly full', 'memory', { memory: { ...well.memory, heap: 1.95e9 } }, 'bad'],
    ['clocks ten seconds apart', 'clock', { database: { ...well.database, skewMs: -10_000 } }, 'watch'],
    ['a reminder that did not go out', 'deliveries', { deliveries: { failed: 1 } }, 'watch'],
    ['a queue of changes', 'folding', { unfolded: 20_000 }, 'watch'],
  ])('%s', (_, key, changes, state) => {
    expect(stateAt(key, changes)).toBe(state)
    const check = checksOf({ ...well, ...changes }).find((one) => one.key === key)!
    expect(check.advice === '').toBe(state === 'good')
    expect(stateOf(checksOf({ ...well, ...changes }))).toBe(state)
  })
})
