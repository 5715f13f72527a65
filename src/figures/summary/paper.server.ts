import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { Problem } from '#kit/problem.ts'
import { canonicalJson } from '#paper/document.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { PaperSave, PaperState, PaperVersion, PaperVersions } from '../summaryApi.ts'
import { composeSummary } from './compose.ts'
import { chipsOf, type Correction, type Draft } from './draft.ts'
import { draftOf } from './render.ts'
import type { StartTexts } from './start.ts'
import { checkChips } from './values.server.ts'
import { readYear } from './year.server.ts'

export const stateLabels: Record<PaperState, string> = {
  draft: '起草中',
  submitted: '待签发',
  signed: '已签发',
}

type Who = { by: string; at: string } | null

export interface Paper {
  version: number
  state: PaperState
  content: Draft | null
  start: StartTexts
  saved: Who
  submitted: Who
  signed: Who
  /** Person, not account: submitter and signer must be two. */
  submitter: string | null
  remark: string
  snapshot: string | null
}

const blank: Paper = {
  version: 0,
  state: 'draft',
  content: null,
  start: {},
  saved: null,
  submitted: null,
  signed: null,
  submitter: null,
  remark: '',
  snapshot: null,
}

const shanghai = (column: string) =>
  sql.raw(`to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')`)
const who = (account: string, at: string) =>
  sql`(SELECT jsonb_build_object('by', a.name, 'at', ${shanghai(at)}) FROM app.account a WHERE a.id = ${sql.raw(account)})`

/** 「11月28日 21:05」 of a stored time. */
export const whenOf = (at: string): string =>
  `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日 ${at.slice(11, 16)}`

/** The summary of the actor's unit and a year; one that nobody touched is in version 0. */
export async function getPaper(tx: Tx, actor: Actor, year: number, lock = false): Promise<Paper> {
  const found = await first<Paper>(
    tx,
    sql`SELECT p.version, p.state, p.content, p.start, ${who('p.updated_by', 'p.updated_at')} AS saved,
      ${who('p.submitted_by', 'p.submitted_at')} AS submitted, ${who('p.signed_by', 'p.signed_at')} AS signed,
      (SELECT a.person_id FROM app.account a WHERE a.id = p.submitted_by) AS submitter, p.remark, p.snapshot_id AS snapshot
      FROM app.paper p WHERE p.org_id = ${actor.org.id} AND p.year = ${year} ${lock ? sql`FOR UPDATE OF p` : sql``}`,
  )
  return found ?? blank
}

/** The text as it stands: what was saved, else what the template makes of the year. */
export async function draftNow(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  values: ReadonlyMap<string, number>,
  paper: Pick<Paper, 'content' | 'start'>,
): Promise<Draft> {
  if (paper.content) return paper.content
  return draftOf(composeSummary(await readYear(deps, tx, actor, year, values, paper.start)))
}

const sameCorrection = (a: Correction, b: Correction): boolean =>
  a.written === b.written && a.reason === b.reason

/** Figures corrected by hand keep who did it and when; a new correction is hers who saves it. */
function signCorrections(draft: Draft, before: Draft | null, by: string, at: string): Draft {
  const known = before ? chipsOf(before) : []
  return {
    ...draft,
    blocks: draft.blocks.map((block) => {
      if (block.kind === 'heading') return block
      const pieces = block.pieces.map((piece) => {
        if ('text' in piece || !piece.figure.correction) return piece
        const { figure } = piece
        const { written, reason } = figure.correction!
        const old = known.find(
          (chip) =>
            chip.indicator === figure.indicator &&
            chip.correction &&
            sameCorrection(chip.correction, figure.correction!),
        )?.correction
        const signed = old?.by ? { by: old.by, at: old.at ?? at } : { by, at }
        return { figure: { ...figure, correction: { written, reason, ...signed } } }
      })
      return { ...block, pieces }
    }),
  }
}

