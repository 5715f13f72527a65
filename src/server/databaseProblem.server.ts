import { childTableOf, columnName, tableOf } from '#kit/columns.ts'
import type { Fields } from '#kit/field/kind.ts'
import { Problem } from '#kit/problem.ts'
import { programmes } from '#programmes/index.ts'

type PgError = {
  code?: string
  constraint?: string
  column?: string
  table?: string
  message?: string
  syscall?: string
}

const listedAlready = () =>
  Problem.invalid({
    issues: [{ field: 'personIds', message: '其中有人刚刚已列入一个筛查轮次，请刷新后再选' }],
  })

/** What a counter that the database keeps means when it is full: somebody else was quicker. */
const byCheck: Record<string, () => Problem> = {
  screening_day_full_check: () =>
    Problem.invalid({ issues: [{ field: 'dayId', message: '这一天刚刚约满，请刷新后选其他日期或医院' }] }),
  screening_allotment_quota_check: () =>
    Problem.invalid({ issues: [{ field: 'quota', message: '定向名额刚刚用完或已分出，请刷新后再试' }] }),
  screening_round_passed_check: () =>
    Problem.invalid({ issues: [{ field: 'quota', message: '定向名额刚刚已分完，请刷新后再试' }] }),
  screening_round_open_check: () =>
    Problem.invalid({ issues: [{ field: 'quota', message: '公开名额刚刚用完，请刷新后再试' }] }),
}

/** What a doubled key means to the person who acted; every other one is 409.6. */
const byConstraint: Record<string, () => Problem> = {
  idempotency_pkey: () => Problem.inFlight(),
  earlier_total_one_moving: () => Problem.earlierMoved(),
  earlier_total_one_counted: () => Problem.earlierMoved(),
  care_room_rating_one: () => Problem.ratedAlready(),
  care_room_subsidy_once: () => Problem.subsidisedAlready(),
  care_room_listing_one: () => Problem.roomMoved(),
  care_room_point_one: () => Problem.roomMoved(),
  certificate_once: () => Problem.certifiedAlready(),
  certificate_serial: () => Problem.busy(),
  hardship_file_one_live: () => Problem.householdTaken(),
  hardship_kin_one_household: () => Problem.householdTaken(),
  hardship_claim_pkey: () => Problem.claimedAlready(),
  hardship_line_never_twice: () => Problem.onItsWay(),
  hardship_line_replaced_once: () => Problem.onItsWay(),
  hardship_file_no_unique: () => Problem.busy(),
  hardship_batch_no_unique: () => Problem.busy(),
  hardship_handler_once: () =>
    Problem.invalid({ issues: [{ field: 'duty', message: '这位同志已经是该单位的这项经办人' }] }),
  childcare_staff_once: () =>
    Problem.invalid({
      issues: [{ field: 'name', message: '这位同志已在名单里；同名的请加注，例如“王芳（保健）”' }],
    }),
  childcare_paper_pkey: () => Problem.fileChanged(),
  childcare_session_pkey: () => Problem.fileChanged(),
  screening_entry_one_live: () => listedAlready(),
  screening_entry_one_a_round: () => listedAlready(),
  screening_entry_code_unique: () => Problem.busy(),
  screening_day_once: () => Problem.fileChanged(),
  screening_allotment_pkey: () => Problem.fileChanged(),
  contract_text_pkey: () => Problem.fileChanged(),
  contract_text_look_pkey: () => Problem.fileChanged(),
  screening_handler_once: () =>
    Problem.invalid({ issues: [{ field: 'duty', message: '这位同志已经是本轮次的这项经办人' }] }),
  hardship_inquiry_one_waiting: () => Problem.fileChanged(),
  paper_pkey: () => Problem.textChanged(),
  paper_version_pkey: () => Problem.textChanged(),
  snapshot_pkey: () => Problem.busy(),
  proposal_pkey: () => Problem.draftTaken(),
  proposal_one_pending: () => Problem.pendingAlready(),
  person_id_index_unique: () =>
    Problem.registered({
      issue: { field: 'idNumber', message: '此人刚刚已被登记，请刷新后查看' },
      place: 'none',
      id: null,
    }),
  membership_one_at_a_time: () => Problem.elsewhere(),
  person_request_one_open: () => Problem.askedAlready(),
  org_change_one_open: () => Problem.askedAlready(),
  running_change_one_waiting: () => Problem.runningWaits(),
  person_emergency_one_open: () => Problem.emergencyOpen(),
  rule_version_one_waiting: () => Problem.ruleWaits(),
  rule_version_one_a_day: () => Problem.ruleTaken(),
  org_edge_one_parent: () => Problem.moveOverlaps(),
}

