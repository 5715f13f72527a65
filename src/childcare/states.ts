import type { EvidenceType } from '#record/evidence/rules.ts'
import type { Hand } from '#record/hands.ts'

export const classStates = [
  'draft',
  'district',
  'city',
  'approved',
  'published',
  'suspended',
  'finished',
  'closed',
  'refused',
  'withdrawn',
] as const
export type ClassState = (typeof classStates)[number]
export const classStateWords: Readonly<Record<ClassState, string>> = {
  draft: '筹备',
  district: '待区县审核',
  city: '待市级评审',
  approved: '已同意，待公布',
  published: '已公布',
  suspended: '已撤下',
  finished: '已结班，待验收',
  closed: '已验收',
  refused: '未通过',
  withdrawn: '已撤回',
}

/** Nothing follows, and the names of the staff are gone. */
export const isEnd = (state: ClassState): boolean => ['closed', 'refused', 'withdrawn'].includes(state)

export const acts = {
  submit: { label: '提交申请', by: 'owner', from: ['draft'], to: 'district' },
  withdraw: {
    label: '撤回申请',
    by: 'owner',
    from: ['draft', 'district', 'city', 'approved'],
    to: 'withdrawn',
    asks: true,
  },
  recommend: { label: '同意，报市', by: 'recommender', from: ['district'], to: 'city' },
  return: { label: '退回修改', by: 'recommender', from: ['district'], to: 'draft', asks: true },
  announce: { label: '公示', by: 'city', from: ['city'], to: 'city' },
  approve: { label: '同意开班', by: 'city', from: ['city'], to: 'approved' },
  returnDown: { label: '退回修改', by: 'city', from: ['city'], to: 'draft', asks: true },
  refuse: { label: '不予通过', by: 'city', from: ['city', 'finished'], to: 'refused', asks: true },
  publish: { label: '公布', by: 'owner', from: ['approved', 'suspended'], to: 'published' },
  takeDown: { label: '撤下', by: 'owner', from: ['published'], to: 'suspended', asks: true },
  suspend: { label: '撤下', by: 'above', from: ['published'], to: 'suspended', asks: true },
  release: { label: '解除撤下', by: 'above', from: ['suspended'], to: 'suspended', asks: true },
  finish: { label: '结班，报验收', by: 'owner', from: ['published', 'suspended'], to: 'finished' },
  close: { label: '验收通过', by: 'city', from: ['finished'], to: 'closed' },
} as const satisfies Record<
  string,
  {
    label: string
    /** `above`: the district or the city. */
    by: Hand | 'above'
    from: readonly ClassState[]
    to: ClassState
    asks?: true
  }
>
export type Act = keyof typeof acts
export const actNames = Object.keys(acts) as [Act, ...Act[]]
/** What the way of a class tells: its acts, and a scan of a paper that its unit took back. */
export const stepNames = [...actNames, 'scanBack'] as const
export const stepLabel = (step: (typeof stepNames)[number]): string =>
  step === 'scanBack' ? '撤回扫描件' : acts[step].label
export const asksWhy = (act: Act): boolean => 'asks' in acts[act]

/** Who took a class down and has not let it up again: the city, or whoever stands between; null = nobody above. */
export type HeldBy = 'city' | 'recommender' | null

/** What hands with these parts may do now. Her own unit takes a class down as its owner, whatever else it is. What was taken down from above is let up by the same tier or a higher one. */
export function actsFor(state: ClassState, hands: readonly Hand[], heldBy: HeldBy = null): Act[] {
  const is = (by: Hand | 'above'): boolean =>
    by === 'above'
      ? !hands.includes('owner') && (hands.includes('recommender') || hands.includes('city'))
      : hands.includes(by)
  const mayRelease =
    heldBy !== null && (hands.includes('city') || (heldBy === 'recommender' && hands.includes('recommender')))
  return actNames.filter(
    (act) =>
      (acts[act].from as readonly ClassState[]).includes(state) &&
      is(acts[act].by) &&
      (act !== 'release' || mayRelease) &&
      (act !== 'publish' || heldBy === null),
  )
}

export const paperKinds = ['fire', 'building', 'food', 'insurance', 'emergency'] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperWords: Readonly<Record<PaperKind, string>> = {
  fire: '消防安全',
  building: '房屋安全',
  food: '食品安全',
  insurance: '责任保险',
  emergency: '应急预案',
}
/** What a scan of one may be; webp is made into one of these when it arrives. */
export const scanTypes: readonly EvidenceType[] = ['image/jpeg', 'image/png', 'application/pdf']
export const scanText = '图片（JPG、PNG、WebP）或 PDF'

export const staffDuties = ['负责人', '看护', '教师', '保健', '保洁', '安保', '志愿者'] as const
/** What the check said: she may work with children, or not. What was found is no business of this program. */
export const checkResults = ['fit', 'unfit'] as const
export type CheckResult = (typeof checkResults)[number]
export const checkWords: Readonly<Record<CheckResult, string>> = { fit: '可以录用', unfit: '不得录用' }

export const verdicts = ['passed', 'mend', 'failed'] as const
export type Verdict = (typeof verdicts)[number]
export const verdictWords: Readonly<Record<Verdict, string>> = {
  passed: '合格',
  mend: '整改后再评',
  failed: '不合格',
}

export const seasons = ['寒假', '暑假', '课后', '日常'] as const
/** What the unit brings itself; the city's part is the subsidy. */
export const ownFunds = ['单位', '自筹', '区县', '省总', '全总'] as const
