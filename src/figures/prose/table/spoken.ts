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
export interface Told {
  grid: Grid
  /** The caption, where nothing in the table names any work. */
  whole: string
  unit: string | null
  role: Role
}

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
}

/** A cell by its own labels and heads; where they name no work it goes on with the one before it that does. */
export function spoken(cell: GridCell, told: Told): Spoken {
  const one = spokenAlone(cell, told)
  if (told.whole !== '' || namesWork(one.before)) return one
  const before = workBefore(cell, told)
  return before ? { ...one, before: `${before}，${one.own}` } : one
}

/** What a cell without any work named goes on with: 「女职工培训班 4期」 before 参训, beside it or above it. */
function workBefore({ row, column }: GridCell, told: Told): string | null {
  const { grid } = told
  const isAcross = Array.from({ length: grid.columns }, (_, n) => grid.headOf(n).join('')).some(namesWork)
  const places = isAcross
    ? Array.from({ length: column }, (_, n) => [row, column - 1 - n] as const)
    : grid.rows
        .slice(0, grid.rows.indexOf(row))
        .toReversed()
        .slice(0, MOST_BETWEEN)
        .map((one) => [one, column] as const)
  const read = places
    .map(([r, c]) => ({ row: r, column: c, span: 1, text: grid.text(r, c) }))
    .filter(({ text, column: c }) => isNumber(text) && !grid.isLabel(c) && !grid.isIssue(c))
    .map((cell) => ({ ...spokenAlone(cell, told), text: bare(cell.text) }))
  const at = read.findIndex(({ before, isPart }) => !isPart && namesWork(before))
  const [first, second] = [read[at], read[at + 1]]
  // Of two works side by side, both in 场, what follows may be of both.
  if (!first || (second && namesWork(second.before) && second.after === first.after)) return null
  return `${first.before} ${first.text}${first.after}`
}
const MOST_BETWEEN = 3

function spokenAlone({ row, column, text }: GridCell, { grid, whole, unit }: Told): Spoken {
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
  return {
    heads,
    isPart,
    role,
    own: `${own}${money}`,
    before: `${whole === '' ? '' : `${whole}，`}${when}${upper.join('')}${own}${money}`,
    after,
    of: named === null || isTotal(named) ? null : named,
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
  const before = isDown
    ? grid.rows
        .slice(0, grid.rows.indexOf(row))
        .toReversed()
        .map((one) => [one, column] as const)
    : Array.from({ length: column }, (_, n) => [row, column - 1 - n] as const)
  for (const [r, c] of before) {
    const text = grid.text(r, c)
    const one = spoken({ row: r, column: c, span: 1, text }, told)
    if (one.isPart || !isNumber(text) || grid.isLabel(c)) continue
    return `${one.before} ${bare(text)}${one.after}`
  }
  return null
}

/** The lowest line of a head that says it. */
export const headRole = (heads: readonly string[]): Role =>
  heads.map(roleOf).findLast((role) => role !== null) ?? null
