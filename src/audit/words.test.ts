import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { auditObject } from './objects.ts'
import { auditAct } from './words.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.server.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))

const labelOfProgramme = (key: string) => findProgramme(key)?.label

it('every act that the server notes has its Chinese words', () => {
  const noted = sources
    .flatMap((source) => [...source.matchAll(/\.audit\(\{[^}]*?action: '([\w.]+)'/gs)])
    .map((found) => found[1]!)
  expect(noted.length).toBeGreaterThan(20)
  expect([...new Set(noted)].filter((action) => auditAct(action) === action)).toEqual([])
})

it('every kind of thing that it was done to has its Chinese word', () => {
  // What an import made is kept on its rows, and who acted in the audit's `actor`: neither is an object.
  const others = ['edit', 'correction', 'rows', 'service']
  const kinds = sources
    .flatMap((source) => [...source.matchAll(/`([a-zA-Z]+):\$\{/g)])
    .map((found) => found[1]!)
    .filter((kind) => !others.includes(kind))
  expect(new Set(kinds).size).toBeGreaterThan(30)
  expect(
    [...new Set(kinds)].filter((kind) => auditObject(`${kind}:1`, labelOfProgramme) === `${kind} 1`),
  ).toEqual([])
})

it.each([
  ['training:01890000-0000-7000-8000-00000000abcd', '教育培训 00000000abcd'],
  ['account:01890000-0000-7000-8000-000000000001', '账号 000000000001'],
  ['release:screening.persons:20194', '数据表 筛查人数 2019年第4季度'],
  ['file:年度计划的 Word 文件', '年度计划的 Word 文件'],
  ['typed:training', '填写内容 教育培训'],
  ['S2019-1', 'S2019-1'],
])('%s reads %s', (object, words) => {
  const labels: Record<string, string> = { training: '教育培训', 'screening.persons': '筛查人数' }
  expect(auditObject(object, (key) => labels[key])).toBe(words)
})
