import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import { addDays, longDay, monthsAfter } from '#kit/day.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { aidTurns, hadNoAid } from './aid.server.ts'
import { dutiesOf, handled, standsAt } from './hands.server.ts'
import { atCentre, hadFile, nextOf } from './next.ts'
import { hardshipTerms } from './rules.ts'
import { aidStateWords, type AidState, type Duty, type FileState, type Step } from './states.ts'

type Found = {
  id: string
  state: FileState
  org: OrgBrief
  centre: OrgBrief
  org_id: number
  centre_id: number
  applied_person: string
  checked_person: string | null
  /** Whether her own unit has somebody who may check it: then it is not with the centre yet. */
  unitChecks: boolean
  appliedOn: string
  recheckedOn: string | null
  noticeId: string | null
  at: string
}

const label = '困难职工档案'
/** A re-check comes into sight so many days before its day. */
const ahead = 30

/** Whether a unit has somebody named and in office who may take the step. */
const unitMay = (
  matter: RawBuilder<unknown>,
  org: RawBuilder<unknown>,
  duties: readonly Duty[],
): RawBuilder<unknown> =>
  sql`EXISTS (SELECT FROM app.hardship_hands(${matter}, ${org}, ${[...duties]}::text[]))`

/** Files and aids whose next step is hers, by what she is named for; a file is told by its day, never by a name. */
export const hardshipWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const own = await dutiesOf(tx, actor)
  if (own.length === 0) return nothing
  const today = deps.today()
  const { recheckMonths } = (await readRules(tx)).on(hardshipTerms, today).value
  const hers = atCentre.filter((state) => nextOf(state)!.by.some((duty) => own.includes(duty)))
  const files = await rows<Found>(
    tx,
    sql`SELECT f.id, f.state, ${briefOf('o')} AS org, ${briefOf('c')} AS centre, f.org_id, f.centre_id, f.applied_person, f.checked_person, h.unit_checks AS "unitChecks",
        f.applied_on::text AS "appliedOn", f.rechecked_on::text AS "recheckedOn", f.notice_id AS "noticeId", to_jsonb(f.updated_at) #>> '{}' AS at
      FROM app.hardship_file f JOIN app.org o ON o.id = f.org_id JOIN app.org c ON c.id = f.centre_id
      CROSS JOIN LATERAL (SELECT f.state = 'applied' AND ${unitMay(sql`f.id`, sql`f.org_id`, nextOf('applied')!.by)} AS unit_checks) h
      WHERE ${handled(actor, 'f.org_id', 'f.centre_id')} AND f.person_id <> ${actor.personId}::uuid
        AND f.state NOT IN ('closed', 'refused', 'withdrawn')
        AND NOT (f.state = 'returned' AND f.applied_person = f.person_id) AND (f.org_id = ${actor.org.id} OR f.state = ANY (${hers}::text[]) AND NOT h.unit_checks)
        AND (f.state <> 'open' OR f.rechecked_on <= (${addDays(today, ahead)}::date - make_interval(months => ${recheckMonths}::int))::date)
      ORDER BY f.updated_at, f.id LIMIT ${mostOfOne + 1}`,
  )
  const notices = await noticesOf(
    deps,
    tx,
    files.flatMap(({ noticeId }) => noticeId ?? []),
  )
  const waits = files.flatMap((file): Waiting[] => {
    const card = {
      id: file.id,
      kind: 'matter' as const,
      label,
      title: `${longDay(file.appliedOn)}登记的困难档案`,
      org: file.org,
      at: file.at,
      link: `/hardship/files/${file.id}`,
    }
    const next = nextOf(file.state)
    const notice = notices.get(file.noticeId ?? '')
    const isUp = file.state !== 'noticed' || notice?.state === 'passed'
    const atUnit = next?.at === 'unit' || (next?.at === 'either' && file.unitChecks)
    const isHers =
      next !== null &&
      standsAt(actor, atUnit ? { at: 'unit' } : next, file) &&
      next.by.some((duty) => own.includes(duty)) &&
      !hadFile(file.state, file).includes(actor.personId)
    if (next && isHers && isUp) {
      const due =
        file.state === 'open'
          ? { on: monthsAfter(file.recheckedOn!, recheckMonths) }
          : { turn: next.box === 'review' ? ('review' as const) : ('mend' as const) }
      // A notice that has passed hands a file on, not the day on which it was put up.
      const at = file.state === 'noticed' ? addDays(notice!.closesOn, 1) : card.at
      return [
        { ...card, at, box: next.box, what: next.what, due, minutes: next.box === 'review' ? aLook : aPaper },
      ]
    }
    // What her unit has sent on stands there until it is answered.
    if (file.org_id !== actor.org.id || file.state === 'open' || file.state === 'returned') return []
    const what = isUp ? `现由${(atUnit ? file.org : file.centre).shortName}办理` : '正在公示'
    return [{ ...card, box: 'mine', what, due: null, minutes: null }]
  })
  return brought([...waits, ...(await aidCards(tx, actor, own))], files)
}

/** A centre settles aids by the list, so the aids of one step are one card. */
async function aidCards(tx: Tx, actor: Actor, own: readonly Duty[]): Promise<Waiting[]> {
  const unit = actor.org.id
  const hers = (Object.entries(aidTurns) as [AidState, Pick<Step, 'at' | 'by'>][]).flatMap(
    ([state, { at, by }]) => {
      if (!by.some((duty) => own.includes(duty))) return []
      const here =
        at === 'either'
          ? sql`(g.org_id = ${unit} OR g.centre_id = ${unit} AND NOT ${unitMay(sql`g.id`, sql`g.org_id`, by)})`
          : sql`g.centre_id = ${unit}`
      return [sql`g.state = ${state} AND ${here}`]
    },
  )
  if (hers.length === 0) return []
  const found = await rows<{ state: AidState; count: number; at: string }>(
    tx,
    sql`SELECT g.state, count(*)::int AS count, min(coalesce(g.turned_on, g.asked_on))::text AS at FROM app.hardship_aid g
      WHERE ${handled(actor, 'g.org_id', 'g.centre_id')} AND g.person_id <> ${actor.personId}::uuid AND ${hadNoAid(actor.personId)}
        AND (${sql.join(hers, sql` OR `)}) GROUP BY g.state ORDER BY g.state`,
  )
  return found.map(({ state, count, at }) => ({
    box: 'review',
    id: `aids-${state}`,
    kind: 'matter',
    label: '困难帮扶',
    title: `${count} 笔帮扶${aidStateWords[state]}`,
    org: ownUnit(actor),
    at,
    what: aidStateWords[state],
    due: { turn: 'review' },
    minutes: count * aLook,
    link: `/hardship/aids?aid=${state}`,
  }))
}
