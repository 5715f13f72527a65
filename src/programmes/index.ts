import type { Programme } from '#kit/programme.ts'
import { training } from './training/definition.ts'

/** The register of programmes, in the order of the annual summary. */
export const programmes: readonly Programme[] = [training]

const byKey = new Map(programmes.map((p) => [p.key, p]))

/** The programme of a key, or null. */
export function findProgramme(key: string): Programme | null {
  return byKey.get(key) ?? null
}

/** Every indicator with its programme, in the order of the register. */
export const indicators = programmes.flatMap((programme) =>
  Object.entries(programme.indicators).map(([id, indicator]) => ({ id, indicator, programme })),
)
