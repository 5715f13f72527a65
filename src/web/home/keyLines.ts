import type { Figure } from '#figures/api.ts'

/** Figures worth a place on the first page: those that moved this year or wait to; in the order given, at most `most`. What is not told is none of them. */
export function keyLines(figures: readonly Figure[], most: number): Figure[] {
  return figures.filter(({ value, waiting }) => (value ?? 0) !== 0 || (waiting ?? 0) !== 0).slice(0, most)
}
