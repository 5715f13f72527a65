import type { Process } from './api.ts'
import { fewest } from './groups.ts'

export type Standing = { count: number; longest: number }

const ofPersons: readonly Process[] = ['hardship', 'aid']

/**
 * How much is told of a step: all that the reader sees herself, and what stands in her scope beside it. Of files of persons fewer
 * than five are told nowhere: so few that she doesn't see aren't added, since the sum less her own would tell them, and where she
 * sees none of her own the step isn't told at all, since its days would tell that there is one.
 * @param own what she sees; null where nothing stands there
 * @param unseen what she doesn't see
 * @returns null where nothing is told
 */
export function toldStep(
  process: Process,
  own: Standing | null,
  unseen: Standing | null,
): { count: number | null; longest: number } | null {
  const isAdded = unseen !== null && unseen.count >= fewest
  const parts = [...(own ? [own] : []), ...(isAdded ? [unseen] : [])]
  if (parts.length === 0) return null
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return {
    count: ofPersons.includes(process) && count < fewest ? null : count,
    longest: Math.max(0, ...parts.map(({ longest }) => longest)),
  }
}
