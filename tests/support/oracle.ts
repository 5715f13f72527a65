import { monthsOf, type Period } from '#kit/period.ts'

/** A dated edge, months `fromYm <= ym < toYm`; line 1 reporting, 2 view. */
export type Edge = { child: number; parent: number; line: 1 | 2; fromYm: number; toYm: number }
/** One signed entry of an owner; state 0 submitted or accepted, 1 accepted. */
export type Fact = { org: number; indicator: string; stock: boolean; ym: number; state: 0 | 1; value: number }
/** The tree and its facts, as a person would keep them on paper. */
export type Sheet = { units: readonly number[]; edges: readonly Edge[]; facts: readonly Fact[] }

const forever = 999912
const segOf = (id: number): string => id.toString(36).toUpperCase().padStart(4, '0')

const parentAt = (edges: readonly Edge[], unit: number, line: 1 | 2, ym: number): number | null =>
  edges.find((e) => e.child === unit && e.line === line && e.fromYm <= ym && ym < e.toYm)?.parent ?? null

/** The reporting line of a month, the unit first. */
export function lineAt(edges: readonly Edge[], unit: number, ym: number): number[] {
  const line = [unit]
  for (let up = parentAt(edges, unit, 1, ym); up !== null; up = parentAt(edges, up, 1, ym)) line.push(up)
  return line
}

/** Superiors reached through a view edge of the unit or of one of its superiors and by no reporting line. */
function viewersAt(edges: readonly Edge[], unit: number, ym: number): Set<number> {
  const line = lineAt(edges, unit, ym)
  const viewers = line.flatMap((u) => {
    const viewer = parentAt(edges, u, 2, ym)
    return viewer === null ? [] : lineAt(edges, viewer, ym)
  })
  return new Set(viewers.filter((v) => !line.includes(v)))
}

/** Path of a month from the top, four base-36 characters a step. */
export const pathAt = (edges: readonly Edge[], unit: number, ym: number): string =>
  lineAt(edges, unit, ym).toReversed().map(segOf).join('')

/** Path under the nearest view superior that the reporting line does not reach, or null. */
export function viewPathAt(edges: readonly Edge[], unit: number, ym: number): string | null {
  const line = lineAt(edges, unit, ym)
  for (const [depth, u] of line.entries()) {
    const viewer = parentAt(edges, u, 2, ym)
    if (viewer !== null && !line.includes(viewer)) {
      return (
        pathAt(edges, viewer, ym) +
        line
          .slice(0, depth + 1)
          .toReversed()
          .map(segOf)
          .join('')
      )
    }
  }
  return null
}

/** Top unit under the city; the city is its own. */
export const districtAt = (edges: readonly Edge[], unit: number, ym: number): number => {
  const line = lineAt(edges, unit, ym)
  return line.at(-2) ?? line[0]!
}

/** How a unit stands to a superior in a month: own 0, below 1, viewed 2, or null. */
export function relationAt(
  edges: readonly Edge[],
  unit: number,
  superior: number,
  ym: number,
): 0 | 1 | 2 | null {
  if (unit === superior) return 0
  if (lineAt(edges, unit, ym).includes(superior)) return 1
  return viewersAt(edges, unit, ym).has(superior) ? 2 : null
}

/** Facts of a period, each with the month whose tree it counts by: a flow its own, a stock the period's last. */
function* counted(sheet: Sheet, period: Period): Generator<[Fact, number]> {
  for (const f of sheet.facts) {
    if (f.stock ? f.ym <= period.untilYm : f.ym >= period.fromYm && f.ym <= period.untilYm)
      yield [f, f.stock ? period.untilYm : f.ym]
  }
}

export type Sums = Map<string, number>
const add = (sums: Sums, key: string, value: number): void => void sums.set(key, (sums.get(key) ?? 0) + value)
/** Drops zeros: a read may leave such rows out. */
export const nonZero = (sums: Sums): Record<string, number> =>
  Object.fromEntries([...sums].filter(([, v]) => v !== 0).sort(([a], [b]) => (a < b ? -1 : 1)))

/** `unit indicator state inside|viewed` → value (then view). */
export function totalsOf(sheet: Sheet, period: Period): Sums {
  const sums: Sums = new Map()
  for (const [f, ym] of counted(sheet, period)) {
    for (const u of sheet.units) {
      const relation = relationAt(sheet.edges, f.org, u, ym)
      if (relation !== null)
        add(sums, `${u} ${f.indicator} ${f.state} ${relation === 2 ? 'viewed' : 'inside'}`, f.value)
    }
  }
  return sums
}

/** `indicator state` → value of a unit by the tree of another month (today view). */
export function todayOf(sheet: Sheet, unit: number, period: Period, todayYm: number): Sums {
  const sums: Sums = new Map()
  for (const [f] of counted(sheet, period)) {
    const relation = relationAt(sheet.edges, f.org, unit, todayYm)
    if (relation === 0 || relation === 1) add(sums, `${f.indicator} ${f.state}`, f.value)
  }
  return sums
}

/** `part line indicator state` → value: own line 0, units directly below 1, units directly viewed 2. */
export function partsOf(sheet: Sheet, unit: number, period: Period): Sums {
  const sums: Sums = new Map()
  for (const [f, ym] of counted(sheet, period)) {
    if (f.org === unit) add(sums, `${unit} 0 ${f.indicator} ${f.state}`, f.value)
    for (const part of lineAt(sheet.edges, f.org, ym)) {
      if (part === unit) break
      if (parentAt(sheet.edges, part, 1, ym) === unit)
        add(sums, `${part} 1 ${f.indicator} ${f.state}`, f.value)
      else if (parentAt(sheet.edges, part, 2, ym) === unit && relationAt(sheet.edges, part, unit, ym) === 2) {
        add(sums, `${part} 2 ${f.indicator} ${f.state}`, f.value)
      }
    }
  }
  return sums
}

/** Value of each month of a period: the flow of the month, or the balance at its end by the tree of that month. */
export function monthsOfYear(
  sheet: Sheet,
  unit: number,
  indicator: string,
  state: 0 | 1,
  year: Period,
): number[] {
  const only = {
    ...sheet,
    units: [unit],
    facts: sheet.facts.filter((f) => f.indicator === indicator && f.state === state),
  }
  return monthsOf(year).map(
    (ym) =>
      totalsOf(only, { ...year, fromYm: ym, untilYm: ym }).get(`${unit} ${indicator} ${state} inside`) ?? 0,
  )
}

/** Units below in any month on any line, the unit itself included: none of them may become its superior. */
export function everBelow(sheet: Sheet, unit: number): Set<number> {
  const below = new Set([unit])
  for (let grown = 0; grown !== below.size;) {
    grown = below.size
    for (const e of sheet.edges) if (below.has(e.parent)) below.add(e.child)
  }
  return below
}

/** A new superior (null ends a view) from a month on; what was decided for later months is replaced. */
export function moved(
  edges: readonly Edge[],
  child: number,
  parent: number | null,
  line: 1 | 2,
  fromYm: number,
): Edge[] {
  const others = edges.filter((e) => e.child !== child || e.line !== line)
  const kept = edges.filter((e) => e.child === child && e.line === line && e.fromYm < fromYm)
  const cut = kept.map((e) => ({ ...e, toYm: Math.min(e.toYm, fromYm) }))
  return [...others, ...cut, ...(parent === null ? [] : [{ child, parent, line, fromYm, toYm: forever }])]
}

/** The superior of a unit in a month, or null. */
export const superiorAt = parentAt
