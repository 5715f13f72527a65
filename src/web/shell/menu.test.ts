import { expect, test } from 'vitest'
import { roles } from '#identity/api.ts'
import { tiers } from '#org/api.ts'
import { programmes } from '#programmes/index.ts'
import { activeKey, menuOf, openKeys, recordsHref, type MenuNode } from './menu.ts'

const labels = (nodes: readonly MenuNode[]): string[] =>
  nodes.flatMap((node) => [node.label, ...(node.kind === 'page' ? [] : labels(node.children))])

const depth = (nodes: readonly MenuNode[]): number =>
  nodes.length === 0
    ? 0
    : Math.max(
        ...nodes.map((node) => {
          if (node.kind === 'page') return 1
          return node.kind === 'sub' ? 1 + depth(node.children) : depth(node.children)
        }),
      )

test('no right, no entry: what each post finds in its menu', () => {
  const unit = labels(menuOf('cadre', 'grassroots'))
  expect(unit).toEqual(expect.arrayContaining(['待办', '填报', '指标']))
  expect(unit).not.toContain('审核')
  expect(unit).toContain('年度总结')
  for (const tier of ['subdistrict', 'district', 'industry', 'city'] as const) {
    expect(labels(menuOf('cadre', tier))).toContain('审核')
  }
  const leader = labels(menuOf('leader', 'city'))
  expect(leader).toEqual(expect.arrayContaining(['待办', '指标', '年度总结', '组织']))
  for (const act of ['填报', '审核', '会员']) expect(leader).not.toContain(act)
})

test('administrators and women workers find no business data', () => {
  expect(labels(menuOf('worker', 'city'))).toEqual(['首页', '我的活动', '说件事', '我的信息'])
  expect(labels(menuOf('handler', 'city'))).toEqual(['首页', '待办', '专办事项', '说件事', '我的信息'])
  expect(labels(menuOf('systemAdmin', 'city'))).toEqual([
    '首页',
    '账号与岗位',
    '系统状态',
    '运行状态',
    '我的信息',
  ])
  expect(labels(menuOf('securityAdmin', 'city'))).toEqual([
    '首页',
    '账号与岗位',
    '专办人员',
    '紧急查看',
    '影响评估',
    '运行状态',
    '我的信息',
  ])
  expect(labels(menuOf('service', 'city'))).toEqual(['首页'])
  expect(labels(menuOf('auditAdmin', 'city'))).toEqual([
    '首页',
    '审计',
    '紧急查看',
    '影响评估',
    '运行状态',
    '我的信息',
  ])
})

test('two levels at most, whatever the post', () => {
  for (const role of roles) for (const tier of tiers) expect(depth(menuOf(role, tier))).toBeLessThanOrEqual(2)
})

test('every programme has its entry, under a section', () => {
  const nodes = menuOf('cadre', 'city')
  for (const { key, label } of programmes) {
    expect(labels(nodes)).toContain(label)
    expect(activeKey(nodes, recordsHref(key))).toBe(recordsHref(key))
  }
})

test('the entry of an address is the longest that it lies on', () => {
  const nodes = menuOf('cadre', 'city')
  expect(activeKey(nodes, '/')).toBe('/')
  expect(activeKey(nodes, '/entry/training')).toBe('/entry')
  expect(activeKey(nodes, '/nowhere')).toBe('')
  expect(openKeys(nodes, recordsHref('training'))).toEqual(['programmes'])
  expect(openKeys(nodes, '/')).toEqual([])
})
