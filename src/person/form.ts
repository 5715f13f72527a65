import { workerGroups } from '#kit/workerGroups.ts'
import { choice, day, text, yesNo } from '#kit/field/index.ts'
import type { Fields, RowOf } from '#kit/field/kind.ts'

/** 56 nationalities of GB/T 3304, and the two groups outside it. */
const nations =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 其他 外国血统'.split(
    ' ',
  )

export const idKinds = ['居民身份证', '护照'] as const
export const sexes = ['女', '男'] as const
export const memberKinds = ['会员', '女职工', '职工子女'] as const
/** As what she stands in the register; a membership that rests is kept by an act of its own, never typed. */
export const standingKinds = ['会员', '保留会籍', '女职工', '职工子女'] as const
export type MemberKind = (typeof memberKinds)[number]

/** By what a person is told from every other; sex and birth follow from a citizen's number. */
export const identityFields = {
  idKind: choice('证件类别', idKinds, {
    required: true,
    hint: '居民身份证含港澳台居民居住证',
  }),
  idNumber: text('证件号码', {
    required: true,
    max: 30,
    hint: '加密保存；性别和出生日期由身份证号得出',
  }),
  sex: choice('性别', sexes),
  birth: day('出生日期'),
} satisfies Fields

/** What else the register knows; with the identity these are the columns of an import (总工办发〔2017〕14号). */
export const detailFields = {
  name: text('姓名', { required: true, min: 2, max: 40 }),
  phone: text('手机号码', { max: 20, hint: '加密保存，平时只显示前三位和后四位' }),
  nation: choice('民族', nations),
  politics: choice('政治面貌', ['中共党员', '中共预备党员', '共青团员', '民主党派', '无党派人士', '群众']),
  education: choice('学历', ['初中及以下', '高中（中专）', '大专', '本科', '硕士', '博士']),
  employment: choice('就业状况', ['在职', '灵活就业', '下岗失业', '退休', '其他']),
  skill: choice('技能等级', ['无', '初级工', '中级工', '高级工', '技师', '高级技师']),
  hukou: text('户籍所在地', { max: 60, hint: '写到区县即可' }),
  nativePlace: text('籍贯', { max: 30, hint: '如 辽宁大连' }),
  isMigrant: yesNo('农民工'),
  group: choice('所属群体', workerGroups, { hint: '八大群体和新就业形态劳动者填写' }),
} satisfies Fields

/** Only for a child under fourteen (个人信息保护法 第三十一条). */
export const guardianFields = {
  guardianName: text('监护人姓名', { max: 40 }),
  guardianPhone: text('监护人手机号码', { max: 20 }),
  guardianAgreedOn: day('监护人同意日期', { hint: '监护人签字同意的日期，书面同意书由单位留存' }),
} satisfies Fields

/** How she comes to the unit. */
export const joinFields = {
  kind: choice('登记为', memberKinds, {
    required: true,
    hint: '已入会的选“会员”；未入会的女职工、参加托管的子女也可登记',
  }),
  fromOn: day('起始日期', { required: true, hint: '入会或到本单位的日期' }),
} satisfies Fields

export const entryFields = {
  ...joinFields,
  ...identityFields,
  ...detailFields,
  ...guardianFields,
} satisfies Fields

export type IdentityRow = RowOf<typeof identityFields>
export type DetailRow = RowOf<typeof detailFields>
export type EntryRow = RowOf<typeof entryFields>

/** Labels of what is known of a person, in the order of the form. */
export const personLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...identityFields, ...detailFields }).map(([key, field]) => [key, field.label]),
)
