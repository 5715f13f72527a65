import { givenRoles, roleLabels } from '#identity/api.ts'
import { refField, refKey } from '#intake/ref.ts'
import { mostRowsOf } from '#intake/limits.ts'
import type { TargetSpec } from '#intake/target.ts'
import { choice, count, day, text } from '#kit/field/index.ts'
import { tierLabels, tiers, type Tier } from '#org/api.ts'

export const orgTypes = [
  '独立基层',
  '联合基层',
  '街道',
  '园区',
  '行业',
  '集团',
  '系统',
  '区县',
  '分会/小组',
] as const
export const committeeForms = { 女职工委员会: 'committee', 女职工委员: 'delegate' } as const

/** A city has one office, made by `npx jinguo init`. */
const below = tiers.filter((tier) => tier !== 'city')
export const tierOf = (label: string): Tier => below.find((tier) => tierLabels[tier] === label)!
export const roleOf = (label: string) => givenRoles.find((role) => roleLabels[role] === label)!

/** 开通: the units of a city and who works there, from one workbook. */
export const onboardingTarget: TargetSpec = {
  key: 'onboarding',
  label: '单位和账号',
  version: 1,
  most: mostRowsOf('onboarding'),
  enterBy: 'account.manage',
  commitBy: 'account.invite',
  goesBack: '没有人启用过的账号，没有下级、人员和记录的新单位，以及改过以后没有人再动的单位资料',
  stays: '账号已启用或岗位已批准，单位已有下级、人员或记录，或者资料又改过的',
  afterwards: '不再使用的账号请在“账号与岗位”里停用，单位请在“组织变更”里办理撤并，资料请到“组织”里修改',
  sheets: [
    {
      key: 'org',
      label: '单位',
      synonyms: {
        code: ['编码', '单位编码'],
        name: ['单位名称', '工会名称', '名称'],
        shortName: ['简称'],
        superior: ['上级', '上级工会', '隶属'],
        tier: ['层次'],
        orgType: ['类型', '工会类型'],
        womenMembers: ['女会员'],
        womenWorkers: ['女职工'],
      },
      hidden: [refKey],
      fields: {
        [refKey]: refField,
        code: text('组织编码', { required: true, max: 20, hint: '字母、数字和横线，永久不变' }),
        name: text('单位全称', { required: true, min: 2, max: 60 }),
        shortName: text('单位简称', { max: 30, hint: '不填时用全称' }),
        tier: choice(
          '层级',
          below.map((tier) => tierLabels[tier]),
          { required: true },
        ),
        orgType: choice('单位类型', orgTypes, { required: true }),
        superior: text('上级单位', { required: true, max: 60, hint: '上级的组织编码或全称' }),
        view: text('会看单位', { max: 60, hint: '双重隶属的另一上级，只看不办；填编码或全称' }),
        regionCode: text('行政区划代码', { max: 6, hint: '六位，功能区没有可不填' }),
        workers: count('职工人数'),
        womenWorkers: count('女职工人数'),
        members: count('会员人数'),
        womenMembers: count('女会员人数'),
        committee: choice('女职工组织', Object.keys(committeeForms), {
          hint: '女会员 10 人以上建女职工委员会，不足 10 人设女职工委员',
        }),
        director: text('主任（委员）', { max: 30 }),
        termNo: count('届次', { min: 1 }),
        foundedOn: day('成立日期'),
        termFromOn: day('本届开始'),
        termUntilOn: day('本届届满'),
      },
    },
    {
      key: 'account',
      label: '账号',
      synonyms: {
        org: ['所在单位', '工作单位', '单位名称', '组织编码'],
        role: ['角色'],
        title: ['职务名称'],
      },
      defaults: { role: roleLabels.cadre },
      fields: {
        name: text('姓名', { required: true, max: 30 }),
        org: text('单位', { required: true, max: 60, hint: '组织编码或单位全称' }),
        role: choice(
          '岗位',
          givenRoles.map((role) => roleLabels[role]),
          { required: true },
        ),
        title: text('职务', { max: 60 }),
        login: text('登录名', { max: 60, hint: '不填时用姓名拼音，重名加数字' }),
      },
    },
  ],
  guide: [
    '“单位”页从上到下填写区市县、产业、街道和基层，市总工会在建立平台时已有，不用再填。',
    '上级单位写它的组织编码或全称；同一份表里先后不限。',
    '女职工组织填写时，主任（委员）、届次、成立日期、本届起止须一并填写。',
    '“账号”页每人一行；岗位不填时按“女工干部”。审核与管理岗位由安全管理员批准后生效。',
    '同一份表可以重复导入，已有的单位和账号不会重复建立。',
    '已有单位改名、改简称、类型、行政区划和人数：下载现有单位的表格，改好再导入，“记录编号”一列请保留；改隶、层级在“组织变更”里办理，女职工组织由该单位登记。',
  ],
}
