import { day, money, text } from '#kit/field/index.ts'
import { opinion, opinions, pair, signatures, wide, type FormLayout } from '#paper/form/layout.ts'
import type { Fields } from '#kit/field/kind.ts'
import type { Children } from '#kit/programme.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { householdChildren } from './household.ts'
import { householdFields } from './householdFields.ts'

/** What the forms of a file may bind: its household and what the register and the way of the file know. */
export const onPaper: { fields: Fields; children: Children } = {
  fields: {
    ...householdFields,
    name: text('姓名'),
    idNumber: text('身份证号'),
    unit: text('所在单位'),
    centre: text('帮扶中心'),
    no: text('档案编号'),
    appliedOn: day('申请日期'),
    visitedOn: day('入户日期'),
    visitors: text('入户人'),
    category: text('困难类别'),
    perHead: money('家庭月人均收入'),
  },
  children: householdChildren,
}

const family = {
  child: 'family',
  columns: [
    { label: '姓名', field: 'name', span: 2 },
    { label: '关系', field: 'relation', span: 1 },
    { label: '身份证号', field: 'idNumber', span: 4 },
    { label: '健康状况', field: 'health', span: 2 },
    { label: '年收入', field: 'income', span: 3 },
  ],
  least: 3,
} as const

/** The papers of a hardship file, in our own words. */
export const hardshipForms: readonly FormLayout[] = [
  {
    key: 'approval',
    title: '困难女职工帮扶审批表',
    rows: [
      pair(['姓名', '{name}'], ['身份证号', '{idNumber}']),
      pair(['所在单位', '{unit}'], ['工作状态', '{job}']),
      pair(['健康状况', '{health}'], ['残疾情况', '{disability}']),
      pair(['婚姻状况', '{marital}'], ['医保情况', '{insurance}']),
      pair(['家庭人口', '{heads}人'], ['住房', '{housing}　{area}平方米']),
      pair(['上年总收入', '{income}'], ['刚性支出', '{rigid}']),
      pair(['月人均收入', '{perHead}'], ['困难类别', '{category}']),
      wide('家庭住址', '{address}'),
      pair(['开户银行', '{bank}'], ['银行账号', '{account}']),
      { ...family, least: 2 },
      pair(['主要原因', '{cause}'], ['其他原因', '{furtherCauses}']),
      wide('困难情况', '{story}', 16),
      opinions('单位\n工会', '入户\n意见', 24),
      opinion('帮扶中心\n意见'),
    ],
  },
  {
    key: 'visit',
    title: '困难女职工入户调查表',
    rows: [
      pair(['姓名', '{name}'], ['所在单位', '{unit}']),
      wide('家庭住址', '{address}'),
      pair(['住房类型', '{housing}'], ['住房面积', '{area}平方米']),
      pair(['家庭人口', '{heads}人'], ['上年总收入', '{income}']),
      family,
      wide('困难情况', '{story}', 24),
      wide('实地查看', '', 40),
      pair(['入户日期', '{visitedOn}'], ['入户人', '{visitors}']),
      signatures('入户人\n签字', '申请人\n签字'),
      opinion('单位工会\n意见'),
    ],
  },
  {
    key: 'authorisation',
    title: '家庭经济状况核对授权书',
    rows: [
      pair(['授权人', '{name}'], ['身份证号', '{idNumber}']),
      pair(['所在单位', '{unit}'], ['被授权单位', '{centre}']),
      wide(
        '授权内容',
        '为办理困难女职工帮扶，本人及下列家庭成员同意被授权单位委托民政等部门核对家庭收入、财产状况，核对结果只用于本次认定和年度复核。本人可以撤回授权，撤回后不再核对，也不再办理新的帮扶。',
        36,
      ),
      {
        child: 'family',
        columns: [
          { label: '姓名', field: 'name', span: 2 },
          { label: '关系', field: 'relation', span: 2 },
          { label: '身份证号', field: 'idNumber', span: 5 },
          { label: '就读学校', field: 'school', span: 3 },
        ],
        least: 3,
      },
      signatures('授权人\n签字', '家庭成员\n签字'),
      signatures('经办人\n签字', '见证人\n签字'),
    ],
  },
  {
    key: 'national',
    title: '报送全国工会帮扶系统授权书',
    rows: [
      pair(['授权人', '{name}'], ['身份证号', '{idNumber}']),
      pair(['所在单位', '{unit}'], ['被授权单位', '{centre}']),
      wide('授权内容', consentTexts.national.text, 56),
      {
        child: 'family',
        columns: [
          { label: '姓名', field: 'name', span: 2 },
          { label: '关系', field: 'relation', span: 2 },
          { label: '身份证号', field: 'idNumber', span: 5 },
          { label: '就读学校', field: 'school', span: 3 },
        ],
        least: 3,
      },
      signatures('授权人\n签字', '家庭成员\n签字'),
      signatures('经办人\n签字', '见证人\n签字'),
    ],
  },
]
