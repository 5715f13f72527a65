import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Book } from '#paper/sheet/book.ts'
import type { Candidates, EntryLine, EventBox, EventDetail, EventLine, EventList, PublicDraw } from './api.ts'
import { nowOf } from './clock.server.ts'
import { instantOf, isLive } from './event.server.ts'
import { presencesOf, sessionsOf } from './session.server.ts'
import { attendanceWords, entryStateWords, noShowWords, phaseOf, type EntryState } from './states.ts'
import { isScanned } from './ticket.ts'

const most = 200

/** Columns of an event line, of `e` with its organiser `o`. */
export const lineColumns = sql`e.id, ${briefOf('o')} AS org, e.kind, e.title, e.place, e.about, e.mode, e.state, e.is_public AS "isPublic",
  ${instantOf('e.opens_at')} AS "opensAt", ${instantOf('e.closes_at')} AS "closesAt", ${instantOf('e.cancel_until')} AS "cancelUntil",
  ${instantOf('e.starts_at')} AS "startsAt", ${instantOf('e.ends_at')} AS "endsAt", e.cap, e.taken, e.waiting, e.has_list AS "hasList", e.series_id AS "seriesId"`

/** Places of `e` that whoever comes first may still have; null where none can be told. Of places that several events share, no more are free here than are free in all. */
export const leftOf = sql`CASE WHEN e.mode = 'firstCome' AND NOT e.is_allotted AND e.kind <> 'match' THEN greatest(0, least(e.cap - e.taken,
  (SELECT min(q.cap - q.taken) FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
    WHERE u.district_id = e.district_id AND u.event_id = e.id AND q.of_org IS NULL AND q.of_sex IS NULL))) END`