const columnsOf = (table: string, fields: Fields, prefix = ''): [string, string][] =>
  Object.keys(fields).map((key) => [`${table}_${columnName(key)}`, prefix + key])

/** `table_column` → field of the form; a cell of a row is named without its line: `titles.level`. */
const fields = new Map([
  ...programmes.flatMap((p) => [
    ...columnsOf(tableOf(p), p.fields),
    ...Object.entries(p.children).flatMap(([name, child]) =>
      columnsOf(childTableOf(p, name), child.fields, `${name}.`),
    ),
  ]),
  ['record_dates', 'endsOn'],
  ['record_starts_on', 'startsOn'],
  ['record_occurred_on', 'endsOn'],
  ['record_title', 'title'],
  ['record_grade', 'grade'],
] as [string, string][])

/** The field that a CHECK or a NOT NULL column stands for; '' when it is none of a form. */
const fieldOf = (name: string): string => fields.get(name.replace(/_check$/, '')) ?? ''

/** A refusal by rights is a fault of ours, not of the person: the log gets the inner text. */
function denied(error: unknown): Problem {
  const problem = Problem.denied({ what: '数据库拒绝了这次操作' })
  problem.cause = error
  return problem
}

/** What the driver says, without a SQLSTATE, of a connection that is gone or that none is free of. */
const lost = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'timeout expired',
  'Client was closed and is not queryable',
])

/** System calls that fail where host or name of the database are out of reach. */
const wire = new Set(['connect', 'read', 'write', 'getaddrinfo'])

/** A database that is away comes back, and the same request is then sent again; the log gets the inner text. */
function away(error: unknown): Problem {
  const problem = Problem.busy()
  problem.cause = error
  return problem
}

function full(error: unknown): Problem {
  const problem = Problem.diskFull()
  problem.cause = error
  return problem
}

/** Maps a database error to a Problem by SQLSTATE and constraint, a lost connection and a full disk; what is none of these passes through. */
export function fromDatabase(error: unknown): unknown {
  const { code, constraint = '', column = '', table = '', message = '', syscall = '' } = error as PgError
  if (lost.has(message) || (wire.has(syscall) && code !== undefined)) return away(error)
  switch (code) {
    case '23505':
    case '23P01':
      return byConstraint[constraint]?.() ?? Problem.duplicate({ what: constraint })
    case '23503':
      return Problem.unknownReference({ what: constraint })
    case '23502':
      return Problem.invalid({
        issues: [{ field: fieldOf(`${table}_${column}`), message: '这一项不能空着' }],
      })
    case '23514':
      if (byCheck[constraint]) return byCheck[constraint]()
      return Problem.invalid({
        issues: [{ field: fieldOf(constraint), message: '这一项的值不在允许范围内' }],
      })
    case '42501':
      return denied(error)
    // A number that no column holds, a text that is no date: what the door's schemas let through.
    case '22003':
    case '22007':
    case '22008':
    case '22021':
    case '22P02':
    case '22P05':
      return Problem.badRequest({ issues: [{ field: '', message: '有一项的值无法识别，请检查后再试' }] })
    case '55P03':
    case '57014':
    case '40001':
    case '40P01':
    case '53300':
      return Problem.busy()
    case '08000':
    case '08001':
    case '08004':
    case '25P03':
    case '08003':
    case '08006':
    case '57P01':
    case '57P02':
    case '57P03':
    case '57P05':
    case 'ECONNRESET':
    case 'EPIPE':
      return away(error)
    case '53100':
    case 'ENOSPC':
      return full(error)
    default:
      return error
  }
}
