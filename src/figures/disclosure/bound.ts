import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import type { Indicator } from '#kit/indicator.ts'
import type { Programme } from '#kit/programme.ts'
import { classNumber } from '#record/spine.ts'
import { isSensitive } from './lattice.ts'
import { thresholds } from './table.ts'

type Declared = { indicator: Indicator; programme: Pick<Programme, 'class'> }

/**
 * Whether the small-cell rule binds a viewer: she may not read the records behind the figure of a unit, by the policy as it
 * stands (docs/decisions/014). Of others she sees released tables.
 */
export function isBound(actor: Actor, { indicator, programme }: Declared, at: Place): boolean {
  return (
    indicator.cell !== 'none' && !can(actor, 'record.read', { ...at, class: classNumber(programme.class) })
  )
}

type Counted = { indicator: Indicator; value: number }

/**
 * Whether a figure is too small for print: whoever reads a document may open no record. An untold sum is as small as the
 * count beside it; without one it is not printed.
 */
export const isTooSmallToPrint = ({ indicator: { cell }, value }: Counted, beside?: Counted): boolean =>
  cell === 'untold'
    ? beside === undefined || beside.value < thresholds[beside.indicator.cell]
    : cell !== 'none' && isSensitive({ value, k: thresholds[cell] })
