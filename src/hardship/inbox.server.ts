import { sql } from 'kysely'
import { mostOfOne, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import { addDays, longDay } from '#kit/day.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { rows } from '#server/database.server.ts'
import { aidTurns } from './aid.server.ts'
import { monthsAfter } from './clock.ts'
import { dutiesOf, handled, standsAt } from './hands.server.ts'
import { atCentre, nextOf } from './next.ts'
import { hardshipTerms } from './rules.ts'
import { aidStateWords, type AidState, type FileState, type Step } from './states.ts'

type Found = {
  id: string
  state: FileState
  org: OrgBrief
  centre: OrgBrief
  org_id: number
  centre_id: number
  person_id: string
  applied_person: string
  appliedOn: string
  recheckedOn: string | null
  noticeId: string | null
  at: string
}

const label = '困难职工档案'
/** A re-check comes into sight so many days before its day. */
const ahead = 30

/** Files and aids whose next step is hers, by what she is named for; a file is told by its day, never by a name. */
export const hardshipWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return []
  const own = await dutiesOf(tx, actor)
  if (own.length === 0) return []
  const today = deps.today()
  const { recheckMonths } = (await readRules(tx)).on(hardshipTerms, today).value
  const files = await rows<Found>(
    tx,
    sql`SELECT f.id, f.state, ${briefOf('o')} AS org, ${briefOf('c')} AS centre, f.org_id, f.centre_id, f.person_id, f.applied_person,
        f.applied_on::text AS "appliedOn", f.rechecked_on::text AS "recheckedOn", f.notice_id AS "noticeId", to_jsonb(f.updated_at) #>> '{}' AS at
      FROM app.hardship_file f JOIN app.org o ON o.id = f.org_id JOIN app.org c ON c.id = f.centre_id
      WHERE ${handled(actor, 'f.org_id', 'f.centre_id')} AND f.person_id <> ${actor.personId}::uuid
        AND (f.state NOT IN ('open', 'closed', 'refused', 'withdrawn') AND (f.org_id = ${actor.org.id} OR f.state = ANY (${atCentre}::text[]))
          OR f.state = 'open' AND (f.org_id = ${actor.org.id} OR f.state = ANY (${atCentre}::text[])) AND f.rechecked_on <= (${addDays(today, ahead)}::date - make_interval(months => ${recheckMonths}::int))::date)
      ORDER BY f.updated_at, f.id LIMIT ${mostOfOne}`,
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
    const isUp = file.state !== 'noticed' || notices.get(file.noticeId ?? '')?.state === 'passed'
    const isHers =
      next !== null &&
      standsAt(actor, next, file) &&
      next.by.some((duty) => own.includes(duty)) &&
      !(file.state === 'applied' && file.applied_person === actor.personId)
    if (next && isHers && isUp) {
      const due =
        file.state === 'open'
          ? { on: monthsAfter(file.recheckedOn!, recheckMonths) }
          : { turn: next.box === 'review' ? ('review' as const) : ('mend' as const) }
      return [
        { ...card, box: next.box, what: next.what, due, minutes: next.box === 'review' ? aLook : aPaper },
      ]
    }
    // What her unit has sent on stands there until it is answered.
    if (file.org_id !== actor.org.id || file.state === 'open' || file.state === 'returned') return []
    const at = next?.at === 'unit' ? file.org : file.centre
    const what = isUp ? `现由${at.shortName}办理` : '正在公示'
    return [{ ...card, box: 'mine', what, due: null, minutes: null }]
  })
  const turns = Object.entries(aidTurns) as [AidState, Pick<Step, 'at' | 'by'>][]
  const mine = turns.filter(([, { by }]) => by.some((duty) => own.includes(duty))).map(([state]) => state)
  const aids = mine.length
    ? await rows<{
        state: AidState
        org_id: number
        centre_id: number
        hands: (string | null)[]
        at: string
      }>(
        tx,
        sql`SELECT g.state, g.org_id, g.centre_id, ARRAY[g.entered_person, g.checked_person] AS hands, to_char(g.asked_on, 'YYYY-MM-DD') AS at FROM app.hardship_aid g
          WHERE g.state = ANY (${mine}::text[]) AND ${handled(actor, 'g.org_id', 'g.centre_id')} AND g.person_id <> ${actor.personId}::uuid
          ORDER BY g.asked_on, g.id LIMIT 500`,
      )
    : []
  // A centre settles aids by the list, so the list is one card.
  for (const [state, { at }] of turns) {
    const these = aids.filter(
      (aid) =>
        aid.state === state &&
        standsAt(actor, { at }, aid) &&
        (state === 'approved' || !aid.hands.includes(actor.personId)),
    )
    if (these.length === 0) continue
    waits.push({
      box: 'review',
      id: `aids-${state}`,
      kind: 'matter',
      label: '困难帮扶',
      title: `${these.length} 笔帮扶${aidStateWords[state]}`,
      org: ownUnit(actor),
      at: these[0]!.at,
      what: aidStateWords[state],
      due: { turn: 'review' },
      minutes: these.length * aLook,
      link: `/hardship/aids?aid=${state}`,
    })
  }
  return waits
}
