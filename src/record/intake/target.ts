import { mostRowsOf } from '#intake/limits.ts'
import { day, text } from '#kit/field/index.ts'
import type { Fields } from '#kit/field/kind.ts'
import { formFields, offeredFields, type ChildSpec, type Programme } from '#kit/programme.ts'
import { ruleBook } from '#kit/rule.ts'
import { refField, refKey } from '#intake/ref.ts'
import type { SheetSpec, TargetSpec } from '#intake/target.ts'

/** Whether a programme's records know co-hosts: as lists of others show them, only those of S0 and S1. */
export const hasHosts = ({ class: privacy }: Programme): boolean => privacy === 'S0' || privacy === 'S1'

const hosts = text('联办单位', { max: 500, hint: '单位名称、简称或编码，几个单位用顿号分开' })

/** Columns of a sheet of children that say of which record they are. */
export const ofTitle = 'ofTitle'
export const ofDay = 'ofDay'

/** Words of people's own workbooks for columns that many programmes have. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  title: ['活动名称', '项目名称', '活动主题', '主题', '标题'],
  startsOn: ['开始时间', '起始日期', '起始时间'],
  endsOn: ['日期', '时间', '活动日期', '活动时间', '举办日期', '举办时间', '结束时间'],
  place: ['活动地点', '举办地点', '地址', '场所'],
  note: ['说明', '备注说明'],
  mode: ['活动方式', '举办方式', '形式'],
  count: ['场次', '期次', '次数'],
  all: ['参加人数', '参与人数', '总人数', '总人次', '人数', '人次', '参加人次'],
  women: ['女职工人数', '女职工人次', '女职工数', '其中女职工人数', '女性人数'],
  teacher: ['授课人', '主讲人', '主持人', '讲师', '老师'],
  cost: ['经费', '费用', '金额', '花费'],
  fund: ['资金来源', '费用来源'],
  subject: ['内容', '培训主题', '课程'],
  coHosts: ['合办单位', '协办单位', '联合单位', '共同主办单位'],
}

const named = (fields: Fields): SheetSpec['synonyms'] =>
  Object.fromEntries(Object.entries(synonyms).filter(([key]) => Object.hasOwn(fields, key)))

/** The date of a programme's records: its one date, or the end. */
export const dateKey = (programme: Programme): string => programme.dated ?? 'endsOn'

/** The form as columns: of a choice the words that may be typed today. Words of a dated table depend on the day of each row, and are told there. */
function columnsOf(programme: Programme): Fields {
  const offered = offeredFields(programme, ruleBook([]), {})
  return Object.fromEntries(
    Object.entries(formFields(programme)).map(([key, field]) => [
      key,
      field.kind === 'choice' ? offered[key]! : field,
    ]),
  )
}

function mainSheet(programme: Programme): SheetSpec {
  const fields: Fields = {
    [refKey]: refField,
    ...columnsOf(programme),
    ...(hasHosts(programme) ? { coHosts: hosts } : {}),
  }
  return {
    key: programme.key,
    label: programme.label,
    fields,
    synonyms: { ...named(fields), [dateKey(programme)]: synonyms['endsOn']! },
    hidden: [refKey],
    main: true,
    // One day has one date in most workbooks.
    ...(programme.dated ? {} : { implied: { startsOn: 'endsOn' } }),
  }
}

const childSheet = (programme: Programme, key: string, { label, fields }: ChildSpec): SheetSpec => ({
  key,
  label,
  fields: {
    [ofTitle]: text('所属记录', { required: true, max: 60, hint: `“${programme.label}”表里的名称` }),
    [ofDay]: day('所属记录日期', { hint: '同名的记录有几条时填写' }),
    ...fields,
  },
  synonyms: { [ofTitle]: ['名称', '所属名称', '记录名称'] },
})

/** What a workbook may become of any programme: its form as columns, each kind of its children on a sheet of its own. */
export function recordTargetOf(programme: Programme): TargetSpec {
  const children = Object.entries(programme.children)
  const date = formFields(programme)[dateKey(programme)]!.label
  return {
    key: programme.key,
    label: programme.label,
    version: 1,
    sheets: [mainSheet(programme), ...children.map(([key, child]) => childSheet(programme, key, child))],
    most: mostRowsOf(programme.key),
    enterBy: 'record.create',
    commitBy: 'record.create',
    drafts: true,
    goesBack: '还没有人办理过的记录、草稿和更正',
    stays: '已送上去、办理过或改动过的',
    afterwards:
      '待审核的请打开记录撤回，审核通过的请申请更正或作废，退回的请在“退回给我”里改；随任务上报了的，请先请下达单位退回任务',
    guide: [
      `每条记录一行，只填本单位主办的；“${date}”决定计入哪个月。`,
      ...children.map(
        ([, child]) => `“${child.label}”另有一张工作表，每项一行，用“所属记录”写明属于哪条记录。`,
      ),
      '名称和日期与已有记录都相同的，导入时请您决定：跳过、更新原记录，或仍作为新记录；内容完全相同的不会重复导入。',
      '从台账导出的表格可以改好再导入：改了的行更新原记录，没改的行不动；“记录编号”一列请保留。',
    ],
  }
}
