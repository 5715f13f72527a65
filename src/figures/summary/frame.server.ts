import type { Actor } from '#identity/actor.ts'
import { isToCome, periodOf } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { chipKey, chipsOf, type Draft } from './draft.ts'
import type { ChipValue, Frame } from './render.ts'

const labels = new Map(indicators.map(({ id, indicator }) => [id, indicator.label]))

/** Whose summary it is, of when, and what it is taken from. */
export const frameOf = (deps: Deps, actor: Actor, year: number, snapshot: string): Frame => ({
  year,
  today: deps.today(),
  org: actor.org.name,
  snapshot,
  publicUrl: deps.publicUrl,
  demo: deps.mode === 'demo',
  register: indicators,
})

/**
 * What may not be printed keeps a text from being frozen: a gap would tell that something is withheld. Nor is one of a year to come.
 * @throws Problem.invalid
 */
export function checkPrintable(
  { today }: Pick<Deps, 'today'>,
  draft: Draft,
  chips: ReadonlyMap<string, ChipValue>,
  year: number,
): void {
  if (isToCome(periodOf('year', year), today()))
    throw Problem.invalid({ issues: [{ field: 'draft', message: `${year}年还没有开始，没有数字可写` }] })
  const hidden = chipsOf(draft).filter((chip) => chips.get(chipKey(chip, year))?.value === null)
  if (hidden.length === 0) return
  throw Problem.invalid({
    issues: hidden.slice(0, 20).map(({ indicator }) => ({
      field: 'draft',
      message: `“${labels.get(indicator) ?? indicator}”人数过少或尚未发布，不得写入公文，请删去这个数字`,
    })),
  })
}
