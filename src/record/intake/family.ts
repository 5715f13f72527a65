import { withIssues } from '#intake/line.ts'
import { isWrong, type Level, type Line } from '#intake/target.ts'
import type { Issue, Programme } from '#kit/programme.ts'
import { dateKey, ofDay, ofTitle } from './target.ts'

/** A row of the main sheet with its rows on the sheets of children, in the order of the file. */
export type Family = { line: Line; children: Map<string, Line[]> }

/** Puts rows of children to the record that they name; one that names none, or several, says so at its cell. */
export function families(programme: Programme, lines: readonly Line[]): Family[] {
  const list: Family[] = []
  const byTitle = new Map<string, Family[]>()
  for (const line of lines) {
    if (line.sheet !== programme.key) continue
    const family: Family = { line, children: new Map() }
    list.push(family)
    const title = typeof line.values['title'] === 'string' ? line.values['title'].trim() : ''
    byTitle.set(title, [...(byTitle.get(title) ?? []), family])
  }
  for (const line of lines) {
    const title = line.values[ofTitle]
    if (line.sheet === programme.key) continue
    if (typeof title !== 'string') {
      say(line, '请填写所属记录', 'error', ofTitle)
      continue
    }
    const named = byTitle.get(title.trim()) ?? []
    const on = line.values[ofDay]
    const fitting = on === undefined ? named : named.filter((f) => f.line.values[dateKey(programme)] === on)
    if (fitting.length === 1) adopt(fitting[0]!, line)
    else if (fitting.length > 1)
      say(line, `有 ${fitting.length} 条同名的记录，请填写所属记录日期`, 'error', ofDay)
    else if (named.length > 0) say(line, '同名的记录都不是这一天，请核对所属记录日期', 'error', ofDay)
    else say(line, `“${programme.label}”表里没有名称为“${title.slice(0, 30)}”的记录`, 'error', ofTitle)
  }
  return list
}

function adopt(family: Family, line: Line): void {
  line.of = family.line
  const list = family.children.get(line.sheet)
  if (list) list.push(line)
  else family.children.set(line.sheet, [line])
}

export function say(line: Line, message: string, level: Level, column: string | null = null): void {
  line.issues.push({ column, message, level })
}

/** Says what the form's rules found, each at the row and cell where it is mended. */
export function tell(programme: Programme, family: Family, found: readonly Issue[], level: Level): void {
  const { line, children } = family
  const own: Issue[] = []
  for (const { field, message } of found) {
    const [name = '', at, cell] = field.split('.')
    const child = at === undefined ? undefined : children.get(name)?.[Number(at)]
    if (child && level === 'error') child.issues = withIssues(child.issues, [{ field: cell ?? '', message }])
    else if (child) say(child, message, level, cell ?? null)
    else if (Object.hasOwn(programme.children, name))
      say(line, `${programme.children[name]!.label}：${message}`, level)
    else if (level === 'error') own.push({ field, message })
    else say(line, message, level, field || null)
  }
  line.issues = withIssues(line.issues, own)
}

/** A record goes in with all of its rows or not at all: who waits for whom is said at both. */
export function spreadFaults(programme: Programme, { line, children }: Family): void {
  for (const [key, list] of children) {
    const { label } = programme.children[key]!
    const faulty = list.filter(isWrong).map((child) => child.line)
    if (faulty.length > 0) say(line, `“${label}”第 ${faulty.join('、')} 行有错，请先改好`, 'error')
  }
  if (!isWrong(line)) return
  for (const child of [...children.values()].flat())
    if (!isWrong(child)) say(child, `所属记录（第 ${line.line} 行）还没有改好`, 'warning', ofTitle)
}