/** Events that women of a unit may sign up for: those of the whole city, and those of a unit that it lies in. */
export const openTo = (scopeCode: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(e.is_public OR starts_with(${scopeCode}, o.scope_code)) AND (NOT e.is_allotted OR EXISTS (SELECT FROM app.event_quota_use u
    JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id JOIN app.org h ON h.id = q.of_org
    WHERE u.district_id = e.district_id AND u.event_id = e.id AND starts_with(${scopeCode}, h.scope_code)))`

type Row = Omit<EventLine, 'phase'>
export const phased = <T extends Row>(row: T, now: Date): T & Pick<EventLine, 'phase'> => ({
  ...row,
  phase: phaseOf(row, now),
})

/** Events of the actor's unit, or those that its members may still be signed up for; what is next stands first. */
export async function listEvents(deps: Deps, tx: Tx, actor: Actor, box: EventBox): Promise<EventList> {
  const now = nowOf(deps)
  const where =
    box === 'own'
      ? sql`e.org_id = ${actor.org.id}`
      : sql`e.state = 'open' AND e.closes_at > ${now.toISOString()}::timestamptz AND ${openTo(sql`${actor.org.scopeCode}::text`)}`
  const found = await rows<Row>(
    tx,
    sql`SELECT ${lineColumns} FROM app.event e JOIN app.org o ON o.id = e.org_id WHERE ${where}
      ORDER BY (e.state IN ('draft', 'open')) DESC, CASE WHEN e.state IN ('draft', 'open') THEN e.starts_at END, e.starts_at DESC, e.id LIMIT ${most + 1}`,
  )
  return { rows: found.slice(0, most).map((row) => phased(row, now)), more: found.length > most }
}

type Roster = Omit<EntryLine, 'isProxy'> & { isProxy: boolean }

/** Who signed up, in the order of the line: all of them to the organiser, her own unit's women to another cadre. */
const entriesOf = (tx: Tx, id: string): Promise<Roster[]> =>
  rows<Roster>(
    tx,
    sql`SELECT n.id, CASE WHEN e.kind = 'match' THEN n.id ELSE n.person_id END AS "personId", coalesce(r.name, '（已删除）') AS name, r.org, n.seq, n.turn, n.state, ${instantOf('n.asked_at')} AS "askedAt",
        n.asked_by IS DISTINCT FROM n.person_id AS "isProxy", ${instantOf('n.offer_until')} AS "offerUntil", n.reason, ${instantOf('n.came_at')} AS "cameAt",
        n.came_how AS "cameHow", n.no_show AS "noShow", n.appeal, n.appeal_answer AS "appealAnswer", n.is_done AS "isDone", ${presencesOf} AS presences
      FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id JOIN app.event_roster(${id}::uuid) r ON r.id = n.id WHERE n.event_id = ${id}::uuid
      ORDER BY n.state = 'placed' DESC, n.state IN ('offered', 'asked') DESC, n.state = 'waiting' DESC, n.turn, n.seq`,
  )

/** One event with who signed up, to its organiser, to units it is open to, to a unit of which a woman signed up. @throws Problem.notFound */
export async function readEvent(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<EventDetail> {
  const now = nowOf(deps)
  type Found = Row &
    Pick<EventDetail, 'version' | 'offerHours' | 'reason' | 'recordId' | 'recordProgramme'> & {
      noShowLimit: number | null
      noShowDays: number | null
      doneSessions: number | null
      doneShare: number | null
      source: string
    }
  const found = await first<Found>(
    tx,
    sql`SELECT ${lineColumns}, e.version, e.offer_hours AS "offerHours", e.reason, e.record_programme AS "recordProgramme",
        (SELECT r.id FROM app.record r WHERE r.id = e.record_id AND ${isLive}) AS "recordId",
        e.no_show_limit AS "noShowLimit", e.no_show_days AS "noShowDays", e.done_sessions AS "doneSessions", e.done_share AS "doneShare", e.draw_source AS source
      FROM app.event e JOIN app.org o ON o.id = e.org_id WHERE e.id = ${id}::uuid AND (e.org_id = ${actor.org.id} OR ${openTo(sql`${actor.org.scopeCode}::text`)}
        OR EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = e.id AND n.org_id = ${actor.org.id} AND e.kind <> 'match'))`,
  )
  if (!found) throw Problem.notFound()
  const isOwner = found.org.id === actor.org.id
  const [entries, sessions, allotments, sexes, slots, draw, words] = await Promise.all([
    entriesOf(tx, id),
    sessionsOf(tx, id),
    rows<EventDetail['allotments'][number]>(
      tx,
      sql`SELECT q.of_org AS "orgId", q.label AS org, q.cap, CASE WHEN ${isOwner}::boolean OR q.of_org = ${actor.org.id} THEN q.taken END AS taken FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
        WHERE u.event_id = ${id}::uuid AND q.of_org IS NOT NULL ORDER BY q.label, q.id`,
    ),
    rows<{ sex: string; cap: number }>(
      tx,
      sql`SELECT q.of_sex AS sex, q.cap FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
        WHERE u.event_id = ${id}::uuid AND q.of_sex IS NOT NULL`,
    ),
    rows<EventDetail['slots'][number]>(
      tx,
      sql`SELECT e.id, ${instantOf('e.starts_at')} AS "startsAt", ${instantOf('e.ends_at')} AS "endsAt", e.cap, e.taken FROM app.event e
        WHERE e.series_id = ${found.seriesId}::uuid AND e.id <> ${id}::uuid ORDER BY e.starts_at, e.id`,
    ),
    first<{ frozenAt: string | null; drawnAt: string | null }>(
      tx,
      sql`SELECT ${instantOf('d.frozen_at')} AS "frozenAt", ${instantOf('d.drawn_at')} AS "drawnAt" FROM app.event_draw d WHERE d.event_id = ${id}::uuid`,
    ),
    rows<EventDetail['words'][number]>(
      tx,
      sql`SELECT w.id, w.body, ${instantOf('w.at')} AS at FROM app.event_word w WHERE w.event_id = ${id}::uuid ORDER BY w.at DESC, w.id`,
    ),
  ])
  const { noShowLimit, noShowDays, doneSessions, doneShare, source, ...line } = found
  const counts: Partial<Record<EntryState, number>> = {}
  for (const { state } of entries) counts[state] = (counts[state] ?? 0) + 1
  return {
    ...phased(line, now),
    noShow: noShowLimit === null ? null : { limit: noShowLimit, days: noShowDays! },
    allotments,
    sexCaps: sexes.length === 0 ? null : { women: capOf(sexes, '女'), men: capOf(sexes, '男') },
    slots,
    sessions,
    doneRule: doneSessions === null ? null : { sessions: doneSessions, share: doneShare! },
    draw:
      found.mode === 'draw'
        ? { source, frozenAt: draw?.frozenAt ?? null, drawnAt: draw?.drawnAt ?? null }
        : null,
    counts: Object.fromEntries(
      (Object.keys(entryStateWords) as EntryState[]).map((state) => [state, counts[state] ?? 0]),
    ) as EventDetail['counts'],
    came: entries.filter((one) => one.cameAt !== null).length,
    entries,
    words,
    isOwner,
    hasScans: isOwner && isScanned(found, now),
  }
}

const capOf = (sexes: readonly { sex: string; cap: number }[], sex: string): number =>
  sexes.find((one) => one.sex === sex)?.cap ?? 0

const printedAt = (iso: string | null): string =>
  iso === null ? '' : new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** The list of an event for the door: name, unit, how she stands, and a column to sign. @throws Problem.notFound */
export async function printList(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ name: string; book: Book }> {
  const found = await readEvent(deps, tx, actor, id)
  if (!found.isOwner) throw Problem.notFound()
  const lines = found.entries.filter(({ state }) => ['placed', 'offered', 'waiting', 'asked'].includes(state))
  const header: [string, number][] = [
    ['序号', 6],
    ['姓名', 14],
    ['单位', 30],
    ['状态', 18],
    ['报名时间', 18],
    ['到场', 22],
    ['签名', 14],
  ]
  return {
    name: `${found.title}名单.xlsx`,
    book: {
      sheets: [
        {
          name: '名单',
          columns: header.map(([title, width]) => ({
            title,
            kind: title === '序号' ? 'number' : 'text',
            width,
          })),
          rows: lines.map((one, n) => ({
            cells: [
              n + 1,
              one.name,
              one.org,
              entryStateWords[one.state],
              printedAt(one.askedAt),
              found.doneRule
                ? `${one.presences.filter(({ counts }) => counts).length}/${found.sessions.length} 次${one.isDone ? '，已完成' : ''}`
                : one.cameHow
                  ? `${printedAt(one.cameAt)} ${attendanceWords[one.cameHow]}`
                  : one.noShow
                    ? noShowWords[one.noShow]
                    : '',
              '',
            ],
          })),
        },
      ],
      keys: {},
    },
  }
}

/** Members of the actor's unit who are not signed up, by name. */
export async function candidatesOf(tx: Tx, actor: Actor, id: string, q: string): Promise<Candidates> {
  return rows<Candidates[number]>(
    tx,
    sql`SELECT p.id, p.name FROM app.person p WHERE p.org_id = ${actor.org.id} AND p.state = 'active' AND p.name IS NOT NULL AND (${q} = '' OR position(${q} IN p.name) > 0)
        AND EXISTS (SELECT FROM app.event e WHERE e.id = ${id}::uuid AND e.kind <> 'match')
        AND NOT EXISTS (SELECT FROM app.enrolment n WHERE n.event_id = ${id}::uuid AND n.person_id = p.id AND n.state IN ('placed', 'waiting', 'offered', 'asked', 'refused'))
      ORDER BY p.name_sort, p.name, p.id LIMIT ${bounds.eventCandidates.most}`,
  )
}

/** A draw for anybody; of an event that is not for the whole city for whoever may read the event. @throws Problem.notFound */
export async function readDraw(tx: Tx, id: string, isReader: boolean): Promise<PublicDraw> {
  const found = await first<PublicDraw>(
    tx,
    sql`SELECT e.id, e.title, o.name AS org, ${instantOf('e.closes_at')} AS "closesAt", e.has_list AS "hasList", d.secret_hash AS "secretHash", d.source,
        ${instantOf('d.frozen_at')} AS "frozenAt", d.places, d.quotas, d.list, d.list_hash AS "listHash", d.public_value AS "publicValue", d.secret, d.seed,
        coalesce(d.withdrawn, '{}') AS withdrawn, ${instantOf('d.drawn_at')} AS "drawnAt", coalesce(d.placed, '{}') AS placed
      FROM app.event_draw d JOIN app.event e ON e.district_id = d.district_id AND e.id = d.event_id JOIN app.org o ON o.id = e.org_id
      WHERE d.event_id = ${id}::uuid AND e.state <> 'draft' AND (e.is_public OR ${isReader}::boolean)`,
  )
  if (!found) throw Problem.notFound()
  return found
}
