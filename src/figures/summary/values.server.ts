import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { periodCode, type Period } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { isTooSmallToPrint } from '../disclosure/bound.ts'
import { readReleased } from '../disclosure/released.server.ts'
import { estimatesOf } from '../earlier/read.server.ts'
import { estimatedParts } from '../estimates.server.ts'
import { figuresOf, inUnit } from '../service.server.ts'
import { chipKey, chipsOf, periodOfChip, type Chip, type Draft } from './draft.ts'
import type { ChipValue } from './render.ts'

const byId = new Map(indicators.map((entry) => [entry.id, entry.indicator]))

/** Units and periods that one summary may draw figures from: each is a question to the database. */
export const MOST_SOURCES = 40

type Unit = { id: number; code: string; shortName: string; scopeCode: string; viewCode: string | null }
type Group = { org: number; isOwn: boolean; period: Period; chips: Chip[] }

function groupsOf(draft: Pick<Draft, 'blocks'>, own: number, year: number): Group[] {
  const groups = new Map<string, Group>()
  for (const chip of chipsOf(draft)) {
    const period = periodOfChip(chip, year)
    const org = chip.org ?? own
    const key = `${org} ${periodCode(period)}`
    const isOwn = org === own && periodCode(period) === String(year)
    const group = groups.get(key) ?? { org, isOwn, period, chips: [] }
    group.chips.push(chip)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/**
 * The value of each figure of a draft, by chipKey. What is too small for print is null; a figure of a unit below or of a part
 * of the year whose cells are protected is told only as far as released tables tell it, since its difference to the whole
 * would tell the rest.
 */
export async function readChips(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  draft: Pick<Draft, 'blocks'>,
  year: number,
  /** Values of the own year as the books hold them, where they are known already. */
  ownYear: ReadonlyMap<string, number> | null = null,
): Promise<Map<string, ChipValue>> {
  const values = new Map<string, ChipValue>()
  const units = await unitsOf(tx, actor, draft)
  const month = monthOf(deps.today())
  for (const { org, isOwn, period, chips } of groupsOf(draft, actor.org.id, year)) {
    const unit = org === actor.org.id ? null : units.get(org)
    if (unit === undefined) {
      for (const chip of chips) values.set(chipKey(chip, year), { value: null, org: null })
      continue
    }
    const books =
      isOwn && ownYear
        ? ownYear
        : new Map((await figuresOf(tx, org, period, 'then', month)).map((f) => [f.indicator, f.value]))
    const estimates = isOwn ? null : await estimatesOfPeriod(tx, org, period, books)
    const guarded = isOwn ? [] : chips.map((c) => c.indicator).filter((id) => byId.get(id)?.cell !== 'none')
    const released = guarded.length === 0 ? null : await readReleased(tx, [org], guarded, period)
    for (const chip of chips) {
      const isGuarded = guarded.includes(chip.indicator)
      const estimate = isGuarded ? undefined : estimates?.get(chip.indicator)
      const told = isGuarded
        ? released!(org, chip.indicator).value
        : (estimate ?? printable(chip.indicator, books))
      values.set(chipKey(chip, year), {
        value: told === null ? null : inUnit(chip.indicator, told),
        org: unit && { code: unit.code, shortName: unit.shortName },
        ...(estimate === undefined ? {} : { isEstimate: true as const }),
      })
    }
  }
  return values
}

/** Figures of another period that nothing but estimates stands behind: records of grade 估报 alone, or a total of a year without records. */
async function estimatesOfPeriod(
  tx: Tx,
  org: number,
  period: Period,
  books: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const parts = await estimatedParts(tx, org, period)
  const found = new Map(
    parts.filter((p) => p.value === books.get(p.indicator)).map((p) => [p.indicator, p.value]),
  )
  if (period.calendar !== 'year') return found
  const year = Math.floor(period.untilYm / 100)
  for (const { indicator, value } of await estimatesOf(tx, org, [year])) found.set(indicator, value)
  return found
}

function printable(id: string, books: ReadonlyMap<string, number>): number | null {
  const indicator = byId.get(id)
  if (!indicator) return null
  const value = books.get(id) ?? 0
  const { beside } = indicator
  const count = beside === undefined ? undefined : byId.get(beside)
  const counted = count && { indicator: count, value: books.get(beside!) ?? 0 }
  return value !== 0 && isTooSmallToPrint({ indicator, value }, counted) ? null : value
}

/** The units that a draft names, as far as the actor may read figures there. */
async function unitsOf(tx: Tx, actor: Actor, draft: Pick<Draft, 'blocks'>): Promise<Map<number, Unit>> {
  const ids = [...new Set(chipsOf(draft).flatMap(({ org }) => (org === undefined ? [] : [org])))]
  if (ids.length === 0) return new Map()
  const found = await rows<Unit>(
    tx,
    sql`SELECT id, org_code AS code, short_name AS "shortName", scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org
      WHERE id = ANY (${ids}::int[])`,
  )
  return new Map(found.filter((unit) => can(actor, 'figure.read', unit)).map((unit) => [unit.id, unit]))
}

/** Refuses figures that no programme declares, units out of reach, and more sources than can be asked. @throws Problem.invalid */
export async function checkChips(
  tx: Tx,
  actor: Actor,
  draft: Pick<Draft, 'blocks'>,
  year: number,
): Promise<void> {
  const units = await unitsOf(tx, actor, draft)
  const issues = chipsOf(draft).flatMap(({ indicator, org, style }) => {
    const declared = byId.get(indicator)
    if (!declared) return [{ field: 'draft', message: `没有“${indicator}”这个指标，请删去后重新插入` }]
    if (org !== undefined && org !== actor.org.id && !units.has(org))
      return [{ field: 'draft', message: `“${declared.label}”所指的单位不在您的范围内，请重新选择` }]
    if (style !== undefined && style !== 'exact' && declared.kind === 'money')
      return [{ field: 'draft', message: `“${declared.label}”是金额，只能写准确数` }]
    return []
  })
  if (groupsOf(draft, actor.org.id, year).length > MOST_SOURCES)
    issues.push({
      field: 'draft',
      message: `一份总结最多引用 ${MOST_SOURCES} 组不同单位和期间的数字，请减少一些`,
    })
  if (issues.length > 0) throw Problem.invalid({ issues: issues.slice(0, 20) })
}
