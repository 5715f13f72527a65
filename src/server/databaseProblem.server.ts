import { Problem } from '#kit/problem.ts'

type PgError = { code?: string; constraint?: string; column?: string; table?: string }

/** What a violated constraint means to the person who acted; a test fails on a constraint that is not covered. */
const byConstraint: Record<string, () => Problem> = {
  idempotency_pkey: () => Problem.inFlight(),
  summary_text_pkey: () => Problem.textChanged(),
  snapshot_pkey: () => Problem.busy(),
  proposal_pkey: () => Problem.draftTaken(),
  org_edge_one_parent: () => Problem.moveOverlaps(),
}

/** Maps a database error to a Problem by SQLSTATE and constraint; what is none of these passes through. */
export function fromDatabase(error: unknown): unknown {
  const { code, constraint, column, table } = error as PgError
  switch (code) {
    case '23505':
    case '23P01':
      return byConstraint[constraint ?? '']?.() ?? Problem.duplicate({ what: constraint ?? '' })
    case '23503':
      return Problem.unknownReference({ what: constraint ?? '' })
    case '23502':
      return Problem.invalid({ issues: [{ field: column ?? '', message: '这一项不能空着' }] })
    case '23514':
      return Problem.invalid({
        issues: [{ field: fieldOf(table, constraint), message: '这一项的值不在允许范围内' }],
      })
    case '42501':
      return Problem.denied({ what: '数据库拒绝了这次操作' })
    case '55P03':
    case '57014':
    case '40001':
    case '40P01':
    case '53300':
      return Problem.busy()
    default:
      return error
  }
}

/** `law_talk`, `law_talk_all_count_check` → `all_count`. */
function fieldOf(table = '', constraint = ''): string {
  return constraint.replace(/_check$/, '').slice(table.length + 1)
}
