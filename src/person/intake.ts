import { mostRowsOf } from '#intake/limits.ts'
import { refField, refKey } from '#intake/ref.ts'
import type { SheetSpec, TargetSpec } from '#intake/target.ts'
import { entryFields } from './form.ts'

const { name, idNumber, phone, fromOn, kind, idKind, ...others } = entryFields

/** Members of a unit from a workbook: the columns of the form, those first that everybody has. */
export const memberSheet: SheetSpec = {
  key: 'person',
  label: '会员',
  fields: { [refKey]: refField, name, idNumber, phone, fromOn, kind, idKind, ...others },
  hidden: [refKey],
  // What nearly every workbook leaves out, since it goes without saying.
  defaults: { kind: '会员', idKind: '居民身份证' },
  synonyms: {
    name: ['会员姓名', '职工姓名', '名字'],
    idNumber: ['身份证号', '身份证号码', '身份证', '证件号', '公民身份号码'],
    idKind: ['证件类型', '证件种类'],
    phone: ['手机', '手机号', '电话', '联系电话', '联系方式', '移动电话'],
    fromOn: ['入会时间', '入会日期', '入职时间', '入职日期', '登记日期', '起始时间'],
    kind: ['类别', '人员类别', '会员类别', '登记类别'],
    sex: ['男女'],
    birth: ['出生年月日', '生日', '出生年月'],
    education: ['文化程度', '学历层次'],
    politics: ['政治身份'],
    skill: ['技术等级', '职业技能等级'],
    hukou: ['户口所在地', '户籍', '户籍地'],
    isMigrant: ['是否农民工'],
    group: ['群体', '八大群体', '新就业形态'],
    employment: ['就业情况', '从业状况'],
  },
}

export const memberTarget: TargetSpec = {
  key: 'person',
  label: '会员',
  version: 1,
  sheets: [memberSheet],
  most: mostRowsOf('person'),
  enterBy: 'person.edit',
  commitBy: 'person.edit',
  goesBack: '新登记的会员和改过的资料',
  stays: '导入以后又办理过或改动过的',
  afterwards: '要改的请到会员资料里逐条修改',
  guide: [
    '每人一行，只填本单位的女会员、女职工和参加托管的职工子女。',
    '证件号码加密保存；性别和出生日期由身份证号得出，可以不填，护照须填。',
    '“登记为”不填时按“会员”，“证件类别”不填时按“居民身份证”。',
    '导出的名册可以改好再导入：改了的格更新她的资料，没改的行不动；遮住的号码（138****1234）表示不变，“记录编号”一列请保留。',
    '已在本单位登记的人不会重复登记，与登记不同的资料由您决定跳过还是更新，空着的格不改；已在其他单位登记的，请在“会员—登记”里申请转入。',
    '未满 14 周岁的孩子须先取得监护人同意，并填写监护人三栏。',
  ],
}
