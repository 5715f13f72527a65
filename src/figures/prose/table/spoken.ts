import { FUNDED } from '../topic.ts'
import { namesWork } from '../topics.ts'
import type { Grid, GridCell } from './grid.ts'
import {
  bare,
  isBareRole,
  isNumber,
  isPartly,
  isTotal,
  isUnitless,
  isWork,
  roleOf,
  timeOf,
  timeWords,
  unitInBrackets,
  unitOf,
  unitOfNoun,
  withoutPartly,
  withoutUnit,
  workOf,
  type Role,
} from './words.ts'

/** What is said of a whole table. */
interface Whole {
  /** The caption, where nothing in the table names any work. */
  whole: string
  unit: string | null
  role: Role
}

export interface Told extends Whole {
  grid: Grid
  /** Whether its heads name work. */
  isAcross: boolean
  /** Where each row stands among those below the heads. */
  places: ReadonlyMap<number, number>
  /** What was read of cells by themselves, by row and column: one is asked for by many. */
  alone: Map<string, Spoken>
}

export const toldOf = (grid: Grid, whole: Whole): Told => ({
  ...whole,
  grid,
  isAcross: Array.from({ length: grid.columns }, (_, n) => grid.headOf(n).join('')).some(namesWork),
  places: new Map(grid.rows.map((row, n) => [row, n])),
  alone: new Map(),
})

/** What the labels and heads of a cell that is a number say. */
export interface Spoken {
  /** Its time, its labels and its heads, as a sentence would say them. */
  before: string
  /** Its unit, where it has none of its own. */
  after: string
  role: Role
  /** The unit whose row it is. */
  of: string | null
  isPart: boolean
  heads: string[]
  /** Its last label and its head alone. */
  own: string
  namesWork: boolean
}

/** A cell by its own labels and heads; where they name no work it goes on with the one before it that does. */
export function spoken(cell: GridCell, told: Told): Spoken {
  const one = spokenAlone(cell, told)
  if (told.whole !== '' || one.namesWork) return one
  const before = workBefore(cell, told)
  return before ? { ...one, before: `${before}，${one.own}` } : one
}

/** What a cell without any work named goes on with: 「女职工培训班 4期」 before 参训, beside it or above it. */
function workBefore({ row, column }: GridCell, told: Told): string | null {
  const { grid } = told
  let first: string | null = null
  let after = ''
  for (const [r, c] of told.isAcross
    ? placesBefore(row, column)
    : placesAbove(row, column, told, MOST_BETWEEN)) {
    const text = grid.text(r, c)
    if (text === '' || grid.isLabel(c) || grid.isIssue(c) || !isNumber(text)) continue
    const one = spokenAlone({ row: r, column: c, span: 1, text }, told)
    // Of two works side by side, both in 场, what follows may be of both.
    if (first !== null) return one.namesWork && one.after === after ? null : first
    if (one.namesWork && !one.isPart) [first, after] = [`${one.before} ${bare(text)}${one.after}`, one.after]
  }
  return first
}
const MOST_BETWEEN = 3

type At = readonly [row: number, column: number]

const placesBefore = (row: number, column: number): At[] =>
  Array.from({ length: column }, (_, n) => [row, column - 1 - n] as const)

function placesAbove(row: number, column: number, { grid, places }: Told, most: number): At[] {
  const at = places.get(row) ?? 0
  return grid.rows
    .slice(Math.max(0, at - most), at)
    .toReversed()
    .map((one) => [one, column] as const)
}

function spokenAlone(cell: GridCell, told: Told): Spoken {
  const key = `${cell.row} ${cell.column}`
  const before = told.alone.get(key)
  if (before) return before
  const read = readAlone(cell, told)
  told.alone.set(key, read)
  return read
}

