import { namesWork } from '../topics.ts'
import { withoutTimes } from '../when.ts'
import { captionSaid, type Caption } from './caption.ts'
import { gridOf, type Grid, type GridCell } from './grid.ts'
import { headRole, spoken, toldOf, wholeOf, type Told } from './spoken.ts'
import {
  bare,
  isNumber,
  isSubtotal,
  isTotal,
  makeYear,
  namesUnits,
  roleOf,
  timeOf,
  unitOfCaption,
  type Role,
} from './words.ts'

/** What a table says of one of its cells: read between `before` and `after`, its text is a sentence of its own. */
export interface Said {
  row: number
  column: number
  /** Its time, its labels and its heads, as a sentence would say them. */
  before: string
  /** Its unit, where it has none of its own. */
  after: string
  /** What is planned, and what is told beside a figure and is none of an indicator. */
  role: Role
  /** The unit whose row it is, by the name it bears there. */
  of: string | null
  /** A sum of its column, of its row, of both; or of a part of them (小计). */
  total: 'column' | 'row' | 'both' | 'part' | null
  /** Of what times it is the sum, where they make no year. */
  over: 'years' | 'parts' | null
  isPart: boolean
  caption: Caption
}

/**
 * What the heads and labels of a table say of the cells below and beside them; empty where no head is understood.
 * @param captions the lines above the table
 */
export function saidOf(cells: readonly GridCell[], captions: readonly string[]): Said[] {
  const grid = gridOf(cells)
  if (!grid) return []
  const titles = [...captions, ...grid.titles]
  const told = {
    ...toldOf(grid, {
      whole: captionOf(grid, titles),
      unit: unitOfTable(titles),
      role: roleOf(titles.join('')),
    }),
    caption: captionSaid(titles),
    overRows: overRows(grid),
  }
  const body = new Set(grid.rows)
  return cells
    .filter(({ row, text }) => body.has(row) && text.trim() !== '')
    .map((cell) =>
      isNumber(cell.text) && !grid.isLabel(cell.column) ? ofNumber(cell, told) : ofText(cell, told),
    )
}

const unitOfTable = (titles: readonly string[]): string | null =>
  titles.map(unitOfCaption).findLast((unit) => unit !== null) ?? null

function captionOf(grid: Grid, titles: readonly string[]): string {
  const words = grid.rows.flatMap((row) => grid.labelsOf(row, grid.columns).map(({ text }) => text))
  for (let column = 0; column < grid.columns; column++) words.push(...grid.headOf(column))
  if (words.some(namesWork)) return ''
  return (
    titles
      .map((text) => withoutTimes(bare(text).replaceAll(/[。，；！？]/g, '')))
      .findLast((text) => namesWork(text)) ?? ''
  )
}

/** Prose in a cell goes on with what its row is of; what a column of tasks holds is planned. */
function ofText({ row, column }: GridCell, { grid, role, caption }: InTable): Said {
  const labels = grid.labelsOf(row, column)
  const of = grid.unitNamed(row)
  const own = headRole(grid.headOf(column))
  return {
    ...plain(row, column, caption),
    before: labels.length > 0 ? `${labels.map(({ text }) => bare(text)).join('，')}：` : '',
    role: own === 'beside' ? null : (own ?? (role === 'plan' ? role : null)),
    of: of !== null && !isSum(of) && !namesUnits(grid.headOf(column).at(-1) ?? '') ? of : null,
  }
}

interface InTable extends Told {
  caption: Caption
  overRows: Said['over']
}

const isSum = (text: string): boolean => isTotal(text) || isSubtotal(text)

const plain = (row: number, column: number, caption: Caption): Said => ({
  row,
  column,
  before: '',
  after: '',
  role: null,
  of: null,
  total: null,
  over: null,
  isPart: false,
  caption,
})

function ofNumber(cell: GridCell, told: InTable): Said {
  const { grid } = told
  const { row, column } = cell
  const one = spoken(cell, told)
  const parent = one.isPart ? wholeOf(cell, told) : null
  const ofRow = [grid.unitNamed(row) ?? '', ...grid.labelsOf(row, grid.columns).map(({ text }) => text)]
  const total = totalOf(ofRow, one.heads)
  return {
    ...plain(row, column, told.caption),
    before: parent ? `${parent}，其中${one.own}` : one.before,
    after: one.after,
    role: one.role ?? (told.role === 'plan' ? 'plan' : null),
    of: one.of,
    total,
    over: overTotal(total, told.overRows, () => overColumns(grid, column)),
    isPart: one.isPart,
  }
}

function totalOf(labels: readonly string[], heads: readonly string[]): Said['total'] {
  if (labels.some(isSubtotal) || heads.some(isSubtotal)) return 'part'
  const [down, across] = [labels.some(isTotal), heads.some(isTotal)]
  return down && across ? 'both' : down ? 'column' : across ? 'row' : null
}

/** Of what times a sum is: one of a row and a column is of both. */
function overTotal(total: Said['total'], rows: Said['over'], columns: () => Said['over']): Said['over'] {
  if (total === 'row' || (total === 'both' && rows === null)) return columns()
  return total === 'column' || total === 'both' ? rows : null
}

const overOf = (times: readonly string[]): Said['over'] =>
  times.length === 0
    ? null
    : times.some((text) => timeOf(text) === 'year')
      ? 'years'
      : makeYear(times)
        ? null
        : 'parts'

const overRows = (grid: Grid): Said['over'] =>
  overOf(
    grid.rows.flatMap((row) =>
      grid
        .labelsOf(row, grid.columns)
        .map(({ text }) => text)
        .filter((text) => timeOf(text) !== null),
    ),
  )

/** A time that stands above the sum too is that of all of them. */
function overColumns(grid: Grid, total: number): Said['over'] {
  const own = grid.headOf(total)
  const all = Array.from({ length: grid.columns }, (_, column) => grid.headOf(column)).flat()
  return overOf(all.filter((text) => timeOf(text) !== null && !own.includes(text)))
}
