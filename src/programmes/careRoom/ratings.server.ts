import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { builtInRules } from '#kit/rule.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Actor } from '#identity/actor.ts'
import { handsOf } from '#record/hands.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { getRecord } from '#record/act.server.ts'
import { keeperOf } from '#record/spine.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { mayOn } from './change.server.ts'
import { careRoom } from './definition.ts'
import { actsFor, columnOf, columns, type Column, type RatingState, type SubsidyState } from './rating.ts'
import type { Rating, Ratings, Visit } from './ratingApi.ts'
import { gradeNames, gradesOffered, roomSubsidies, type SheetLine } from './tables.ts'

type Score = { key: string; col: Column; points: number; note: string; by: string }
type Money = NonNullable<Rating['subsidy']>
type Found = Omit<Rating, 'lines' | 'notice' | 'column' | 'acts' | 'claimable' | 'state' | 'subsidy'> & {
  state: RatingState
  sheetLines: SheetLine[]
  scores: Score[]
  noticeId: string | null
  subsidy:
    | (Omit<Money, 'steps' | 'state'> & {
        state: SubsidyState
        steps: { label: string; by: string | null; on: string | null }[]
      })
    | null
}

const nameOf = (column: string) =>
  sql`(SELECT a.name FROM app.account a WHERE a.person_id = s.${sql.ref(column)} ORDER BY a.id LIMIT 1)`
const step = (label: string, what: string) =>
  sql`jsonb_build_object('label', ${label}::text, 'by', ${nameOf(`${what}_by`)}, 'on', s.${sql.ref(`${what}_on`)})`

const money = sql`(SELECT jsonb_build_object('id', s.id, 'amount', s.amount, 'basis', s.basis, 'state', s.state, 'voucher', s.voucher, 'reason', s.reason,
    'steps', jsonb_build_array(${step('录入', 'entered')}, ${step('复核', 'checked')}, ${step('批准', 'approved')}, ${step('支付', 'paid')}))
  FROM app.care_room_subsidy s WHERE s.district_id = g.district_id AND s.rating_id = g.id ORDER BY s.state = 'refused', s.id DESC LIMIT 1)`

const scores = sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('key', c.line_key, 'col', c.col, 'points', c.points, 'note', c.note, 'by', a.name)), '[]')
  FROM app.care_room_score c JOIN app.account a ON a.id = c.scored_by WHERE c.district_id = g.district_id AND c.rating_id = g.id)`

/** Applications, visits and money of a room, with what the reader may do. @throws Problem.notFound */
export async function readRatings(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Ratings> {
  const { spine, row } = await getRecord(tx, actor, careRoom, id)
  const today = deps.today()
  const of = sql`district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid`
  const found = await rows<{ g: Found }>(
    tx,
    sql`SELECT jsonb_build_object('id', g.id, 'grade', g.grade, 'sheet', g.sheet, 'basis', g.sheet_basis, 'leastPoints', g.least_points, 'state', g.state,
        'appliedOn', g.applied_on, 'plaqueNo', g.plaque_no, 'grantedOn', g.granted_on, 'endedOn', g.ended_on, 'reason', g.reason, 'version', g.version,
        'noticeId', g.notice_id, 'sheetLines', g.lines, 'scores', ${scores}, 'subsidy', ${money}) AS g
      FROM app.care_room_rating g WHERE ${of} ORDER BY g.applied_on DESC, g.id DESC LIMIT ${bounds.careRoomRatings.most}`,
  )
  const visits = await rows<Omit<Visit, 'isLate'>>(
    tx,
    sql`SELECT id, kind, due_on AS "dueOn", done_on AS "doneOn", result, findings FROM app.care_room_inspection WHERE ${of}
      ORDER BY done_on IS NOT NULL, coalesce(done_on, due_on) DESC, id LIMIT ${bounds.careRoomVisits.most}`,
  )
  const hands = await handsOf(deps, tx, actor, keeperOf(spine))
  const notices = await noticesOf(
    deps,
    tx,
    found.flatMap(({ g }) => g.noticeId ?? []),
  )
  const book = await readRules(tx)
  const lives = row['delistedOn'] === null
  const may = {
    apply:
      lives &&
      hands.includes('owner') &&
      !found.some(({ g }) => ['self', 'district', 'city', 'notice'].includes(g.state)),
    visit: lives && mayOn(actor, 'careRoom.visit', spine),
    pay: mayOn(actor, 'careRoom.pay', spine),
    delist: lives && mayOn(actor, 'careRoom.delist', spine),
  }
  return {
    ratings: found.map(({ g }) => ratingOf(g, hands, notices, book)),
    visits: visits.map((v) => ({ ...v, isLate: v.doneOn === null && v.dueOn < today })),
    offered: may.apply
      ? gradeNames.flatMap((grade) => {
          const asked = book.on(gradesOffered[grade].sheet, today).value.grades.find((g) => g.grade === grade)
          return asked ? [{ ...asked, fits: Number(row['area']) >= asked.leastArea }] : []
        })
      : [],
    may,
  }
}

function ratingOf(
  { sheetLines, scores: scored, noticeId, subsidy, ...rest }: Found,
  hands: Parameters<typeof actsFor>[1],
  notices: Awaited<ReturnType<typeof noticesOf>>,
  book: typeof builtInRules,
): Rating {
  const open = columnOf(rest.state)
  const notice = noticeId === null ? null : notices.get(noticeId)
  const claims = subsidy === null || subsidy.state === 'refused'
  const amount =
    rest.state === 'granted' && rest.grantedOn !== null && claims
      ? book.on(roomSubsidies, rest.grantedOn).value.amounts.find((one) => one.grade === rest.grade)
      : undefined
  return {
    ...rest,
    lines: sheetLines.map((line) => {
      const cells = columns.map((col) => {
        const cell = scored.find((s) => s.key === line.key && s.col === col)
        return [col, cell ? { points: cell.points, note: cell.note, by: cell.by } : null] as const
      })
      return { ...line, ...(Object.fromEntries(cells) as Pick<Rating['lines'][number], Column>) }
    }),
    notice: notice ? { id: notice.id, state: notice.state, closesOn: notice.closesOn } : null,
    column: open && hands.includes(open.by) ? open.column : null,
    acts: actsFor(rest.state, hands),
    subsidy: subsidy && {
      ...subsidy,
      // The number of the rule's version stands before its basis.
      basis: subsidy.basis.replace(/^\S+\u3000/, ''),
      steps: subsidy.steps.flatMap(({ label, by, on }) =>
        on === null ? [] : [{ label, by: by ?? '—', on }],
      ),
    },
    claimable: amount?.yuan ?? null,
  }
}
