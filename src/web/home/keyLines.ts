import type { Figure } from '#figures/api.ts'

/** Figures worth a place on the first page: those that moved this year or wait to; in the order given, at most `most`. */
export function keyLines(figures: readonly Figure[], most: number): Figure[] {
  return figures.filter((figure) => figure.value !== 0 || figure.waiting !== 0).slice(0, most)
}
