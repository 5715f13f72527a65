import type { DraftBlock } from './draft.ts'

/** A figure of a year and of the one before; both above zero. */
export interface Compared {
  indicator: string
  label: string
  value: number
  before: number
}

export interface Comparison {
  kind: string
  block: DraftBlock
  link: string
}

const kindOf = ({ value, before }: Compared): { kind: string; words: string } =>
  value > before
    ? { kind: '增加', words: '增加到' }
    : value < before
      ? { kind: '减少', words: '减少到' }
      : { kind: '持平', words: '持平，仍为' }

/**
 * A sentence for each figure that has a year before it. Both numbers stay figures: an estimate is marked where it is printed,
 * and neither is copied into the words, where it would stand still.
 */
export const comparedOf = (list: readonly Compared[], year: number): Comparison[] =>
  list.map((one, at) => {
    const { kind, words } = kindOf(one)
    const { indicator, label } = one
    return {
      kind,
      block: {
        id: `c${at + 1}`,
        kind: 'paragraph',
        pieces: [
          { text: `${label}由上年的` },
          { figure: { indicator, year: year - 1, calendar: 'year' } },
          { text: words },
          { figure: { indicator } },
          { text: '。' },
        ],
      },
      link: `/trace/${indicator}?calendar=year&year=${year - 1}`,
    }
  })
