import type { Field, Fields } from './field/kind.ts'
import { head } from './head.ts'
import type { Indicator, IndicatorKind } from './indicator.ts'
import type { AcceptedBy, Programme } from './programme.ts'

const kindNames: Record<Field['kind'], string> = {
  text: '文字',
  note: '长文字',
  count: '整数',
  money: '金额',
  day: '日期',
  yesNo: '是否',
  choice: '选项',
  org: '组织',
  creditCode: '统一社会信用代码',
}

const indicatorKindNames: Record<IndicatorKind, string> = {
  event: '期（场）次',
  person_time: '人次',
  person: '人数',
  thing: '个数',
  document: '件数',
  copy: '印发数',
  money: '金额',
}

const tierNames: Record<AcceptedBy, string> = {
  subdistrict: '街道（乡镇）总工会',
  district: '区市县或产业工会',
  city: '市总工会',
}

const styleNames: Record<Indicator['style'], string> = {
  exact: '准确数',
  wan1: '万，一位小数',
  wan2: '万，两位小数',
  yu: '余',
}

const cellNames: Record<Indicator['cell'], string> = {
  none: '不限',
  k5: '不足 5 隐去',
  k11: '不足 11 隐去',
  untold: '只给看得到记录的人',
}

const cells = (values: string[]): string => `| ${values.map((v) => v.replaceAll('|', '\\|')).join(' | ')} |`

function table(header: string[], rows: string[][]): string {
  return [cells(header), cells(header.map(() => '---')), ...rows.map(cells)].join('\n')
}

function limits(field: Field): string {
  const { kind, choices, min, max, retired, hint } = field
  const parts: string[] = []
  if (choices) parts.push(choices.join('、'))
  if (kind === 'count') parts.push(`${min} 至 ${max}`)
  if ((kind === 'text' || kind === 'note') && max !== undefined) parts.push(`${min} 至 ${max} 字`)
  if (hint) parts.push(hint)
  if (retired) parts.push(`${retired} 年起停用`)
  return parts.join('；')
}

const fieldTable = (fields: Fields): string =>
  table(
    ['栏目', '代码名', '类型', '必填', '取值与说明'],
    Object.entries(fields).map(([name, field]) => [
      field.label,
      `\`${name}\``,
      kindNames[field.kind],
      field.required ? '是' : '',
      limits(field),
    ]),
  )

const indicatorTable = (programme: Programme): string =>
  table(
    ['指标', '代码名', '单位', '种类', '时间', '写法', '小数目', '口径'],
    Object.entries(programme.indicators).map(([id, i]) => [
      i.label,
      `\`${id}\``,
      i.unit,
      indicatorKindNames[i.kind] + (i.notDeduplicated ? '，未去重' : ''),
      i.nature === 'stock' ? '存量' : '流量',
      styleNames[i.style],
      cellNames[i.cell],
      i.definition,
    ]),
  )

function chapter(programme: Programme): string {
  const { key, label, section, dated, fields, children, acceptedBy } = programme
  const on = dated ? fields[dated]!.label : head.endsOn.label
  return [
    `## ${label} \`${key}\``,
    `密级 ${programme.class}；由${tierNames[acceptedBy]}审核通过；总结章节${section}；按${on}计入当月。`,
    fieldTable(fields),
    ...Object.entries(children).flatMap(([name, child]) => [
      `### 明细：${child.label} \`${name}\``,
      ...(child.hint ? [child.hint] : []),
      fieldTable(child.fields),
    ]),
    '### 指标',
    indicatorTable(programme),
  ].join('\n\n')
}

/**
 * The data dictionary of a register as markdown in Chinese: fields with kinds and limits, indicators with 口径, unit,
 * kind, nature and style, class and accepting tier of each programme.
 */
export function dictionary(programmes: readonly Programme[]): string {
  return `${[
    '# 数据字典',
    '本页由各项目的定义生成，请改定义，不要改本页。',
    '## 各项目共有的栏目',
    '按单一日期计的项目没有开始和结束日期两栏。',
    fieldTable(head),
    ...programmes.map(chapter),
  ].join('\n\n')}\n`
}
