import { mostRowsOf } from '#intake/limits.ts'
import { choice, count, money, text } from '#kit/field/index.ts'
import type { SheetSpec, TargetSpec } from '#intake/target.ts'
import { indicators } from '#programmes/index.ts'
import { FIRST_YEAR } from './rules.ts'

/** Indicator of a label, as the column offers them. */
export const byLabel = new Map(indicators.map((entry) => [entry.indicator.label, entry]))

export const earlierSheet: SheetSpec = {
  key: 'earlier',
  label: '历年数据',
  fields: {
    indicator: choice('指标', [...byLabel.keys()], { required: true }),
    year: count('年份', { required: true, min: FIRST_YEAR, max: 2100 }),
    value: money('数值', { required: true, hint: '金额填元；其他填整数' }),
    source: text('出处', { required: true, max: 200, hint: '哪份文件、第几页' }),
    org: text('单位', { max: 100, hint: '单位名称或组织编码；不填就是本单位' }),
  },
  synonyms: {
    indicator: ['指标名称', '项目', '统计项目'],
    year: ['年度', '统计年度', '所属年份'],
    value: ['数量', '合计', '数字', '完成数', '全年数'],
    source: ['来源', '数据来源', '资料来源', '依据', '备注'],
    org: ['单位名称', '填报单位', '组织名称', '组织编码'],
  },
  main: true,
}

export const earlierTarget: TargetSpec = {
  key: 'earlier',
  label: '历年数据',
  version: 1,
  sheets: [earlierSheet],
  most: mostRowsOf('earlier'),
  enterBy: 'earlier.enter',
  commitBy: 'earlier.enter',
  startsWith: '已列出各项指标，年份、数值和出处请照原件填写；没有的指标请把整行删去。',
  goesBack: '填进的历年数据',
  stays: '导入以后又更正过的',
  afterwards: '要改的请在“历年数据”里更正',
  guide: [
    '每行一个数：哪个单位、哪项指标、哪一年、全年是多少、出自哪份文件第几页。',
    '历年数据一律记为“估报”，导入后待另一位同志审核，通过后只作对比，不进本系统的任何合计。',
    '存量指标（如有效合同份数）填当年年末的数。',
    '当年已有逐条记录的，以记录为准，估报只供对照。',
  ],
}
