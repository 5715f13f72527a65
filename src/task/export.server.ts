import { sql } from 'kysely'
import type { Field } from '#kit/field/kind.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { tierLabels, type Tier } from '#org/api.ts'
import type { Book, BookColumn, BookRow, ColumnKind } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { TaskState } from './api.ts'
import { superior } from './follow.server.ts'
import { getTask, owed, stateSql } from './read.server.ts'
import { surveyFields } from './rules.ts'
import { stateWords } from './words.ts'

const kinds: Partial<Record<Field['kind'], ColumnKind>> = { count: 'number', money: 'money', day: 'day' }

const head: readonly BookColumn[] = [
  { title: '单位编码', kind: 'text', width: 14 },
  { title: '单位', kind: 'text', width: 36 },
  { title: '层级', kind: 'text', width: 12 },
  { title: '上级', kind: 'text', width: 20 },
  { title: '状态', kind: 'text', width: 10 },
  { title: '上报日期', kind: 'day', width: 12 },
  { title: '零报告', kind: 'text', width: 8 },
]

type Line = {
  code: string
  name: string
  tier: Tier
  above: string
  state: TaskState
  reportedOn: string | null
  isNil: boolean
  answers: Record<string, unknown>
}

/** A cell as a program that counts wants it: numbers as numbers, yes and no as words, what was not said empty. */
function cellOf({ kind }: Field, value: unknown): Cell {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return kind === 'day' ? { day: value } : value
  return typeof value === 'number' ? value : null
}

/**
 * Every unit that a task asks, with its state and its answers, as a workbook for the issuer. A survey's answers are used once and
 * never rolled up: this is where they leave. @throws Problem.notFound, denied to all but the issuer
 */
export async function exportTask(
  tx: Tx,
  work: UnitOfWork,
  id: string,
): Promise<{ title: string; book: Book }> {
  const task = await getTask(tx, id)
  if (task.org_id !== work.actor.org.id) throw Problem.denied({ what: '只有下达单位可以导出' })
  const found = await rows<Line>(
    tx,
    sql`SELECT x.org_code AS code, x.name, x.tier, x.above, x.state, x.reported_on AS "reportedOn", x.is_nil AS "isNil", x.answers FROM app.task t
      CROSS JOIN LATERAL (SELECT u.org_code, u.name, u.tier, ${superior} AS above, ${stateSql} AS state, a.reported_at::date AS reported_on,
        coalesce(a.is_nil, false) AS is_nil, coalesce(a.answers, '{}') AS answers FROM ${owed(task.issuer_scope)}) x
      WHERE t.id = ${id}::uuid ORDER BY x.org_code`,
  )
  const fields = Object.entries(surveyFields(task.questions))
  const columns: BookColumn[] = [
    ...head,
    ...fields.map(([, field]) => ({
      title: field.label,
      kind: kinds[field.kind] ?? ('text' as const),
      width: Math.min(40, Math.max(12, field.label.length * 2)),
    })),
  ]
  const lines: BookRow[] = found.map((line) => ({
    cells: [
      line.code,
      line.name,
      tierLabels[line.tier],
      line.above,
      stateWords[line.state],
      line.reportedOn === null ? null : { day: line.reportedOn },
      line.isNil ? '是' : null,
      ...fields.map(([key, field]) => cellOf(field, line.answers[key])),
    ],
  }))
  work.audit({ districtId: task.district_id, action: 'task.export', object: `task:${id}` })
  return { title: task.title, book: { sheets: [{ name: '填报情况', columns, rows: lines }], keys: {} } }
}
