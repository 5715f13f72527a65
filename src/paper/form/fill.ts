import { longDay } from '#kit/day.ts'
import type { Field, Fields } from '#kit/field/kind.ts'
import { head } from '#kit/head.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import { ofForm, type FormCell, type FormLayout, type FormRow, type OfForm } from './layout.ts'

export type FilledCell = { span: number; rows: number } & (
  { kind: 'label' | 'value' | 'number'; text: string } | { kind: 'foot'; lines: readonly string[] }
)
export type FilledRow = { cells: FilledCell[]; height: number }
export type FilledForm = { title: string; above: readonly [string, string]; rows: FilledRow[]; below: string }

/** Millimetres of a row without a height of its own. */
const rowHeight = 9

/** Whose fields a form binds: a programme, or whatever has fields and children. */
export type Bound = Pick<Programme, 'fields' | 'children'>

const binding = /\{(@?[\w.]+)(\|boxes)?\}/g

/** The names that the words of a layout bind, with the rows of children as `covered.firm`. */
export const bindingsOf = ({ rows, when }: FormLayout): string[] => [
  ...(when ? [when.field] : []),
  ...rows.flatMap((row) =>
    'child' in row
      ? row.columns.map(({ field }) => `${row.child}.${field}`)
      : row.cells.flatMap((cell) => ('say' in cell ? [...cell.say.matchAll(binding)].map((m) => m[1]!) : [])),
  ),
]

/** The field of a binding; undefined for none. */
export const boundField = (programme: Bound, name: string): Field | undefined => {
  const [child, field] = name.split('.')
  if (field !== undefined) return programme.children[child!]?.fields[field]
  return programme.fields[name] ?? (head as Fields)[name]
}

/** A value as it stands on paper; what was not entered leaves room for the hand. */
function written({ kind }: Pick<Field, 'kind'>, value: unknown): string {
  if (kind === 'yesNo' && typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return value.toLocaleString('zh-CN') + (kind === 'money' ? '元' : '')
  if (typeof value !== 'string' || value === '') return ''
  return kind === 'day' ? longDay(value) : value
}

/** All choices, a full square before the one that was made. */
const boxes = ({ choices = ['是', '否'] }: Field, chosen: string): string =>
  choices.map((choice) => `${choice === chosen ? '■' : '□'}${choice}`).join('　')

const gap = '　　　'

/** `equipment.item`: of all rows of children, one behind the other. */
function valueOf(field: Field, name: string, row: AnyRow): string {
  const [child, own] = name.split('.')
  if (own === undefined) return written(field, row[name])
  return ((row[child!] ?? []) as AnyRow[]).map((line) => written(field, line[own])).join('、')
}

function words(text: string, programme: Bound, row: AnyRow, own: OfForm): string {
  const bound = [...text.matchAll(binding)]
  const said = text.replace(binding, (_, name: string, asBoxes?: string) => {
    if (name in ofForm) return own[name as keyof OfForm]
    const field = boundField(programme, name)!
    const value = valueOf(field, name, row)
    return asBoxes ? boxes(field, value) : value || gap
  })
  // Alone in its cell, an empty value needs no room of its own.
  return bound.length === 1 && said.trim() === '' ? '' : said
}

const isNumber = (field: Field | undefined): boolean => field?.kind === 'count' || field?.kind === 'money'

const cell = (kind: 'label' | 'value' | 'number', text: string, span: number): FilledCell => ({
  kind,
  text,
  span,
  rows: 1,
})

function childRows(row: Extract<FormRow, { child: string }>, programme: Bound, record: AnyRow): FilledRow[] {
  const lines = (record[row.child] ?? []) as AnyRow[]
  const empty = Array.from({ length: Math.max(0, row.least - lines.length) }, (): AnyRow => ({}))
  return [
    { cells: row.columns.map((c) => cell('label', c.label, c.span)), height: rowHeight },
    ...[...lines, ...empty].map((line) => ({
      cells: row.columns.map((c) => {
        const field = boundField(programme, `${row.child}.${c.field}`)
        return cell(isNumber(field) ? 'number' : 'value', written(field!, line[c.field]), c.span)
      }),
      height: rowHeight,
    })),
  ]
}

function filledCell(cell: FormCell, programme: Bound, record: AnyRow, own: OfForm): FilledCell {
  const size = { span: cell.span, rows: cell.rows ?? 1 }
  if ('label' in cell) return { ...size, kind: 'label', text: cell.label }
  if ('say' in cell) return { ...size, kind: 'value', text: words(cell.say, programme, record, own) }
  return { ...size, kind: 'foot', lines: cell.foot }
}

/** A layout with the values of a record. @param below what is said of the paper itself, under the table */
export function fillForm(
  layout: FormLayout,
  programme: Bound,
  record: AnyRow,
  own: OfForm,
  below: string,
): FilledForm {
  return {
    title: layout.title,
    above: [`填报单位：${own['@org']}`, `填表日期：${own['@today']}`],
    rows: layout.rows.flatMap((row) =>
      'child' in row
        ? childRows(row, programme, record)
        : [
            {
              cells: row.cells.map((cell) => filledCell(cell, programme, record, own)),
              height: row.height ?? rowHeight,
            },
          ],
    ),
    below,
  }
}