/** What one person saves within so many minutes is one version. */
const STRETCH_MINUTES = 10

/**
 * Saves the text over the version that she read (0: nobody saved it yet). Sent again after a lost answer, it is saved once.
 * @throws Problem.textChanged with who and when if it is another by now; Problem.paperState unless it is being drafted
 */
export async function savePaper(
  tx: Tx,
  work: UnitOfWork,
  { year, version, draft: sent, note = '' }: PaperSave,
): Promise<{ version: number; at: string }> {
  const { actor } = work
  await checkChips(tx, actor, sent, year)
  await sql`INSERT INTO app.paper (org_id, year) VALUES (${actor.org.id}, ${year}) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  const paper = await getPaper(tx, actor, year, true)
  if (paper.state !== 'draft') throw Problem.paperState({ state: stateLabels[paper.state], label: '修改' })
  const at = new Date().toISOString()
  const draft = signCorrections(sent, paper.content, actor.name, at)
  if (paper.version !== version) {
    const isRepeat = paper.version === version + 1 && canonicalJson(paper.content) === canonicalJson(draft)
    if (isRepeat) return { version: paper.version, at: paper.saved?.at ?? at }
    const { by, at: when } = paper.saved ?? { by: '他人', at }
    throw Problem.textChanged({ who: by, when: whenOf(when), version: paper.version })
  }
  const next = version + 1
  const content = JSON.stringify(draft)
  await sql`UPDATE app.paper SET content = ${content}::jsonb, version = ${next}, updated_by = ${actor.accountId}::uuid, updated_at = ${at}::timestamptz
    WHERE org_id = ${actor.org.id} AND year = ${year}`.execute(tx)
  const kept = await first<{ version: number }>(
    tx,
    note !== ''
      ? sql`SELECT NULL AS version WHERE false`
      : sql`UPDATE app.paper_version SET version = ${next}, content = ${content}::jsonb, saved_at = ${at}::timestamptz
        WHERE org_id = ${actor.org.id} AND year = ${year} AND version = ${version} AND saved_by = ${actor.accountId}::uuid AND note = ''
          AND saved_at > ${at}::timestamptz - make_interval(mins => ${STRETCH_MINUTES}) RETURNING version`,
  )
  if (!kept) {
    await sql`INSERT INTO app.paper_version (org_id, year, version, content, note, saved_by, saved_at)
      VALUES (${actor.org.id}, ${year}, ${next}, ${content}::jsonb, ${note}, ${actor.accountId}::uuid, ${at}::timestamptz)`.execute(
      tx,
    )
    work.audit({
      districtId: actor.org.districtId,
      action: 'summary.edit',
      object: `summary:${year}`,
      fields: [`version${next}`],
      body: draft,
    })
  }
  return { version: next, at }
}

/** The versions of a summary, newest first. */
export function listVersions(tx: Tx, actor: Actor, year: number): Promise<PaperVersions> {
  return rows(
    tx,
    sql`SELECT v.version, ${shanghai('v.saved_at')} AS at, coalesce(a.name, '系统') AS by, v.note
      FROM app.paper_version v LEFT JOIN app.account a ON a.id = v.saved_by
      WHERE v.org_id = ${actor.org.id} AND v.year = ${year} ORDER BY v.version DESC LIMIT ${bounds.summaryVersions.most}`,
  )
}

/** One version with its text. @throws Problem.notFound */
export async function readVersion(
  tx: Tx,
  actor: Actor,
  year: number,
  version: number,
): Promise<PaperVersion> {
  const found = await first<PaperVersion>(
    tx,
    sql`SELECT v.version, ${shanghai('v.saved_at')} AS at, coalesce(a.name, '系统') AS by, v.content AS draft
      FROM app.paper_version v LEFT JOIN app.account a ON a.id = v.saved_by
      WHERE v.org_id = ${actor.org.id} AND v.year = ${year} AND v.version = ${version}`,
  )
  if (!found) throw Problem.notFound()
  return found
}
