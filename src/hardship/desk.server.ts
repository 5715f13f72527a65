import { sql, type RawBuilder } from 'kysely'
import { monthsAfter } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { consentsOf } from '#person/consent.server.ts'
import { masksOf, noteLook } from '#person/vault.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { aidWays } from './aid.server.ts'
import {
  watches,
  type Aid,
  type FileDetail,
  type FileLine,
  type FileList,
  type FileQuery,
  type Watch,
} from './api.ts'
import { periodOf } from './clock.ts'
import { openFile, type File } from './file.server.ts'
import { dutiesOf, handled, isCentre, mustBeNamed, standsAt } from './hands.server.ts'
import { hadFile, isHerOwn } from './next.ts'
import { hardshipAid, hardshipExclusions, hardshipTerms } from './rules.ts'
import { duties as allDuties, steps, type AidState, type Duty, type Step, type StepName } from './states.ts'

const mostShown = 200

const placeOf = ({ org }: Actor) => ({ id: org.id, scopeCode: org.scopeCode, viewCode: null, class: 3 })

/** What nobody must overlook, as conditions on a file f. */
async function watched(deps: Deps, tx: Tx): Promise<Readonly<Record<Watch, RawBuilder<unknown>>>> {
  const today = deps.today()
  const { recheckMonths, untouchedMonths } = (await readRules(tx)).on(hardshipTerms, today).value
  return {
    due: sql`f.state = 'open' AND f.rechecked_on <= (${today}::date - make_interval(months => ${recheckMonths}::int))::date`,
    untouched: sql`f.state NOT IN ('closed', 'refused', 'withdrawn') AND f.touched_on <= (${today}::date - make_interval(months => ${untouchedMonths}::int))::date`,
    neverAided: sql`f.state = 'open' AND NOT EXISTS (SELECT FROM app.hardship_aid g WHERE g.file_id = f.id AND g.state = 'paid')`,
    afterExit: sql`f.state = 'closed' AND EXISTS (SELECT FROM app.hardship_aid g WHERE g.file_id = f.id AND g.state = 'paid' AND g.paid_on > f.closed_on)`,
  }
}

const lineColumns = sql`f.id, f.no, coalesce(p.name, '（已删除）') AS name, ${briefOf('o')} AS org, f.state, f.version, f.applied_on::text AS "appliedOn",
  f.opened_on::text AS "openedOn", f.closed_on::text AS "closedOn", f.rechecked_on::text AS "recheckedOn", f.touched_on::text AS "touchedOn",
  (SELECT count(*)::int FROM app.hardship_aid g WHERE g.file_id = f.id AND g.state = 'paid') AS aids, f.notice_id AS "noticeId"`
const fromFiles = sql`app.hardship_file f JOIN app.person p ON p.id = f.person_id JOIN app.org o ON o.id = f.org_id`

type Found = Omit<FileLine, 'recheckBy' | 'notice'> & { recheckedOn: string | null; noticeId: string | null }

async function linesOf(deps: Deps, tx: Tx, found: readonly Found[]): Promise<FileLine[]> {
  const months = (await readRules(tx)).on(hardshipTerms, deps.today()).value.recheckMonths
  const notices = await noticesOf(
    deps,
    tx,
    found.flatMap((f) => (f.state === 'noticed' ? (f.noticeId ?? []) : [])),
  )
  return found.map(({ recheckedOn, noticeId, ...line }) => ({
    ...line,
    recheckBy: recheckedOn === null || line.state !== 'open' ? null : monthsAfter(recheckedOn, months),
    notice: (noticeId !== null && notices.get(noticeId)?.state) || null,
  }))
}

/** The desk of a named handler: files of her unit, or of her aid centre; what is due. Nobody else sees one. */
export async function readDesk(deps: Deps, tx: Tx, actor: Actor, q: FileQuery): Promise<FileList> {
  const own = await dutiesOf(tx, actor)
  const head = {
    duties: allDuties.filter((duty) => own.includes(duty)),
    isCentre: isCentre(actor),
    mayName: can({ ...actor, stepUp: true }, 'hardship.name', placeOf(actor)),
  }
  if (own.length === 0) return { ...head, rows: [], more: false, counts: {}, watched: {} }
  const mine = handled(actor, 'f.org_id', 'f.centre_id')
  const lists = await watched(deps, tx)
  const words = (q.q ?? '')
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[%_\\\s]/g, '')
  const asked = [
    mine,
    ...(q.state ? [sql`f.state = ${q.state}`] : []),
    ...(q.watch ? [lists[q.watch]] : []),
    ...(words
      ? [
          sql`(p.name LIKE ${`%${words}%`} OR p.name_sort LIKE ${`%${words}%`} OR lower(f.no) LIKE ${`%${words}%`})`,
        ]
      : []),
  ]
  const [found, counts, due] = await Promise.all([
    rows<Found>(
      tx,
      sql`SELECT ${lineColumns} FROM ${fromFiles} WHERE ${sql.join(asked, sql` AND `)}
        ORDER BY f.state IN ('closed', 'refused', 'withdrawn'), f.updated_at DESC, f.id LIMIT ${mostShown + 1}`,
    ),
    rows<{ state: string; n: number }>(
      tx,
      sql`SELECT f.state, count(*)::int AS n FROM app.hardship_file f WHERE ${mine} GROUP BY 1`,
    ),
    first<Record<Watch, number>>(
      tx,
      sql`SELECT ${sql.join(watches.map((watch) => sql`count(*) FILTER (WHERE ${lists[watch]})::int AS ${sql.ref(watch)}`))}
        FROM app.hardship_file f WHERE ${mine}`,
    ),
  ])
  return {
    ...head,
    rows: await linesOf(deps, tx, found.slice(0, mostShown)),
    more: found.length > mostShown,
    counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])),
    watched: due ?? {},
  }
}

