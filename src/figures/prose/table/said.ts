import { namesWork } from '../topics.ts'
import { gridOf, type Grid, type GridCell } from './grid.ts'
import { headRole, spoken, wholeOf, type Told } from './spoken.ts'
import {
  bare,
  isNumber,
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
  /** A sum of its column, or of its row. */
  total: 'column' | 'row' | null
  /** Of what times it is the sum, where they make no year. */
  over: 'years' | 'parts' | null
  isPart: boolean
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
    grid,
    whole: captionOf(grid, titles),
    unit: unitOfTable(titles),
    role: roleOf(titles.join('')),
    overRows: overRows(grid),
  }
  const body = new Set(grid.rows)
  return cells
    .filter(({ row, text }) => body.has(row) && text.trim() !== '')
    .map((cell) =>
      isNumber(cell.text) && !grid.isLabel(cell.column) ? ofNumber(cell, told) : ofText(cell, told),
    )
}

type Above = { text: string; cell?: unknown }
const isCaption = ({ text, cell }: Above): boolean =>
  cell === undefined && text.trim().length <= 60 && !text.includes('。')

/** The lines above a table that are no text of the report: its title, and 「单位：万元」. */
export const captionsOf = (before: readonly Above[]): string[] => {
  const lines = before.filter(({ text }) => text.trim() !== '').slice(-2)
  const from = lines.findLastIndex((line) => !isCaption(line)) + 1
  return lines.slice(from).map(({ text }) => text.trim())
}

const unitOfTable = (titles: readonly string[]): string | null =>
  titles.map(unitOfCaption).findLast((unit) => unit !== null) ?? null

function captionOf(grid: Grid, titles: readonly string[]): string {
  const words = grid.rows.flatMap((row) => grid.labelsOf(row, grid.columns).map(({ text }) => text))
  for (let column = 0; column < grid.columns; column++) words.push(...grid.headOf(column))
  if (words.some(namesWork)) return ''
  return (
    titles.map((text) => bare(text).replaceAll(/[。，；！？]/g, '')).findLast((text) => namesWork(text)) ?? ''
  )
}

/** Prose in a cell goes on with what its row is of; what a column of tasks holds is planned. */
function ofText({ row, column }: GridCell, { grid, role }: Told): Said {
  const labels = grid.labelsOf(row, column)
  const of = grid.unitNamed(row)
  const own = headRole(grid.headOf(column))
  return {
    ...plain(row, column),
    before: labels.length > 0 ? `${labels.map(({ text }) => bare(text)).join('，')}：` : '',
    role: own === 'beside' ? null : (own ?? (role === 'plan' ? role : null)),
    of: of !== null && !isTotal(of) && !namesUnits(grid.headOf(column).at(-1) ?? '') ? of : null,
  }
}

const plain = (row: number, column: number): Said => ({
  row,
  column,
  before: '',
  after: '',
  role: null,
  of: null,
  total: null,
  over: null,
  isPart: false,
})

function ofNumber(cell: GridCell, told: Told & { overRows: Said['over'] }): Said {
  const { grid } = told
  const { row, column } = cell
  const one = spoken(cell, told)
  const parent = one.isPart ? wholeOf(cell, told) : null
  const total = isTotalRow(grid, row) ? 'column' : one.heads.some(isTotal) ? 'row' : null
  return {
    ...plain(row, column),
    before: parent ? `${parent}，其中${one.own}` : one.before,
    after: one.after,
    role: one.role ?? (told.role === 'plan' ? 'plan' : null),
    of: one.of,
    total,
    over: total === 'column' ? told.overRows : total === 'row' ? overColumns(grid, column) : null,
    isPart: one.isPart,
  }
}

const isTotalRow = (grid: Grid, row: number): boolean =>
  isTotal(grid.unitNamed(row) ?? '') || grid.labelsOf(row, grid.columns).some(({ text }) => isTotal(text))

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
