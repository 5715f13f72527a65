import { mostRowsOf } from '#intake/limits.ts'
import type { SheetSpec, TargetSpec } from '#intake/target.ts'
import { choice, count, creditCode, day, text } from '#kit/field/index.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'

const employerKinds = ['机关事业单位', '公有制企业', '非公有制企业', '社会组织'] as const

export const employerSheet: SheetSpec = {
  key: 'employer',
  label: '用人单位',
  fields: {
    code: creditCode('统一社会信用代码', { required: true }),
    name: text('单位名称', { required: true, max: 100 }),
    kind: choice('单位性质', employerKinds, { required: true }),
    area: text('所在地', { required: true, max: 100, hint: '区市县或街道（乡镇）工会的名称或组织编码' }),
    workers: count('职工人数', { required: true }),
    womenWorkers: count('女职工人数', { required: true }),
    closedOn: day('注销日期', { hint: '存续的不填' }),
    union: text('覆盖它的工会', { max: 100, hint: '工会名称或组织编码；不填表示覆盖不变' }),
    coveredFrom: day('从哪天起覆盖', { hint: '不填时从导入当天起；其他工会的覆盖同日结束' }),
  },
  synonyms: {
    code: ['信用代码', '社会信用代码', '统一代码'],
    name: ['企业名称', '名称', '用人单位'],
    kind: ['性质', '单位类型', '企业类型'],
    area: ['所属区', '所在区', '所属街道', '地区'],
    workers: ['职工数', '从业人数', '职工'],
    womenWorkers: ['女职工数', '女职工'],
    union: ['工会', '所属工会', '工会名称'],
  },
  main: true,
}

/** The register of employers, kept by the city. */
export const employerTarget: TargetSpec = {
  key: 'employer',
  label: '用人单位登记册',
  version: 1,
  sheets: [employerSheet],
  most: mostRowsOf('employer'),
  enterBy: 'org.move',
  commitBy: 'org.move',
  goesBack: '新登记的用人单位、改过的资料和覆盖关系',
  stays: '导入以后又改动过的',
  afterwards: '要改的请下载现有登记册，改好再导入',
  guide: [
    '每行一个用人单位，按统一社会信用代码认；登记册里已有的，按这张表更新，没有列出的不动。',
    '一个用人单位由一个工会覆盖，一个工会可以覆盖多个用人单位；填了工会的，其他工会对它的覆盖同日结束。',
    '单位注销的请填注销日期，不要删行。',
  ],
}

/** Rules across the columns of an employer. */
export function employerIssues(row: AnyRow, today: string): Issue[] {
  const issues: Issue[] = []
  if (Number(row['womenWorkers']) > Number(row['workers']))
    issues.push({ field: 'womenWorkers', message: '女职工不能多于职工，请核对' })
  for (const field of ['closedOn', 'coveredFrom'] as const)
    if (typeof row[field] === 'string' && row[field] > today)
      issues.push({ field, message: '日期不能晚于今天' })
  if (row['coveredFrom'] && !row['union'])
    issues.push({ field: 'union', message: '填了覆盖日期，请填是哪个工会' })
  return issues
}
