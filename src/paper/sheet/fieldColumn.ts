import type { Field } from '#kit/field/kind.ts'
import type { BookColumn, ColumnKind } from './book.ts'
import type { Cell } from './cell.ts'

const kinds: Partial<Record<Field['kind'], ColumnKind>> = { count: 'number', money: 'money', day: 'day' }

export const widthOf = (label: string, least: number): number => Math.max(least, label.length * 2 + 4)

/** A field as a column of a workbook, with what may stand in it. */
export function columnOf(field: Field, required = field.required): BookColumn {
  const choices = field.kind === 'yesNo' ? ['是', '否'] : field.choices
  const kind = kinds[field.kind] ?? 'text'
  const how = { number: '填数字', money: '填数字，单位元', day: '填日期，如 2019-08-05', text: '' }[kind]
  const note = [
    required ? '必填' : '选填',
    choices ? '从下拉列表中选择' : how,
    field.max !== undefined && kind === 'text' && !choices ? `最多 ${field.max} 个字` : '',
    field.hint ?? '',
  ]
  return {
    title: field.label,
    kind,
    width: widthOf(field.label, kind === 'day' ? 13 : 12),
    required,
    note: note.filter(Boolean).join('；'),
    ...(choices ? { choices } : {}),
  }
}

/** A value of a field as its cell, so that reading it back gives the value again. */
export function cellOf({ kind }: Pick<Field, 'kind'>, value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (kind === 'yesNo') return value ? '是' : '否'
  if (kind === 'day') return { day: value as string }
  return typeof value === 'number' ? value : (value as string)
}
