/** Values that are stored sealed, one by one, under the key of the person. */
export const sealedFields = ['idNumber', 'birth', 'phone', 'guardian'] as const
export type SealedField = (typeof sealedFields)[number]

export const sealedLabels: Record<SealedField, string> = {
  idNumber: '证件号码',
  birth: '出生日期',
  phone: '手机号码',
  guardian: '监护人及联系方式',
}

/** S3 is opened by her own unit and herself alone; S2 by the units above as well. */
export const sealedClasses: Record<SealedField, 'S2' | 'S3'> = {
  idNumber: 'S3',
  birth: 'S2',
  phone: 'S2',
  guardian: 'S3',
}

/** What is hers outside the register, told in her access log like any field. */
export const storedElsewhere = {
  hardshipFile: '困难帮扶档案',
  condolenceClaim: '“两癌”慰问金申请',
  suggestion: '投诉建议',
  screeningEntry: '“两癌”筛查安排',
  matchProfile: '交友卡片',
  childcareWish: '托管班志愿',
} as const
export type StoredElsewhere = keyof typeof storedElsewhere
/** Whatever her access log may name. */
export const accessLabels: Readonly<Record<SealedField | StoredElsewhere, string>> = {
  ...sealedLabels,
  ...storedElsewhere,
}
export const accessFields = Object.keys(accessLabels) as [SealedField, ...(SealedField | StoredElsewhere)[]]

/** 个人信息保护法 第十三条: on what a use rests. */
export type Basis = '同意' | '法定职责' | '合同' | '紧急情况'

export const consentPurposes = [
  'screening',
  'hardship',
  'national',
  'condolence',
  'childcare',
  'publication',
  'handOver',
] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

/** For what a sealed value may be opened: nothing else is a reason, and no purpose opens more than it needs (第六条). */
export const readPurposes = [
  'membership',
  'contact',
  'screening',
  'hardship',
  'national',
  'condolence',
  'matchmaking',
  'matchReport',
  'childcare',
  'handOver',
  'emergency',
  'reply',
  'self',
] as const
export type ReadPurpose = (typeof readPurposes)[number]

export const purposes: Record<
  ReadPurpose,
  { label: string; basis: Basis; fields: readonly SealedField[]; consent: ConsentPurpose | null }
> = {
  membership: { label: '会籍管理', basis: '法定职责', fields: sealedFields, consent: null },
  contact: { label: '联系本人办理服务', basis: '合同', fields: ['phone'], consent: null },
  screening: {
    label: '“两癌”筛查',
    basis: '同意',
    fields: ['idNumber', 'birth', 'phone'],
    consent: 'screening',
  },
  hardship: { label: '困难帮扶', basis: '同意', fields: ['idNumber', 'phone'], consent: 'hardship' },
  // By the one file that leaves for it, behind a second person (hardship/national.server.ts).
  national: {
    label: '报送全国工会帮扶系统',
    basis: '同意',
    fields: ['idNumber', 'phone'],
    consent: 'national',
  },
  // Opens what she applied for, and no value of the register (hardship/condolence.server.ts).
  condolence: { label: '“两癌”慰问金', basis: '同意', fields: [], consent: 'condolence' },
  // Opens no value of the register any more; looks from before stand in her access log. To what she agreed stands with the card.
  matchmaking: { label: '婚恋交友', basis: '同意', fields: [], consent: null },
  // A card that was reported (match/report.server.ts).
  matchReport: { label: '处理交友举报', basis: '法定职责', fields: [], consent: null },
  childcare: {
    label: '子女托管',
    basis: '同意',
    fields: ['birth', 'phone', 'guardian'],
    consent: 'childcare',
  },
  handOver: {
    label: '移交筛查医院',
    basis: '同意',
    fields: ['idNumber', 'birth', 'phone'],
    consent: 'handOver',
  },
  // 第十三条第四项; never by 查看, which asks for no second pair of eyes (emergency.server.ts).
  emergency: { label: '紧急查看', basis: '紧急情况', fields: sealedFields, consent: null },
  // Opens no value of the register: what she wrote herself (help/suggestions.server.ts).
  reply: { label: '答复投诉建议', basis: '法定职责', fields: [], consent: null },
  self: { label: '本人查看', basis: '法定职责', fields: sealedFields, consent: null },
}

/** Purposes that no cadre chooses for a value: her own looking, an emergency, an answer to what she wrote, her own application, a file that leaves, a card that was reported; each has a way of its own. */
export const isChosen = (purpose: ReadPurpose): boolean =>
  !['self', 'emergency', 'reply', 'condolence', 'national', 'matchmaking', 'matchReport'].includes(purpose)

/** Purposes under which somebody else may open a value. */
export const purposesFor = (field: SealedField): ReadPurpose[] =>
  readPurposes.filter((p) => isChosen(p) && purposes[p].fields.includes(field))
