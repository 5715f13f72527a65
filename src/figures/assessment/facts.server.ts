import { sql } from 'kysely'
import { addMonths } from '#kit/day.ts'
import type { Period } from '#kit/period.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { totals } from '../read.server.ts'
import type { SheetLine } from './api.ts'
import { againstOf, scoreOf, type Facts } from './rules.ts'

type Asked = { year: number; fromYm: number; untilYm: number; lines: readonly SheetLine[] }

/** What a formula line says of a unit. */
export type Auto = { value: number; against: number | null; points: number | null }

/** The formula lines of units, from accepted figures of the sheet's months by the tree of the time: no other source is read. */
export async function autoOf(
  tx: Tx,
  sheet: Asked,
  units: readonly number[],
): Promise<Map<number, Map<string, Auto>>> {
  const formulas = sheet.lines.flatMap((line) => (line.formula ? [{ line, formula: line.formula }] : []))
  const codes = [...new Set(formulas.map(({ formula }) => formula.indicator))]
  const found = new Map<number, Map<string, Auto>>(units.map((unit) => [unit, new Map()]))
  if (codes.length === 0 || units.length === 0) return found
  const facts = await factsOf(tx, sheet, units, codes)
  for (const unit of units)
    for (const { line, formula } of formulas) {
      const known = facts(unit, formula.indicator)
      found.get(unit)!.set(line.key, {
        value: known.value,
        against: againstOf(formula, known),
        points: scoreOf(formula, line.points, known),
      })
    }
  return found
}

async function factsOf(
  tx: Tx,
  { year, fromYm, untilYm }: Asked,
  units: readonly number[],
  codes: readonly string[],
): Promise<(unit: number, indicator: string) => Facts> {
  const now: Period = { calendar: 'year', label: '', fromYm, untilYm }
  const before: Period = { ...now, fromYm: addMonths(fromYm, -12), untilYm: addMonths(untilYm, -12) }
  const [sums, heads, plans] = await Promise.all([
    totals(tx, units, [now, before], codes),
    rows<{ id: number; women: number }>(
      tx,
      sql`SELECT u.id, (SELECT coalesce(sum(o.women_members), 0)::int FROM app.org o WHERE o.scope_code >= u.scope_code
          AND o.scope_code < u.scope_code || '~' AND o.closed_on IS NULL) AS women FROM app.org u WHERE u.id = ANY(${[...units]}::int[])`,
    ),
    rows<{ id: number; indicator: string; target: number }>(
      tx,
      sql`SELECT i.owner_id AS id, n.code AS indicator, max(i.target)::float8 AS target FROM app.plan_item i
        JOIN app.plan p ON p.org_id = i.org_id AND p.year = i.year JOIN app.indicator n ON n.id = i.indicator
        WHERE i.owner_id = ANY(${[...units]}::int[]) AND i.year = ${year} AND i.removed_at IS NULL AND p.state = 'adopted' GROUP BY 1, 2`,
    ),
  ])
  const women = new Map(heads.map((one) => [one.id, one.women]))
  return (unit, indicator) => {
    const own = sums.filter(
      (t) => t.org_id === unit && t.indicator === indicator && t.state === 1 && !t.viewed,
    )
    const sum = (at: number) => own.reduce((total, t) => total + t.values[at]!, 0)
    return {
      value: sum(0),
      lastYear: sum(1),
      plan: plans.find((one) => one.id === unit && one.indicator === indicator)?.target ?? null,
      womenMembers: women.get(unit) ?? 0,
    }
  }
}
