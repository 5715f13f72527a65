import type { OrgBrief } from '#org/api.ts'

/** A tile of the cartogram: column and row from 0. No border is drawn, so no map approval is needed (地图管理条例). */
export type Tile = { column: number; row: number }

/**
 * Where the county-level unions of the city stand, roughly as on the ground: north up. Data, by code of the unit; a unit
 * without a place follows below in official order, so that any city has its tiles.
 */
export const places: Readonly<Record<string, Tile>> = {
  DL09: { column: 2, row: 0 },
  DL10: { column: 4, row: 0 },
  DL13: { column: 1, row: 1 },
  DL07: { column: 3, row: 1 },
  DL14: { column: 4, row: 1 },
  DL12: { column: 2, row: 2 },
  DL06: { column: 3, row: 2 },
  DL08: { column: 5, row: 2 },
  DL04: { column: 2, row: 3 },
  DL05: { column: 0, row: 4 },
  DL11: { column: 1, row: 4 },
  DL03: { column: 2, row: 4 },
  DL02: { column: 3, row: 4 },
  DL01: { column: 4, row: 4 },
}

const columns = 6

/** A tile for each unit, none on top of another. */
export function tilesOf<U extends { org: OrgBrief }>(units: readonly U[]): (U & Tile)[] {
  const placed = units.flatMap((unit) => {
    const place = places[unit.org.code]
    return place ? [{ ...unit, ...place }] : []
  })
  const firstFree = Math.max(-1, ...placed.map((t) => t.row)) + 1
  const rest = units.filter((unit) => !(unit.org.code in places))
  return [
    ...placed,
    ...rest.map((unit, i) => ({
      ...unit,
      column: i % columns,
      row: firstFree + Math.floor(i / columns),
    })),
  ]
}

/** Five steps from light to dark; text on them keeps 4.5:1. */
export const steps = ['#eaf1fd', '#c6dafa', '#8fb5f2', '#2b69d0', '#0b4bb3'] as const
export const inkOn = (step: number): string => (step >= 3 ? '#ffffff' : '#262322')

/** The step of a value among all: fifths of the largest, zero lightest. */
export function stepOf(value: number, largest: number): number {
  if (largest <= 0 || value <= 0) return 0
  return Math.min(4, Math.floor((value / largest) * 5))
}
