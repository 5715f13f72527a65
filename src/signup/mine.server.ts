import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { MyEvent, MyEvents } from './myApi.ts'
import { nowOf } from './clock.server.ts'
import { instantOf } from './event.server.ts'
import { leftOf, lineColumns, openTo, phased } from './read.server.ts'
import { myLink } from './tell.server.ts'

/** What is over stays in her list for so many days; an absence as long as any rule may reach it (`noShow.days` of an event). */
const keptDays = 365
const longestRule = 730

/** What is open to the actor, and where she stands: her own entries first. */
export async function readMyEvents(deps: Deps, tx: Tx, actor: Actor): Promise<MyEvents> {
  const now = nowOf(deps)
  const her = await first<{ scopeCode: string }>(
    tx,
    sql`SELECT o.scope_code AS "scopeCode" FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${actor.personId}::uuid AND p.state = 'active'`,
  )
  const at = sql`${now.toISOString()}::timestamptz`
  const open = sql`e.state = 'open' AND e.starts_at > ${at} AND ${openTo(sql`${her?.scopeCode ?? ''}::text`)}`
  type Row = Omit<MyEvent, 'phase' | 'words' | 'sessions'> & {
    words: MyEvent['words'] | null
    sessions: MyEvent['sessions'] | null
  }
  const found = her
    ? await rows<Row>(
        tx,
        sql`SELECT ${lineColumns}, ${leftOf} AS left, ${myEntryOf}, ${mySessionsOf}, (SELECT jsonb_agg(jsonb_build_object('body', w.body, 'at', to_jsonb(w.at) #>> '{}') ORDER BY w.at DESC)
              FROM app.event_word w WHERE w.district_id = e.district_id AND w.event_id = e.id) AS words
          FROM app.event e JOIN app.org o ON o.id = e.org_id
          LEFT JOIN app.enrolment n ON n.district_id = e.district_id AND n.event_id = e.id AND n.person_id = ${actor.personId}::uuid
          WHERE n.id IS NOT NULL AND e.ends_at > ${at} - make_interval(days => CASE WHEN n.no_show IS NULL THEN ${keptDays}::int ELSE ${longestRule}::int END) OR ${open}
          ORDER BY e.starts_at < ${at}, CASE WHEN e.starts_at >= ${at} THEN e.starts_at END, e.starts_at DESC, e.id LIMIT ${bounds.myEvents.most}`,
      )
    : []
  const news = await rows<MyEvents['news'][number]>(
    tx,
    sql`SELECT m.subject, ${instantOf('m.at')} AS at FROM app.message m WHERE m.account_id = ${actor.accountId}::uuid AND m.link = ${myLink}
      ORDER BY m.at DESC, m.id DESC LIMIT ${bounds.eventNews.most}`,
  )
  return {
    isRegistered: her !== null,
    rows: found.map((row) => phased({ ...row, words: row.words ?? [], sessions: row.sessions ?? [] }, now)),
    news,
  }
}

const mySessionsOf = sql`CASE WHEN e.done_sessions IS NOT NULL THEN jsonb_build_object('sessions', e.done_sessions, 'share', e.done_share) END AS "doneRule",
  (SELECT jsonb_agg(jsonb_build_object('startsAt', to_jsonb(s.starts_at) #>> '{}', 'endsAt', to_jsonb(s.ends_at) #>> '{}', 'state', p.state,
    'counts', coalesce(app.presence_counts(p, s, e.done_share), false)) ORDER BY s.starts_at) FROM app.event_session s
    LEFT JOIN app.event_presence p ON p.district_id = s.district_id AND p.session_id = s.id AND p.enrolment_id = n.id
    WHERE s.district_id = e.district_id AND s.event_id = e.id) AS sessions`

const myEntryOf = sql`CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('id', n.id, 'state', n.state, 'seq', n.seq, 'ahead', app.ahead_in_line(n.id),
  'offerUntil', to_jsonb(n.offer_until) #>> '{}', 'reason', n.reason, 'cameAt', to_jsonb(n.came_at) #>> '{}', 'noShow', n.no_show, 'appealAnswer', n.appeal_answer, 'isDone', n.is_done) END AS entry`
