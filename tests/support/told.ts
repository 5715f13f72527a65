import type { FigureSet } from '#figures/api.ts'
import type { Person } from './person.ts'

/** A figure of 2020 as it stands for a person; 0 where none does. */
export const figureOf = async (person: Person, indicator: string): Promise<number> =>
  (await person.api<FigureSet>('/figures?year=2020')).figures.find((f) => f.indicator === indicator)?.value ??
  0

/** Waits until the annual summary of a person's unit says these words, figure and all. */
export async function sentenceOf({ page }: Person, base: string, words: string): Promise<void> {
  await page.goto(`${base}/summary?year=2020`)
  await page.locator('.paper-text').getByText(words).first().waitFor()
}
