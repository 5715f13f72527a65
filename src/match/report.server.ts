import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { MatchCounts, MatchReports, MatchSettle } from './api.ts'
import { opened } from './seal.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>
type Row = Omit<MatchReports['rows'][number], 'alias' | 'about' | 'words'> & {
  profileId: string
  words: Buffer | null
  card: Buffer | null
}

/** Reports to whoever is named for complaints, each with the card and without a name; the look is told to whom it is about. */
export async function listReports({ crypto, today }: Keys, tx: Tx, actor: Actor): Promise<MatchReports> {
  const found = await rows<Row>(
    tx,
    sql`SELECT id, profile_id AS "profileId", words, card, made_on::text AS "madeOn", state, closed_on::text AS "closedOn"
      FROM app.match_reports(${today()}::date, ${actor.requestId})`,
  )
  return {
    rows: found.map(({ profileId, words, card, ...row }) => {
      const read =
        card && (JSON.parse(opened(crypto, 'card', profileId, card)) as { alias: string; about: string })
      return {
        ...row,
        alias: read?.alias ?? null,
        about: read?.about ?? null,
        words: words && opened(crypto, 'words', row.id, words),
      }
    }),
  }
}

/** Closes match-making to whom a report is about, opens it again, or sees no abuse. @throws Problem.notFound, eventPhase */
export async function settleReport(
  { today }: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  act: MatchSettle['act'],
): Promise<void> {
  const [{ refusal } = { refusal: null }] = await keyed<{ refusal: 'report' | 'state' | null }>(
    tx,
    sql`SELECT app.settle_match(${id}::uuid, ${act}, ${today()}::date) AS refusal`,
  )
  if (refusal === 'report') throw Problem.notFound()
  if (refusal !== null) throw Problem.eventPhase({ why: '这件举报已经处理过，请刷新后再看' })
  work.audit({
    districtId: work.actor.org.districtId,
    action: `match.${act}`,
    object: `matchReport:${id}`,
  })
}

/** How many take part, in full tens. */
export const readMatchCounts = async (tx: Tx): Promise<MatchCounts> =>
  (await first<MatchCounts>(tx, sql`SELECT women, men, pairs FROM app.match_counts()`))!
