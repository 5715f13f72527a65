/** What becomes of a file, from the application to its end. */
export const fileStates = [
  'applied',
  'returned',
  'checked',
  'visited',
  'inquired',
  'verified',
  'noticed',
  'open',
  'closed',
  'refused',
  'withdrawn',
] as const
export type FileState = (typeof fileStates)[number]
export const fileStateWords: Readonly<Record<FileState, string>> = {
  applied: '待单位核对',
  returned: '退回补正',
  checked: '待入户',
  visited: '待核对收入',
  inquired: '收入核对中',
  verified: '待公示',
  noticed: '公示中',
  open: '在档',
  closed: '已销档',
  refused: '不予建档',
  withdrawn: '已撤回',
}

/** 经办分工: as what a person is named in a unit. */
export const duties = ['enter', 'check', 'approve', 'pay'] as const
export type Duty = (typeof duties)[number]
export const dutyWords: Readonly<Record<Duty, string>> = {
  enter: '登记',
  check: '核对',
  approve: '审批',
  pay: '发放',
}

/** Who takes a step: of her unit or of the aid centre, named for one of these. */
export type Step = {
  label: string
  at: 'unit' | 'centre' | 'either'
  by: readonly Duty[]
  from: readonly FileState[]
  /** What she must say. */
  asks?: string
}

/** Steps of one file; what the centre does to several at once stands below. */
export const steps = {
  // A unit with one cadre has nobody else: then the aid centre checks.
  check: { label: '核对通过', at: 'either', by: ['check'], from: ['applied'] },
  visit: { label: '登记入户', at: 'unit', by: ['enter', 'check'], from: ['checked'] },
  returned: {
    label: '退回补正',
    at: 'either',
    by: ['check', 'approve'],
    from: ['applied', 'checked', 'visited', 'verified'],
    asks: '退回理由',
  },
  refuse: {
    label: '不予建档',
    at: 'centre',
    by: ['approve'],
    from: ['visited', 'inquired', 'verified', 'noticed'],
    asks: '不予建档的理由',
  },
  withdraw: {
    label: '撤回申请',
    at: 'unit',
    by: ['enter'],
    from: ['applied', 'returned', 'checked', 'visited', 'verified'],
    asks: '撤回理由',
  },
  recheck: { label: '年度复核', at: 'unit', by: ['enter', 'check'], from: ['open'] },
  close: { label: '销档', at: 'centre', by: ['approve'], from: ['open'] },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof steps

export const many = {
  inquire: { label: '送民政核对', at: 'centre', by: ['check'], from: ['visited'] },
  notice: { label: '公示', at: 'centre', by: ['check'], from: ['verified'] },
  open: { label: '建档', at: 'centre', by: ['approve'], from: ['noticed'] },
} as const satisfies Record<string, Step>

/** Everything that a way may say of a file. */
export const stepWords: Readonly<Record<string, string>> = {
  apply: '登记申请',
  ask: '本人在线申请',
  edit: '补正',
  mend: '本人补正',
  recall: '本人撤回',
  check: '单位核对通过',
  visit: '入户调查',
  returned: '退回补正',
  inquire: '送民政核对收入',
  fits: '收入核对相符',
  differs: '收入核对不符，退回补正',
  notice: '公示',
  open: '建档',
  refuse: '不予建档',
  withdraw: '撤回申请',
  recheck: '年度复核',
  close: '销档',
}

export const closings = ['脱困', '退休', '调离', '死亡'] as const

export const aidStates = ['asked', 'checked', 'approved', 'sent', 'paid', 'refused'] as const
export type AidState = (typeof aidStates)[number]
export const aidStateWords: Readonly<Record<AidState, string>> = {
  asked: '待核对',
  checked: '待审批',
  approved: '待发放',
  sent: '银行处理中',
  paid: '已到账',
  refused: '不予发放',
}
export const lineStates = ['waiting', 'paid', 'failed'] as const
export type LineState = (typeof lineStates)[number]
export const lineStateWords: Readonly<Record<LineState, string>> = {
  waiting: '待回单',
  paid: '成功',
  failed: '失败',
}

/** A notice tells a surname and no more: 「张*」; of a double surname both characters. */
export const surnameOf = (name: string): string =>
  `${/^(?:欧阳|司马|上官|诸葛|司徒|东方|尉迟|皇甫|令狐|慕容|夏侯|端木|公孙|长孙|宇文)/.test(name) ? name.slice(0, 2) : name.slice(0, 1)}*`