function readAlone({ row, column, text }: GridCell, { grid, whole, unit }: Told): Spoken {
  const heads = grid.headOf(column)
  const labels = grid.labelsOf(row, column).map((label) => label.text)
  const named = grid.unitNamed(row)
  const isPart = [...heads, ...labels].some(isPartly)
  const times = [...heads, ...labels].filter((word) => timeOf(word) !== null).map(timeWords)
  const works = labels
    .filter((word) => isWork(word) && !isBareRole(word))
    .map(withoutPartly)
    .map(withoutUnit)
  const role = headRole(heads) ?? labels.filter(isBareRole).map(roleOf).at(-1) ?? null
  const work = heads.filter(isWork).map(withoutPartly).map(workOf).join('')
  const after =
    hasUnit(text) || grid.isIssue(column)
      ? ''
      : (unitFor({ heads, labels, over: grid.headsOfLabels, told: grid.unitTold(row) }, role) ??
        (role === 'beside' ? '' : (unit ?? '')))
  const own = `${works.at(-1) ?? ''}${work}${role === 'done' ? '完成' : ''}`
  // 「预算」 and 「支出」 of a work are money for it.
  const money = `${text}${after}`.endsWith('元') && !FUNDED.test(own) ? '经费' : ''
  const upper = works.slice(0, -1).map((word) => `${word}，`)
  // A year is told before a part of it.
  const when = times.toSorted((a, b) => Number(/^\d{4}年/.test(b)) - Number(/^\d{4}年/.test(a))).join('')
  const before = `${whole === '' ? '' : `${whole}，`}${when}${upper.join('')}${own}${money}`
  return {
    heads,
    isPart,
    role,
    own: `${own}${money}`,
    before,
    after,
    of: named === null || isTotal(named) || bare(named) === '小计' ? null : named,
    namesWork: namesWork(before),
  }
}

/** 「36期」, 「90%」: it stands in the cell itself. */
const hasUnit = (text: string): boolean =>
  unitOf(bare(text).replace(/^[^\d]*[\d,，.]+(?:余|多)?/, '')) !== null && !/^[\d,.，]+$/.test(bare(text))

interface UnitTold {
  heads: readonly string[]
  labels: readonly string[]
  /** Heads above the labels: 「项目（期）」. */
  over: readonly string[]
  /** By the row's own cell. */
  told: string | null
}

function unitFor({ heads, labels, over, told }: UnitTold, role: Role): string | null {
  const ofHead = heads.map(unitInBrackets).findLast((unit) => unit !== null) ?? null
  if (ofHead !== null) return ofHead
  // A share without its sign counts in nothing, least of all in what it is of.
  if (role === 'beside' && heads.some(isUnitless)) return null
  const ofNoun = heads.map(unitOfNoun).findLast((unit) => unit !== null) ?? null
  return (
    told ??
    ofNoun ??
    labels.map(unitInBrackets).findLast((unit) => unit !== null) ??
    labels.map(unitOfNoun).findLast((unit) => unit !== null) ??
    over.map(unitInBrackets).findLast((unit) => unit !== null) ??
    null
  )
}

/** A whole and its unit, before a part of it is told: 「女职工培训班 24期」. */
export function wholeOf({ row, column }: GridCell, told: Told): string | null {
  const { grid } = told
  const isDown = grid.labelsOf(row, column).some(({ text }) => isPartly(text))
  const before = isDown ? placesAbove(row, column, told, MOST_PARTS) : placesBefore(row, column)
  for (const [r, c] of before) {
    const text = grid.text(r, c)
    const at = { row: r, column: c, span: 1, text }
    if (grid.isLabel(c) || !isNumber(text) || spokenAlone(at, told).isPart) continue
    const one = spoken(at, told)
    return `${one.before} ${bare(text)}${one.after}`
  }
  return null
}

/** No whole has more parts told below it. */
const MOST_PARTS = 30

/** The lowest line of a head that says it. */
export const headRole = (heads: readonly string[]): Role =>
  heads.map(roleOf).findLast((role) => role !== null) ?? null
