import { headcount, inOrder } from '#kit/check.ts'
import { addDays } from '#kit/day.ts'
import type { Issue } from '#kit/programme.ts'
import type { RuleBook } from '#kit/rule.ts'
import { contractClock, contractCongress, contractReply, contractTerm } from './tables.ts'

type Offer = { offeredOn: string | null; repliedOn: string | null }
type Dates = Offer & {
  draftedOn: string | null
  heldOn: string
  signedOn: string
  filedOn: string
  effectiveOn: string
  termUntilOn: string
  publishedOn: string | null
  unionFiledOn: string | null
}
type Term = { termFromOn: string; termUntilOn: string; signedOn: string }
type Congress = { due: number; present: number; inFavour: number; heldOn: string }
type Covered = { scope: string; covered: readonly { firm: string }[] }

/** The same day `years` later; 29 February becomes the 28th. */
function yearsLater(day: string, years: number): string {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
  return later.endsWith('02-29') ? `${later.slice(0, 4)}-02-28` : later
}

/**
 * One side offers, the other replies, both draft; the congress passes the draft, the chiefs sign, the labour office receives it and, without objection within
 * some days, it takes effect (劳动合同法 第五十四条); then it is published and filed with the upper union.
 */
export function datesCheck(r: Dates): Issue[] {
  return [
    ...inOrder(r.offeredOn, r.repliedOn, 'repliedOn', ['要约日期', '回应日期']),
    ...inOrder(r.repliedOn ?? r.offeredOn, r.draftedOn, 'draftedOn', ['要约、回应日期', '草案形成日期']),
    ...inOrder(r.draftedOn ?? r.repliedOn ?? r.offeredOn, r.heldOn, 'heldOn', ['协商日期', '职代会日期']),
    ...inOrder(r.heldOn, r.signedOn, 'signedOn', ['职代会日期', '签订日期']),
    ...inOrder(r.signedOn, r.filedOn, 'filedOn', ['签订日期', '报送日期']),
    ...inOrder(r.filedOn, r.effectiveOn, 'effectiveOn', ['报送日期', '生效日期']),
    ...inOrder(r.effectiveOn, r.termUntilOn, 'termUntilOn', ['生效日期', '合同期限止']),
    ...inOrder(r.effectiveOn, r.publishedOn, 'publishedOn', ['生效日期', '公布日期']),
    ...inOrder(r.signedOn, r.unionFiledOn, 'unionFiledOn', ['签订日期', '报上级工会日期']),
  ]
}

/** Not shorter and not longer than the table of the day of signing says; a term may be written up to the eve or up to the same day. */
export function termCheck({ termFromOn, termUntilOn, signedOn }: Term, rules: RuleBook): Issue[] {
  const { leastYears, mostYears } = rules.on(contractTerm, signedOn).value
  const span = `集体合同期限为 ${leastYears} 至 ${mostYears} 年`
  if (termUntilOn < addDays(yearsLater(termFromOn, leastYears), -1))
    return [{ field: 'termUntilOn', message: `合同期限不足 ${leastYears} 年；${span}` }]
  if (termUntilOn > yearsLater(termFromOn, mostYears))
    return [{ field: 'termUntilOn', message: `合同期限超过 ${mostYears} 年；${span}` }]
  return []
}

/** Those present are among those due, votes among those present. */
export function congressCheck({ due, present, inFavour }: Congress): Issue[] {
  return [
    ...headcount(present, due, 'present', ['实到代表', '应到代表']),
    ...headcount(inFavour, present, 'inFavour', ['赞成票', '实到代表']),
  ]
}

/** Provinces differ in detail, so it only warns. */
export function congressWarn({ due, present, inFavour, heldOn }: Congress, rules: RuleBook): Issue[] {
  const { presentParts, presentOf, favourParts, favourOf } = rules.on(contractCongress, heldOn).value
  const issues: Issue[] = []
  if (present * presentOf < due * presentParts)
    issues.push({
      field: 'present',
      message: `实到 ${present} 人，不足应到 ${due} 人的 ${presentParts}/${presentOf}`,
    })
  if (inFavour * favourOf < due * favourParts)
    issues.push({
      field: 'inFavour',
      message: `赞成 ${inFavour} 票，不足应到 ${due} 人的 ${favourParts}/${favourOf}`,
    })
  return issues
}

/** The text goes to the labour office some days after signing and takes effect where nothing is said against it for some more. */
export function filingWarn({ signedOn, filedOn, effectiveOn }: Dates, rules: RuleBook): Issue[] {
  const { fileDays, objectionDays } = rules.on(contractClock, signedOn).value
  const issues: Issue[] = []
  if (filedOn > addDays(signedOn, fileDays))
    issues.push({ field: 'filedOn', message: `报送日期超过签订后 ${fileDays} 日，请核对` })
  if (effectiveOn < addDays(filedOn, objectionDays))
    issues.push({ field: 'effectiveOn', message: `报送后不满 ${objectionDays} 日即生效，请核对有无审查意见` })
  return issues
}

/** A contract of an enterprise covers that one, a regional or trade contract at least one, none twice. */
export function coveredCheck({ scope, covered }: Covered): Issue[] {
  if (covered.length === 0) return [{ field: 'covered', message: '请填写覆盖企业' }]
  if (scope === '企业' && covered.length > 1)
    return [{ field: 'covered', message: '覆盖范围是企业时只填一家；覆盖多家请选区域性或行业性' }]
  return covered.flatMap(({ firm }, i) =>
    covered.findIndex((c) => c.firm === firm) < i
      ? [{ field: `covered.${i}.firm`, message: `“${firm}”已经填过，请删去重复的一行` }]
      : [],
  )
}

/** The other side answers in writing (集体合同规定 第三十二条). */
export function replyWarn({ offeredOn, repliedOn }: Offer, rules: RuleBook): Issue[] {
  if (offeredOn === null || repliedOn === null) return []
  const { replyDays } = rules.on(contractReply, offeredOn).value
  return repliedOn > addDays(offeredOn, replyDays)
    ? [{ field: 'repliedOn', message: `回应日期超过收到要约后 ${replyDays} 日，请核对` }]
    : []
}

/** What the labour office objects to is bargained anew and does not take effect. */
export const objectionWarn = ({ finding }: { finding: string | null }): Issue[] =>
  finding === '提出异议'
    ? [{ field: 'finding', message: '人社部门提出异议的，修改后重新报送，以重新报送的日期为准' }]
    : []

/** A contract does not follow upon itself. */
export const chainCheck = ({ regNo, replacesNo }: { regNo: string; replacesNo: string | null }): Issue[] =>
  replacesNo !== null && replacesNo === regNo
    ? [{ field: 'replacesNo', message: '原合同编号和本合同编号相同，请填被续订或变更的那一份' }]
    : []