type StoredFile = File & Found & { centre: FileDetail['centre'] }

/** A file without what is sealed in it. @throws Problem.notFound unless she handles it */
export async function readFile(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<FileDetail> {
  const file = await first<StoredFile>(
    tx,
    sql`SELECT f.*, ${lineColumns}, ${briefOf('c')} AS centre FROM ${fromFiles} JOIN app.org c ON c.id = f.centre_id WHERE f.id = ${id}::uuid`,
  )
  const own = await dutiesOf(tx, actor)
  if (!file || own.length === 0 || !standsAt(actor, { at: 'either' }, file)) throw Problem.notFound()
  const today = deps.today()
  if (file.person_id !== actor.personId) {
    const why = { purpose: 'hardship', reason: '查看档案的进展，未打开加密内容' } as const
    await noteLook(deps.crypto, tx, actor, [file.person_id], 'hardshipFile', why)
  }
  const [lines, masks, consents, way, results, aids, rules] = await Promise.all([
    linesOf(deps, tx, [picked(file)]),
    masksOf(deps.crypto, tx, [file.person_id]),
    consentsOf(tx, file.person_id),
    rows<FileDetail['way'][number]>(
      tx,
      sql`SELECT s.step, s.on_day::text AS on, o.short_name AS org, a.name AS person, s.note FROM app.hardship_step s
        JOIN app.org o ON o.id = s.org_id JOIN app.account a ON a.id = s.account_id WHERE s.file_id = ${id}::uuid ORDER BY s.seq`,
    ),
    rows<FileDetail['results'][number]>(
      tx,
      sql`SELECT on_day::text AS on, occasion, rule_version AS version, rule_basis AS basis FROM app.hardship_result
        WHERE file_id = ${id}::uuid ORDER BY made_at DESC`,
    ),
    aidsWhere(tx, actor, own, sql`g.file_id = ${id}::uuid`),
    readRules(tx),
  ])
  const isHers = file.person_id === actor.personId
  const acts = (Object.entries(steps) as [StepName, Step][]).filter(
    ([, step]) =>
      !isHers &&
      standsAt(actor, step, file) &&
      step.from.includes(file.state) &&
      step.by.some((d) => own.includes(d)),
  )
  const taken = (kind: string, period: string) =>
    aids.some((one) => one.kind === kind && one.period === period && one.state !== 'refused')
  const mask = masks.get(file.person_id)
  return {
    ...lines[0]!,
    personId: file.person_id,
    centre: file.centre,
    masks: { idNumber: mask?.idNumber ?? null, phone: mask?.phone ?? null },
    visitedOn: file.visited_on,
    authorisedOn: file.authorised_on,
    visitors: file.visitors,
    closedFor: file.closed_for,
    noticeId: file.notice_id,
    consent: consents.find(({ purpose }) => purpose === 'hardship')!.state,
    national: consents.find(({ purpose }) => purpose === 'national')!.state,
    way,
    results,
    aids,
    // Who entered it does not check it: she is not offered what she would be refused.
    acts: acts.flatMap(([name]) =>
      name === 'check' && hadFile(file.state, file).includes(actor.personId) ? [] : [name],
    ),
    mayEdit:
      !isHers &&
      !isHerOwn(file) &&
      file.org_id === actor.org.id &&
      own.includes('enter') &&
      (file.state === 'applied' || file.state === 'returned'),
    mayReveal: !isHers && file.household !== null,
    offers:
      file.state === 'open' && own.includes('enter')
        ? rules.on(hardshipAid, today).value.kinds.map(({ kind, period, most }) => {
            const now = periodOf(today, period)
            return { kind, period: now, most, taken: taken(kind, now) }
          })
        : [],
    exclusions: rules.on(hardshipExclusions, today).value.items,
  }
}

const picked = (f: Found): Found => ({
  id: f.id,
  no: f.no,
  name: f.name,
  org: f.org,
  state: f.state,
  version: f.version,
  appliedOn: f.appliedOn,
  openedOn: f.openedOn,
  closedOn: f.closedOn,
  recheckedOn: f.recheckedOn,
  touchedOn: f.touchedOn,
  aids: f.aids,
  noticeId: f.noticeId,
})

/** Opens what is sealed, with a reason that she reads. @throws Problem.notFound, denied, invalid */
export async function revealFile(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  reason: string,
): Promise<Awaited<ReturnType<typeof openFile>>> {
  const { actor } = work
  const file = await first<File>(tx, sql`SELECT * FROM app.hardship_file WHERE id = ${id}::uuid`)
  if (!file || !standsAt(actor, { at: 'either' }, file)) throw Problem.notFound()
  await mustBeNamed(tx, actor, ...allDuties)
  if (file.person_id === actor.personId) throw Problem.denied({ what: '本人的信息请到“我的信息”查看' })
  const told = reason.trim()
  if (told.length < 4)
    throw Problem.invalid({
      issues: [{ field: 'reason', message: '请写明查看理由（至少 4 个字），她本人看得到' }],
    })
  const opened = await openFile(deps, tx, actor, file, told)
  work.audit({
    districtId: actor.org.districtId,
    action: 'hardship.reveal',
    object: `hardshipFile:${id}`,
    body: told,
  })
  return opened
}

type FoundAid = Omit<Aid, 'acts' | 'mayReveal'> & {
  personId: string
  sealed: boolean
  orgId: number
  centreId: number
  enteredPerson: string
  checkedPerson: string | null
}

const person = (column: string) =>
  sql`(SELECT min(a.name) FROM app.account a WHERE a.person_id = ${sql.raw(`g.${column}`)})`

/** Aids that a condition on g chooses, with what the actor may do to each. */
export async function aidsWhere(
  tx: Tx,
  actor: Actor,
  own: readonly Duty[],
  where: RawBuilder<unknown>,
  most = mostShown + 1,
): Promise<Aid[]> {
  const found = await rows<FoundAid>(
    tx,
    sql`SELECT g.id, g.file_id AS "fileId", f.no AS "fileNo", g.person_id AS "personId", g.claim IS NOT NULL AS sealed, coalesce(p.name, '（已删除）') AS name, ${briefOf('o')} AS org, g.kind, g.period, g.amount, g.fund,
        g.state, g.version, g.asked_on::text AS "askedOn", g.paid_on::text AS "paidOn", g.receipt_by AS "receiptBy", g.receipt_on::text AS "receiptOn",
        g.answer, coalesce(${person('entered_person')}, '') AS entered, ${person('checked_person')} AS checked, ${person('approved_person')} AS approved,
        ${person('paid_person')} AS payer, coalesce(g.paid_on > f.closed_on, false) AS "afterExit", g.org_id AS "orgId", g.centre_id AS "centreId",
        g.entered_person AS "enteredPerson", g.checked_person AS "checkedPerson"
      FROM app.hardship_aid g LEFT JOIN app.hardship_file f ON f.id = g.file_id JOIN app.person p ON p.id = g.person_id JOIN app.org o ON o.id = g.org_id
      WHERE ${where} ORDER BY g.asked_on DESC, g.id DESC LIMIT ${most}`,
  )
  return found.map(({ orgId, centreId, enteredPerson, checkedPerson, personId, sealed, ...one }) => ({
    ...one,
    mayReveal: sealed && own.length > 0 && personId !== actor.personId,
    acts: Object.entries(aidWays).flatMap(([name, way]) =>
      standsAt(actor, way, { org_id: orgId, centre_id: centreId }) &&
      own.includes(way.by) &&
      way.from.includes(one.state) &&
      !(name === 'receipt' && one.receiptOn !== null) &&
      !(['check', 'approve'].includes(name) && [enteredPerson, checkedPerson].includes(actor.personId))
        ? [name]
        : [],
    ),
  }))
}

/** Aids of the actor's unit or centre. */
export async function listAids(
  tx: Tx,
  actor: Actor,
  state: AidState | undefined,
): Promise<{ rows: Aid[]; more: boolean }> {
  const own = await dutiesOf(tx, actor)
  if (own.length === 0) return { rows: [], more: false }
  const where = sql`${handled(actor, 'g.org_id', 'g.centre_id')}${state ? sql` AND g.state = ${state}` : sql``}`
  const found = await aidsWhere(tx, actor, own, where)
  return { rows: found.slice(0, mostShown), more: found.length > mostShown }
}
