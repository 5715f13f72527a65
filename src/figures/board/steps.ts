import type { Process } from './api.ts'
import { fewest } from './groups.ts'

export type Standing = { count: number; longest: number }

const ofPersons: readonly Process[] = ['hardship', 'aid']

/**
 * How much is told of a step: all that the reader sees herself, and what stands in her scope beside it. Of files of persons fewer
 * than five are told nowhere, and so few that she doesn't see aren't added: the sum less her own would tell them.
 * @param own what she sees; null where nothing stands there
 * @param unseen what she doesn't see
 */
export function toldStep(
  process: Process,
  own: Standing | null,
  unseen: Standing | null,
): { count: number | null; longest: number } {
  const isAdded = unseen !== null && (own === null || unseen.count >= fewest)
  const parts = [...(own ? [own] : []), ...(isAdded ? [unseen] : [])]
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return {
    count: ofPersons.includes(process) && count < fewest ? null : count,
    longest: Math.max(0, ...parts.map(({ longest }) => longest)),
  }
}
