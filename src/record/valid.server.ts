import { Problem } from '#kit/problem.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { RuleBook } from '#kit/rule.ts'
import { validate } from '#kit/validate.ts'
import { rulesFor } from '#rules/tables.server.ts'
import type { Tx } from '#server/database.server.ts'

/** Reads a body or refuses it at its fields. @throws Problem.invalid */
export async function mustBeValid(
  tx: Tx,
  programme: Programme,
  body: AnyRow,
  today: string,
): Promise<AnyRow> {
  return validRow(programme, body, today, await rulesFor(tx, programme))
}

/** The same under tables that were read already; `prefix` stands before the fields of what is told. @throws Problem.invalid */
export function validRow(
  programme: Programme,
  body: AnyRow,
  today: string,
  rules: RuleBook,
  prefix = '',
): AnyRow {
  const { row, issues } = validate(programme, body, today, rules)
  if (row === null) throw Problem.invalid({ issues: issues.map((i) => ({ ...i, field: prefix + i.field })) })
  return row
}
