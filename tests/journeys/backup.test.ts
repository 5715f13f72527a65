import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../../bin/jinguo.mjs', import.meta.url))

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'jinguo-moved-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `npx jinguo …` over the installation whose data lie under a name. */
function over(data: string, ...argv: string[]): { code: number | null; out: string } {
  const env = { ...process.env, JINGUO_DATA: join(folder, data), DATABASE_URL: undefined }
  const done = spawnSync(process.execPath, [cli, ...argv], { env, cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout + done.stderr }
}

it('an installation moves to another place: backed up, refused where it must be, restored, recounted', () => {
  const city = ['--city', '示例市总工会', '--code', 'A01', '--admin', '示例甲', '--login', 'admin.one']
  expect(over('a', 'init', ...city).code).toBe(0)
  writeFileSync(join(folder, 'word'), 'correct horse battery\n', { mode: 0o644 })
  const open = over('a', 'backup', '--out', 'kept', '--pass-file', 'word')
  expect([open.code, open.out]).toEqual([2, expect.stringContaining('chmod 600')])
  chmodSync(join(folder, 'word'), 0o600)
  const made = over('a', 'backup', '--out', 'kept', '--pass-file', 'word')
  expect([made.code, made.out]).toEqual([0, expect.stringContaining('已备份并读回核对')])
  const [name] = readdirSync(join(folder, 'kept'))
  const restore = ['restore', join('kept', name!), '--pass-file', 'word']

  // Over what is there; without the key; with the key of another installation.
  expect(over('a', ...restore)).toEqual({ code: 2, out: expect.stringContaining('不会覆盖') as string })
  expect(over('b', ...restore)).toEqual({ code: 2, out: expect.stringContaining('没有密钥文件') as string })
  writeFileSync(join(folder, 'b.key'), '09'.repeat(32), { mode: 0o600 })
  expect(over('b', ...restore)).toEqual({ code: 2, out: expect.stringContaining('不是这份备份的') as string })
  expect(readdirSync(folder).filter((file) => file.startsWith('b.'))).toEqual(['b.key'])

  copyFileSync(join(folder, 'a.key'), join(folder, 'b.key'))
  const moved = over('b', ...restore)
  expect([moved.code, moved.out]).toEqual([0, expect.stringMatching(/行\t(\d+)\t\1\n/)])
  expect(moved.out).toMatch(/审计链：.*完好/)
  expect(existsSync(join(folder, 'b.restoring'))).toBe(false)
  expect(over('b', 'verify').code).toBe(0)

  const tried = over('b', ...restore, '--verify')
  expect([tried.code, tried.out]).toEqual([0, expect.stringContaining('副本已删除')])
  expect(readdirSync(join(folder, 'kept'))).toEqual([name])
}, 300_000)
