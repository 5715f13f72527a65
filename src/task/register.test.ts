import { describe, expect, it } from 'vitest'
import { personalTables } from '#person/registry.ts'
import { fillOf, known, processTables } from './register.ts'
import { knownAlready } from './likeness.ts'

const whereOf = (label: string): string | undefined => knownAlready([{ label }], known)[0]?.where

describe('what the system knows', () => {
  it.each([
    ['本单位女职工人数', '组织档案'],
    ['行政区划代码', '组织档案'],
    ['企业方首席代表', '“女职工专项集体合同”记录'],
    ['合同期限止', '“女职工专项集体合同”记录'],
    ['统一社会信用代码', '“女职工专项集体合同”记录'],
    ['荣誉称号级别', undefined],
    ['曾获荣誉', '评选推荐'],
    ['认定结果', '困难职工档案'],
    ['政治面貌', '会员登记'],
    ['技能等级', '会员登记'],
  ])('%s: %s', (label, where) => expect(whereOf(label)).toBe(where))

  it.each([
    '是否需要新建母婴室',
    '拟容纳哺乳期女职工',
    '对母婴设施的意见',
    '希望开设的课程内容',
    '名称',
    '情况说明',
    '联系人电话',
    '联系电话',
    '单位负责人',
  ])('not %s', (label) => expect(whereOf(label)).toBeUndefined())

  it('leaves out only tables that are there', () =>
    expect(processTables.filter((table) => !Object.hasOwn(personalTables, table))).toEqual([]))

  it('answers by the kind that is asked', () => {
    expect(fillOf({ kind: 'text', label: '企业方首席代表' })).toMatchObject({ of: 'record' })
    expect(fillOf({ kind: 'count', label: '企业方首席代表' })).toBeNull()
    expect(fillOf({ kind: 'count', label: '女会员人数' })).toMatchObject({ of: 'unit' })
  })
})
