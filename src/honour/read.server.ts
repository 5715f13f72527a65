import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Campaign, Juror, Nomination, NominationLine, Nominee } from './api.ts'
import { averageOf, lengthsOf, mustRecuse, nomineeFaults, repeats } from './checks.ts'
import {
  getCampaign,
  getNomination,
  honoursBefore,
  nominationsWhere,
  seenBy,
  titleOf,
  type StoredCampaign,
  type StoredNomination,
} from './load.server.ts'
import { honourEligibility, honourJury, honourShares } from './tables.ts'

type Given = { nomination_id: string; post_id: string; recused: boolean }
type Score = { id: string; post: string; juror: string; recused: boolean; points: number[]; note: string }

const shownScores = (tx: Tx, campaignId: string) =>
  rows<Score>(
    tx,
    sql`SELECT s.nomination_id AS id, s.post_id AS post, a.name AS juror, s.recused, s.points, s.note FROM app.honour_score s
      JOIN app.honour_juror j ON j.campaign_id = s.campaign_id AND j.post_id = s.post_id JOIN app.account a ON a.id = j.account_id
      WHERE s.campaign_id = ${campaignId}::uuid ORDER BY a.name, s.post_id`,
  )

const totalOf = (points: readonly number[]): number => points.reduce((sum, p) => sum + p, 0)

type Known = {
  given: Given[]
  scores: Score[]
  isJuror: boolean
  /** Judging is over: the organiser and the jury see means. */
  isOver: boolean
  lineOf: (n: StoredNomination) => NominationLine
}

/** What is needed to tell of nominations of one campaign. */
async function known(deps: Deps, tx: Tx, actor: Actor, campaign: StoredCampaign): Promise<Known> {
  const today = deps.today()
  const book = await readRules(tx)
  const eligibility = book.on(honourEligibility, today).value
  const jury = book.on(honourJury, today).value
  const before = await honoursBefore(tx, campaign.id)
  const given = await rows<Given>(tx, sql`SELECT * FROM app.scores_given(${campaign.id}::uuid)`)
  const jurors = await rows<{ id: string }>(
    tx,
    sql`SELECT post_id AS id FROM app.honour_juror WHERE campaign_id = ${campaign.id}::uuid AND post_id = ${actor.postId}::uuid`,
  )
  const isJuror = jurors.length > 0
  const scores = await shownScores(tx, campaign.id)
  const isOver = !['draft', 'open', 'jury'].includes(campaign.state)
  const isDone = campaign.state === 'granted' || campaign.state === 'cancelled'
  const lineOf = (n: StoredNomination): NominationLine => {
    const own = given.filter((g) => g.nomination_id === n.id)
    const mine = own.find((g) => g.post_id === actor.postId)
    const title = titleOf(campaign, n.typeKey)
    const must = mustRecuse({ personId: actor.personId, orgId: actor.org.id }, n)
    const totals = scores.filter((s) => s.id === n.id && !s.recused).map((s) => totalOf(s.points))
    const mayKnow = isOver && (isJuror || campaign.orgId === actor.org.id)
    return {
      id: n.id,
      typeKey: n.typeKey,
      name: n.name,
      employer: n.employer,
      org: n.org,
      state: n.state,
      isIndustrial: n.isIndustrial,
      isMigrant: n.isMigrant,
      isHead: n.isHead,
      isNonPublic: n.isNonPublic,
      faults: isDone
        ? []
        : [...nomineeFaults(n, title, eligibility, today), ...repeats(title, before.get(n.id) ?? [])],
      turn: n.turn,
      scored: own.filter((g) => !g.recused).length,
      recused: own.filter((g) => g.recused).length,
      average: mayKnow ? averageOf(totals, jury.trimFrom) : null,
      mine: !isJuror ? null : mine ? (mine.recused ? 'recused' : 'given') : must ? 'must' : 'open',
      recordId: n.recordId,
    }
  }
  return { given, scores, isJuror, isOver, lineOf }
}

