import type * as z from 'zod/mini'
import type { Household } from './household.ts'
import type { hardshipCategories } from './rules.ts'

export type CategoryRule = z.infer<typeof hardshipCategories.schema>

/** What a category was found from, kept with the result so that anybody may reckon it again. */
export type Inputs = Pick<Household, 'heads' | 'income' | 'rigid' | 'accident' | 'holdsMinimum'> & {
  minimum: number
}
export type Judged = {
  category: string | null
  perHead: number
  share: number | null
  inputs: Inputs
  why: string[]
}

/** Fen, half up; less than nothing is nothing. */
const fen = (yuan: number): number => Math.max(0, Math.round(yuan * 100) / 100)

/** Income a head and a month: what is left after what must be spent. */
export const perHeadOf = ({ income, rigid, heads }: Pick<Household, 'income' | 'rigid' | 'heads'>): number =>
  fen((income - rigid) / 12 / heads)

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

/** The category of a household by the rules of a day: the first that fits, and for each why or why not. */
export function judge(household: Omit<Inputs, 'minimum'>, rule: CategoryRule): Judged {
  const { heads, income, rigid, accident, holdsMinimum } = household
  const perHead = perHeadOf(household)
  const share = income > 0 ? accident / income : accident > 0 ? Infinity : 0
  const why: string[] = [
    `月人均收入 =（${income} − ${rigid}）÷ 12 ÷ ${heads} = ${perHead} 元；低保标准 ${rule.minimum} 元`,
  ]
  let category: string | null = null
  for (const one of rule.categories) {
    const line = fen(rule.minimum * one.ratio)
    const isIn = one.bound === '含本数'
    const fits =
      one.test === '持低保证'
        ? holdsMinimum
        : one.test === '人均收入'
          ? isIn
            ? perHead <= line
            : perHead < line
          : isIn
            ? share >= one.ratio
            : share > one.ratio
    why.push(
      `${one.name}：${
        one.test === '持低保证'
          ? holdsMinimum
            ? '持有低保证'
            : '没有低保证'
          : one.test === '人均收入'
            ? `月人均收入 ${perHead} 元${fits ? (isIn ? '不高于' : '低于') : isIn ? '高于' : '不低于'} ${line} 元`
            : `意外或大病支出占年收入 ${share === Infinity ? '全部' : percent(share)}，${fits ? '超过' : '没有超过'} ${percent(one.ratio)}`
      }，${fits ? '符合' : '不符合'}`,
    )
    if (fits) {
      category = one.name
      break
    }
  }
  return {
    category,
    perHead,
    share: Number.isFinite(share) ? share : null,
    inputs: { heads, income, rigid, accident, holdsMinimum, minimum: rule.minimum },
    why,
  }
}
