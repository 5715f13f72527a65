import type { PrivacyClass } from '#kit/programme.ts'
import { personLabels } from './form.ts'
import { emergencyYears, keptYears } from './retention.ts'
import { sealedClasses, sealedLabels, type Basis } from './purposes.ts'

// The register of personal fields (个人信息保护法 第六条, 第十三条, 第十七条): every column of every table that holds something
// of a person, with its class and why and how long it is kept. Tests hold it against the catalogue of the database; the data
// dictionary and the page 个人信息处理说明 are made from it.

export type ColumnRule = {
  label: string
  class: PrivacyClass
  /** How a list shows it: 原样, 掩码 or 不显示. */
  mask: string
  /** What reading it leaves behind. */
  log: string
  /** Whether her own copy holds it. */
  export: string
}

export type TableRule = {
  title: string
  purpose: string
  basis: Basis
  retention: string
  columns: Readonly<Record<string, ColumnRule>>
}

const plain = (label: string, level: PrivacyClass = 'S2'): ColumnRule => ({
  label,
  class: level,
  mask: '原样',
  log: '不记',
  export: '有',
})
/** Of the program: numbers, marks, times. */
const inner = (label: string): ColumnRule => ({ ...plain(label), mask: '不显示' })
/** About another person than her whose row it is. */
const other = (label: string): ColumnRule => ({ ...inner(label), export: '无，是他人的信息' })
const secret = (label: string): ColumnRule => ({ ...inner(label), class: 'S3', export: '无，只是密码材料' })
const sealed = (field: keyof typeof sealedClasses): ColumnRule => ({
  label: sealedLabels[field],
  class: sealedClasses[field],
  mask: field === 'birth' ? '只显示年份' : '加密，只显示掩码',
  log: '每看一次记一次，本人可查',
  export: '有，解密后列出',
})

const whileMember = `在册期间；离开满 ${keptYears.person} 年自动销毁密钥并清除，统计人数保留；有未了事项的，暂缓到事项办结`
const labelOf = (field: string): string => personLabels[field] ?? field

export const personalTables: Readonly<Record<string, TableRule>> = {
  person: {
    title: '会员登记',
    purpose: '工会会员实名登记、会籍管理和服务',
    basis: '法定职责',
    retention: whileMember,
    columns: {
      id: inner('编号'),
      org_id: plain('所属单位'),
      state: inner('登记状态'),
      merged_into: inner('并入的登记'),
      name: plain('姓名'),
      name_sort: inner('姓名拼音'),
      id_kind: plain(labelOf('idKind')),
      id_number: sealed('idNumber'),
      id_index: secret('证件号码盲索引'),
      birth: sealed('birth'),
      birth_year: plain('出生年份'),
      phone: sealed('phone'),
      sex: plain(labelOf('sex')),
      nation: plain(labelOf('nation')),
      politics: plain(labelOf('politics')),
      education: plain(labelOf('education')),
      employment: plain(labelOf('employment')),
      skill: plain(labelOf('skill')),
      hukou: plain(labelOf('hukou')),
      native_place: plain(labelOf('nativePlace')),
      is_migrant: plain(labelOf('isMigrant')),
      worker_group: plain(labelOf('group')),
      guardian: sealed('guardian'),
      guardian_agreed_on: plain('监护人同意日期'),
      version: inner('版本'),
      created_at: inner('登记时间'),
      updated_at: inner('更新时间'),
    },
  },
  person_key: {
    title: '个人密钥',
    purpose: '加密保存上表的敏感栏目；删除即销毁',
    basis: '法定职责',
    retention: '与登记同存亡',
    columns: { person_id: inner('登记编号'), wrapped: secret('包裹后的密钥') },
  },
  membership: {
    title: '会籍和单位',
    purpose: '会籍管理、会员统计',
    basis: '法定职责',
    retention: '长期；登记删除后只剩单位、类别和起止日期，不再指向姓名',
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      org_id: plain('单位'),
      kind: plain('登记为'),
      from_on: plain('起始日期'),
      until_on: plain('终止日期'),
      joined_by: plain('进入方式'),
      left_by: plain('离开原因'),
      reason: plain('说明'),
    },
  },
  person_access: {
    title: '谁看过我的信息',
    purpose: '让本人知道谁查看了她的加密信息',
    basis: '法定职责',
    retention: `${keptYears.person_access} 年`,
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      at: plain('时间'),
      actor_person: other('查看人'),
      account_id: other('查看人账号'),
      org_id: plain('查看单位'),
      role: plain('查看人岗位'),
      field: plain('查看的栏目'),
      purpose: plain('用途'),
      reason: plain('理由'),
      request_id: other('请求编号'),
    },
  },
  consent: {
    title: '同意记录',
    purpose: '记录本人对各项用途分别作出的同意和撤回',
    basis: '法定职责',
    retention: `有效期间；撤回满 ${keptYears.consent} 年清除`,
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      purpose: plain('用途'),
      text_version: plain('告知书版本'),
      text_hash: plain('告知书校验值'),
      given_on: plain('同意日期'),
      given_at: plain('登记时间'),
      form: plain('方式'),
      account_id: other('登记人账号'),
      withdrawn_at: plain('撤回时间'),
    },
  },
  person_request: {
    title: '转接、合并和删除申请',
    purpose: '由第二人确认的会籍转接、登记合并和信息删除',
    basis: '法定职责',
    retention: '与登记同；登记删除时，理由和答复一并清除',
    columns: {
      id: inner('编号'),
      kind: plain('事项'),
      person_id: inner('登记编号'),
      other_id: inner('另一份登记'),
      from_org: plain('现单位'),
      to_org: plain('转入单位'),
      reason: plain('理由'),
      state: plain('状态'),
      asked_by: other('申请人账号'),
      asked_person: other('申请人'),
      asked_at: plain('申请时间'),
      decided_by: other('确认人账号'),
      decided_person: other('确认人'),
      decided_at: plain('确认时间'),
      answer: plain('答复'),
    },
  },
  person_hold: {
    title: '暂缓清除',
    purpose: '投诉、申领、调查、诉讼等未了事项需要的，暂缓清除她的登记和查看记录',
    basis: '法定职责',
    retention: `到期或解除满 ${keptYears.person_hold} 年清除`,
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      kind: plain('事由'),
      reason: plain('说明'),
      until_on: plain('暂缓至'),
      org_id: plain('决定单位'),
      account_id: other('决定人账号'),
      set_at: plain('决定时间'),
      lifted_by: other('解除人账号'),
      lifted_at: plain('解除时间'),
      lift_reason: plain('解除理由'),
    },
  },
  person_emergency: {
    title: '紧急查看',
    purpose: '人身安全、救治、灾害、司法要求等紧急情况下由上级单位查看加密信息的登记和复核',
    basis: '紧急情况',
    retention: `复核满 ${emergencyYears} 年清除`,
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      of_org: plain('她当时的单位'),
      org_id: plain('查看单位'),
      account_id: other('查看人账号'),
      actor_person: other('查看人'),
      kind: plain('紧急情况'),
      reason: plain('说明'),
      fields: plain('查看的栏目'),
      asked_at: plain('启用时间'),
      until_at: inner('失效时间'),
      opened_at: plain('打开时间'),
      due_on: inner('复核期限'),
      reminded_on: inner('逾期提醒日期'),
      verdict: plain('复核结果'),
      opinion: plain('复核意见'),
      reviewed_by: other('复核人账号'),
      reviewed_person: other('复核人'),
      reviewed_at: plain('复核时间'),
    },
  },
}
