import { headedUnit } from '../unit.ts'

/**
 * What the heads and labels of a table say: of what kind the numbers below or beside them are, in which unit, and of when.
 * Data and small rules: what isn't understood here is left unsaid, and its figures without a verdict.
 */

/** Blanks within a label only spread it: 「合 计」. */
export const bare = (text: string): string => text.replaceAll(/\s/g, '')

export type Role = 'plan' | 'done' | 'beside' | null

/** Of a figure but none itself: a share, a difference, a rank, a mean, points. */
const BESIDE =
  /率$|占比|占[^，。]{0,6}(?:比例|比重|%)|比例|比重|百分比|同比|环比|[增涨降]幅|增速|增减|增长|增加|减少|[较比](?:上年|去年|上期|同期|计划|目标)|±|排名|名次|位次|得分|分值|评分|权重|人均|平均|最[高低多少]/
const DONE = /完成|实际|实绩|已[建签办开发筛]|落实|执行|进展|进度|推进|实[有际]/
const PLAN = /计划(?!生育)|目标(?!责任)|任务|预算|预计|打算|安排|思路|力争|下一步|应完成|拟[建办签开]/
/** 「计划完成」 is a plan, unless how far it has come is told. */
const TO_BE_DONE = /(?:计划|目标|应|拟|预计)完成(?!情况|进度|率|比)/

/** Shares and ranks: without a sign of their own they count in nothing, least of all in what they are of. */
export const isUnitless = (head: string): boolean =>
  /率|占比|比例|比重|百分比|[增涨降]幅|增速|增长|得分|分值|排名|名次/.test(head)

/** What one head, one label or a caption says. */
export function roleOf(text: string): Role {
  const said = withoutUnit(bare(text))
  if (BESIDE.test(said)) return 'beside'
  if (TO_BE_DONE.test(said)) return 'plan'
  if (DONE.test(said)) return 'done'
  return PLAN.test(said) ? 'plan' : null
}

/** A label that says nothing but a role, as 计划 and 完成 down the side do; any other names its work. */
export const isBareRole = (text: string): boolean =>
  /^(?:全年|年度|年初|本年度?|实际|累计)*(?:计划|目标|任务|预算|完成|实际)(?:完成)?(?:数|值|量|指标|情况)?$|^(?:完成率|同比|增减|占比)/.test(
    withoutUnit(bare(text)),
  )

const EMPTY =
  /^(?:(?:实际|累计|已)*(?:完成|计划|目标|任务|预算)*(?:完成)?|数量|数据|数值|指标|规模)(?:数|值|量|情况)?$/
const METRIC =
  /^(?:数|总数|总量|期数|班次|场数|场次|次数|人数|总?人次数?|份数|册数|户数|件数|个数|家数|项数|条数|对数|人)$/

/** What a head adds to the label of the row: nothing where it only says that numbers stand there. */
export function workOf(text: string): string {
  const said = withoutUnit(bare(text))
  return EMPTY.test(said) || METRIC.test(said) ? '' : said
}

