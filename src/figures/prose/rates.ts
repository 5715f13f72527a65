import { rateWords } from '#org/gaps/words.ts'
import { agrees } from '../agreement.ts'
import type { Note } from './note.ts'
import type { Proofed } from './proofed.ts'

type Rate = { part: number; whole: number }

/** Both rates of a scope as the register stands on a day: it keeps no earlier ones. */
export type Rates = { formation: Rate; employers: Rate; today: string }

const NAMED = /(组建率|建会率|建制率|覆盖率|覆盖面)/g
const OF_WOMEN = /女职工(?:委员会|组织|工会)|女职委|女工委|女工组织/

const shareOf = ({ part, whole }: Rate): number => Math.round((part / whole) * 10_000) / 100

/**
 * 「组建率达95%」: two rates pass by that name, and they differ. Both are told beside the figure, and which of them it fits;
 * no verdict is given, since the register tells of today and a report mostly of a year that is over (decision 166).
 */
export function rateNotes(
  figures: readonly Proofed[],
  paragraphs: readonly { text: string }[],
  rates: Rates,
): Note[] {
  const kinds = [
    { ...rateWords['committee.formationRate'], rate: rates.formation },
    { ...rateWords['committee.unitCoverageRate'], rate: rates.employers },
  ].filter(({ rate }) => rate.whole > 0)
  if (kinds.length === 0) return []
  return figures.flatMap(({ written, indicator, paragraph, start, context }, at): Note[] => {
    if (written.unit !== '%' || indicator !== null || !OF_WOMEN.test(context)) return []
    const { text } = paragraphs[paragraph]!
    const head = text.slice(Math.max(0, start - 16), start)
    if (![...head.matchAll(NAMED)].some(({ index }) => !/[，；。]/.test(head.slice(index)))) return []
    const fits = kinds.filter(({ rate }) => agrees(written, shareOf(rate)) !== 'differ')
    const told = kinds
      .map(({ label, rate }) => `${label} ${shareOf(rate)}%（${rate.part}/${rate.whole}）`)
      .join('，')
    const end =
      fits.length === 0
        ? '文中的数与这些都不同，请核对'
        : `文中的数与${fits.map(({ label }) => label).join('和')}相符`
    return [{ at, paragraph, text: `按${rates.today}的登记：${told}。${end}；请写明是哪一种率` }]
  })
}
