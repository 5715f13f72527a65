import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditAct, auditObject } from './words.ts'

it('every act that the server notes has its Chinese words', () => {
  const noted = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.server.ts'))
    .flatMap((name) => [
      ...readFileSync(join('src', name), 'utf8').matchAll(/\.audit\(\{[^}]*?action: '([\w.]+)'/gs),
    ])
    .map((found) => found[1]!)
  expect(noted.length).toBeGreaterThan(20)
  expect([...new Set(noted)].filter((action) => auditAct(action) === action)).toEqual([])
})

it.each([
  ['training:01890000-0000-7000-8000-00000000abcd', '教育培训 00000000abcd'],
  ['account:01890000-0000-7000-8000-000000000001', '账号 000000000001'],
  ['release:screening.persons:20194', '数据表 筛查人数 2019年第4季度'],
  ['file:年度计划的 Word 文件', '年度计划的 Word 文件'],
  ['S2019-1', 'S2019-1'],
])('%s reads %s', (object, words) => {
  const labels: Record<string, string> = { training: '教育培训', 'screening.persons': '筛查人数' }
  expect(auditObject(object, (key) => labels[key])).toBe(words)
})
