import type { OrgDetail, OrgNode } from '#org/api.ts'

export type Committee = OrgNode['committee']
/** Colour and icon follow the tone; the words say the same. */
export type Tone = 'good' | 'plain' | 'warn' | 'bad'

/** State of the women's organisation in words. Units with few women members owe a delegate, not a committee. */
export function committeeState({ committee }: Pick<OrgNode, 'committee'>): { tone: Tone; label: string } {
  switch (committee) {
    case 'formed':
      return { tone: 'good', label: '已建' }
    case 'delegate':
      return { tone: 'plain', label: '设女职工委员' }
    case 'overdue':
      return { tone: 'warn', label: '超期未换届' }
    case 'missing':
      return { tone: 'bad', label: '应建未建' }
    case 'none':
      return { tone: 'plain', label: '未设女职工委员' }
  }
}

/** Formation of the units below: rate with its two numbers. */
export function formation({ due, formed, overdue, from }: OrgDetail['below']): {
  rate: string
  formed: number
  missing: number
  sentence: string
} {
  const missing = due - formed
  if (due === 0) return { rate: '—', formed, missing: 0, sentence: '下级没有应建女职工委员会的单位' }
  const tenths = Math.round((formed / due) * 1000) / 10
  return {
    rate: `${tenths}%`,
    formed,
    missing,
    sentence: `应建 ${due} 个（女会员 ${from} 人以上），已建 ${formed} 个，未建 ${missing} 个；超期未换届 ${overdue} 个`,
  }
}

const monthsOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/** Whole months from the end of a term to today; 0 while it runs. */
export function monthsOverdue(termUntilOn: string, today: string): number {
  if (termUntilOn >= today) return 0
  const whole = monthsOf(today) - monthsOf(termUntilOn) - (today.slice(8) < termUntilOn.slice(8) ? 1 : 0)
  return Math.max(whole, 0)
}

/** Whole months until the end of a term that runs. */
export function monthsLeft(termUntilOn: string, today: string): number {
  const whole = monthsOf(termUntilOn) - monthsOf(today) - (termUntilOn.slice(8) < today.slice(8) ? 1 : 0)
  return Math.max(whole, 0)
}

/** When an edge began: units that were there from the start have no month. */
export function sinceText(fromYm: number): string {
  return fromYm < 190001 ? '建立以来' : `${monthText(fromYm)}起`
}

/** `201807` → 「2018年7月」. */
export function monthText(ym: number): string {
  return `${Math.floor(ym / 100)}年${ym % 100}月`
}