/** A campaign with what its reader may see of it. @throws Problem.notFound */
export async function readCampaign(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Campaign> {
  const c = await getCampaign(tx, actor, id)
  const today = deps.today()
  const book = await readRules(tx)
  const { given, isJuror, lineOf } = await known(deps, tx, actor, c)
  const list = await nominationsWhere(tx, sql`n.campaign_id = ${id}::uuid AND ${seenBy(actor)}`)
  const jurors = await rows<Omit<Juror, 'given'>>(
    tx,
    sql`SELECT j.post_id AS "postId", a.name, ${briefOf('o')} AS org FROM app.honour_juror j JOIN app.account a ON a.id = j.account_id
      JOIN app.org o ON o.id = j.org_id WHERE j.campaign_id = ${id}::uuid ORDER BY a.name, j.post_id`,
  )
  const quotas = await rows<Campaign['quotas'][number]>(
    tx,
    sql`SELECT q.org, q.type, q.places, o.short_name AS name, app.places_taken(${id}::uuid, q.type, o.scope_code, NULL) AS used
      FROM jsonb_to_recordset(${JSON.stringify(c.quotas)}::jsonb) q(org int, type text, places int) JOIN app.org o ON o.id = q.org ORDER BY o.org_code, q.type`,
  )
  const notice = c.noticeId ? (await noticesOf(deps, tx, [c.noticeId])).get(c.noticeId) : undefined
  const isMine = c.orgId === actor.org.id
  return {
    id,
    kind: c.kind,
    title: c.title,
    organiser: c.organiser,
    year: c.year,
    opensOn: c.opensOn,
    closesOn: c.closesOn,
    state: c.state,
    nominations: list.length,
    isMine,
    isJuror,
    note: c.note,
    types: c.types,
    quotas,
    hasShares: c.hasShares,
    lengths: lengthsOf(book.on(honourEligibility, today).value, c.kind === 'family'),
    shares: book.on(honourShares, today).value,
    sheet: book.on(honourJury, today).value.lines,
    version: c.version,
    noticeId: c.noticeId,
    noticeState: notice?.state ?? null,
    noticeClosesOn: notice?.closesOn ?? null,
    docNo: c.docNo,
    grantedOn: c.grantedOn,
    reason: c.reason,
    proposedByMe: c.proposedBy === actor.accountId,
    rows: list.map(lineOf),
    // Who judges is told to the organiser and the jury alone while it goes on.
    jurors:
      isMine || isJuror
        ? jurors.map((j) => ({ ...j, given: given.filter((g) => g.post_id === j.postId).length }))
        : [],
    mayNominate:
      can(actor, 'honour.nominate') && c.state === 'open' && today >= c.opensOn && today <= c.closesOn,
    mayLead: isMine && can(actor, 'honour.lead'),
  }
}

const nomineeKeys = [
  'typeKey',
  'personId',
  'name',
  'employer',
  'sex',
  'nation',
  'birthMonth',
  'politics',
  'education',
  'jobTitle',
  'position',
  'postKind',
  'frontSince',
  'isIndustrial',
  'isMigrant',
  'isHead',
  'isNonPublic',
  'size',
  'women',
  'headName',
  'headIsWoman',
  'foundedOn',
  'motto',
  'before',
  'deedsShort',
  'deeds',
] as const satisfies readonly (keyof Nominee)[]

/** One nomination whole. @throws Problem.notFound */
export async function readNomination(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Nomination> {
  const n = await getNomination(tx, actor, id)
  const c = await getCampaign(tx, actor, n.campaignId)
  const { scores, isJuror, isOver, lineOf } = await known(deps, tx, actor, c)
  const opinions = await rows<Nomination['opinions'][number]>(
    tx,
    sql`SELECT p.step, ${briefOf('o')} AS org, p.agrees, p.body, p.given_on AS "givenOn" FROM app.honour_opinion p JOIN app.org o ON o.id = p.org_id
      WHERE p.nomination_id = ${id}::uuid ORDER BY p.given_on, p.step`,
  )
  const notice = n.noticeId ? (await noticesOf(deps, tx, [n.noticeId])).get(n.noticeId) : undefined
  const maySee = isJuror || (isOver && c.orgId === actor.org.id)
  return {
    ...lineOf(n),
    campaignId: c.id,
    body: Object.fromEntries(nomineeKeys.map((key) => [key, n[key]])) as Nominee,
    version: n.version,
    reason: n.reason,
    noticeId: n.noticeId,
    noticeState: notice?.state ?? null,
    noticeClosesOn: notice?.closesOn ?? null,
    opinions,
    scores: maySee
      ? scores
          .filter((s) => s.id === id)
          .map(({ juror, recused, points, note }) => ({
            juror,
            recused,
            points,
            total: totalOf(points),
            note,
          }))
      : [],
    isOwn: n.orgId === actor.org.id,
    isTurn: n.turnOf === actor.org.id,
  }
}