const TOTAL = /^(?:合计|总计|共计|总数|总体|累计|全[市省县区州旗镇厂校院][合总共]?计?|[全总]部)$/
export const isTotal = (text: string): boolean => TOTAL.test(withoutUnit(bare(text)))
/** A sum of some of the rows or columns: none of the whole. */
export const isSubtotal = (text: string): boolean => withoutUnit(bare(text)).endsWith('小计')
export const isPartly = (text: string): boolean => /^[（(]?其中/.test(bare(text))
export const withoutPartly = (text: string): string =>
  bare(text)
    .replace(/^[（(]?其中[:：，,]?/, '')
    .replace(/^([^（(]*)[)）]$/, '$1')

const YEAR = /^(?:19|20)\d{2}(?:年度?)?$/
const MONTH = /^(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$/
const QUARTER = /^第?[一二三四1-4]季度$/
const HALF = /^[上下]半年$/
const OTHER_TIME =
  /^(?:(?:19|20)\d{2}年)?(?:第?[一二三四1-4]季度|[上下]半年|前三季度|\d{1,2}[-—~至]\d{1,2}月)$|^(?:今年|本年度?|上年度?|去年|全年|上年同期|去年同期)(?:数|情况)?$/

/** Every kind of time that stands as a head. */
export type Time = 'year' | 'part' | null
export function timeOf(text: string): Time {
  const said = withoutUnit(bare(text))
  if (YEAR.test(said)) return 'year'
  return MONTH.test(said) || QUARTER.test(said) || HALF.test(said) || OTHER_TIME.test(said) ? 'part' : null
}
/** Whether times, all of them, make up a year. */
export function makeYear(texts: readonly string[]): boolean {
  const all = (pattern: RegExp, n: number) =>
    texts.length === n && texts.every((text) => pattern.test(bare(text)))
  return all(MONTH, 12) || all(QUARTER, 4) || all(HALF, 2)
}
/** As a sentence says it: a bare 2019 is a year, and 1月 the month and no day. */
export function timeWords(text: string): string {
  const said = withoutUnit(bare(text)).replace(/(?:数|情况)$/, '')
  return /^\d{4}$/.test(said) ? `${said}年` : MONTH.test(said) ? `${said.replace(/份$/, '')}份` : said
}

const BRACKET = /[（(](?:单位[:：])?([^（）()]{1,6})[)）]/g

/** A unit as a cell, a bracket or a caption tells it, with its scale: 「期」, 「万元」. */
export function unitOf(word: string): string | null {
  const said = bare(word)
  if (said === '%' || said === '％' || said === '‰') return said === '‰' ? '‰' : '%'
  return said !== '' && said.length <= 6 && headedUnit(`（${said}）`) ? said : null
}

export function unitInBrackets(text: string): string | null {
  for (const [, word] of [...bare(text).matchAll(BRACKET)].toReversed()) {
    const unit = unitOf(word!)
    if (unit !== null) return unit
  }
  return null
}

/** 「（单位：万元）」 above a table is said of all of it; of two units it says nothing. */
export const unitOfCaption = (text: string): string | null => {
  const found = /单位[:：]\s*([^\s（）()，,。；、/／和或]{1,4})(\s*[，,、/／和或])?/.exec(text)
  return found && found[2] === undefined ? unitOf(found[1]!) : null
}

const COUNTED: readonly [RegExp, string][] = [
  [/人次数?$/, '人次'],
  [/人数$|^人$/, '人'],
  [/期数$/, '期'],
  [/场[数次]$/, '场'],
  [/班次$/, '班次'],
  [/份数$/, '份'],
  [/册数$/, '册'],
  [/户数$/, '户'],
  [/件数$/, '件'],
  [/个数$/, '个'],
  [/家数$/, '家'],
  [/条数$/, '条'],
  [/对数$/, '对'],
  [/次数$/, '次'],
]
/** The unit that the noun of a head holds: 期数, 参加人次. */
export const unitOfNoun = (text: string): string | null =>
  COUNTED.find(([pattern]) => pattern.test(withoutUnit(bare(text))))?.[1] ?? null

export const withoutUnit = (text: string): string =>
  text.replaceAll(BRACKET, (all, word: string) => (unitOf(word) === null ? all : ''))

/** Columns that hold no work: who does it, until when, and what else is said. */
export const ISSUE_HEAD =
  /^(?:序号|编号|序|No\.?|№|项次)$|责任|牵头|配合|承办|部门|负责|联系|电话|时限|时间|日期|期限|备注|说明|依据|措施|地点/
/** Heads of columns that name units. */
const UNITS_HEAD =
  /^(?:填报|报送|所属|基层|各)?(?:单位|工会|地区|区县|区市县|县市区|镇街|街镇|企业|公司|学校|医院|系统|产业|[省市州县区旗镇乡街道社（）()、/／]{1,12})(?:工会|名称)?$/
export const namesUnits = (head: string): boolean => UNITS_HEAD.test(bare(head))

const NUMBER =
  /^(?:约|近|超过?|突破|逾|不少于|至少|大约|将近)?(?:[\d０-９][\d０-９,，.．]*|[〇零一二两三四五六七八九十百千]+(?=[^一-龥]|[期场次人份个户件万]))(?:千|万|亿|余|多)*[^\d，。；：、]{0,5}$/
const DATE =
  /^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?(?:[底末前初]|[上中下]旬)?$|^\d{4}年(?:[底末前初])?$|^\d{2,4}[./-]\d{1,2}(?:[./-]\d{1,2}|(?<=^\d{4}[./-]\d{1,2}))$/

/** A cell that is a number, with or without its unit. */
export const isNumber = (text: string): boolean => {
  const said = bare(text)
  return NUMBER.test(said) && !DATE.test(said) && (mayBeYear(said) || timeOf(said) === null)
}
/** A bare 2019: a year where nothing but years stand, else a number among others. */
export const mayBeYear = (text: string): boolean => /^(?:19|20)\d{2}$/.test(bare(text))

/** A head or label that names no time and no sum. */
export const isWork = (text: string): boolean =>
  timeOf(text) === null && !isTotal(text) && withoutUnit(bare(text)) !== '小计'
