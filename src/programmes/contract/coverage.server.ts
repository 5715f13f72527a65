import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { placeFor } from '#org/place.server.ts'
import { brief } from '#record/place.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Coverage, CoverageQuery } from './api.ts'

const perPage = 50

/** A name as it is compared where no code was given: brackets and blanks do not tell two firms apart. */
const plain = sql`translate(v.firm, '（）() 　', '')`

/**
 * What stands on a day: `live` contracts accepted and in force in a scope, `named` their firms with the code by which a firm is
 * one (a name without code takes that of its namesake), `firms` each once, as the contract that began last tells of it.
 */
const standing = (deps: Deps, actor: Actor, { scopeCode }: Place, on: string): RawBuilder<unknown> =>
  sql`live AS MATERIALIZED (
      SELECT r.district_id, r.id, r.org_id, r.scope_code, c.reg_no, c.sign_kind, c.effective_on, c.term_until_on
      FROM app.record r JOIN app.contract c ON c.district_id = r.district_id AND c.record_id = r.id
      WHERE r.programme = ${deps.catalogue.programmeId('contract')} AND r.state = 'accepted' AND c.effective_on <= ${on}::date
        AND c.term_until_on >= ${on}::date AND r.scope_code >= ${scopeCode} AND r.scope_code < ${`${scopeCode}~`} AND ${visible(actor)}
    ), named AS MATERIALIZED (
      SELECT l.*, v.firm, v.women, v.credit_code, coalesce(v.credit_code, max(v.credit_code) OVER (PARTITION BY ${plain}), ${plain}) AS key
      FROM live l JOIN app.contract_covered v ON v.district_id = l.district_id AND v.record_id = l.id
    ), firms AS MATERIALIZED (
      SELECT key, (array_agg(firm ORDER BY effective_on DESC, id DESC))[1] AS firm, max(credit_code) AS credit_code,
        (array_agg(women ORDER BY effective_on DESC, id DESC))[1] AS women, count(DISTINCT id) AS contracts
      FROM named GROUP BY key
    )`

type Sums = { contracts: number; firms: number; women: number; twice: number; part: number; whole: number }

/** Employers of the register that sit in the scope and have women at work, and which of them a contract covers. */
const employers = ({ scopeCode }: Place, on: string): RawBuilder<unknown> =>
  sql`SELECT count(*) FILTER (WHERE e.code IN (SELECT f.key FROM firms f)
        OR e.name IN (SELECT f.firm FROM firms f WHERE f.credit_code IS NULL))::int AS part, count(*)::int AS whole
    FROM app.enterprise e JOIN app.org a ON a.id = e.area_id
    WHERE e.women_workers > 0 AND (e.closed_on IS NULL OR e.closed_on > ${on}::date)
      AND a.scope_code >= ${scopeCode} AND a.scope_code < ${`${scopeCode}~`}`

/** Contracts, firms and women of each unit right below; a firm counts once in each. */
const below = ({ id }: Place): RawBuilder<unknown> =>
  sql`SELECT ${briefOf('o')} AS org, x.contracts, x.firms, x.women FROM app.org_edge g JOIN app.org o ON o.id = g.child_id
    CROSS JOIN LATERAL (SELECT
      (SELECT count(*)::int FROM live l WHERE l.sign_kind <> '变更' AND l.scope_code >= o.scope_code AND l.scope_code < o.scope_code || '~') AS contracts,
      count(*)::int AS firms, coalesce(sum(d.women), 0)::int AS women
      FROM (SELECT DISTINCT ON (n.key) n.women FROM named n WHERE n.scope_code >= o.scope_code AND n.scope_code < o.scope_code || '~'
        ORDER BY n.key, n.effective_on DESC, n.id DESC) d) x
    WHERE g.parent_id = ${id} AND g.line = 1 AND g.to_ym = 999912 AND (x.contracts > 0 OR x.firms > 0)
    ORDER BY x.firms DESC, o.org_code`

const like = (words: string): string => `%${words.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`

/**
 * What collective contracts cover on any day: how many hold, how many firms and women, and behind each firm its contracts.
 * @throws Problem.notFound outside the actor's scope
 */
export async function readCoverage(deps: Deps, tx: Tx, actor: Actor, q: CoverageQuery): Promise<Coverage> {
  const at = await placeFor(tx, actor, 'contract.read', q.org)
  const on = q.on ?? deps.today()
  const page = Math.max(1, Number(q.page ?? 1))
  const words = (q.q ?? '').trim()
  const held = standing(deps, actor, at, on)
  const asked = sql`(${words === ''} OR f.firm LIKE ${like(words)} OR f.credit_code LIKE ${like(words)}) AND (${q.show !== 'twice'} OR f.contracts > 1)`
  const sums = (await first<Sums & { found: number }>(
    tx,
    sql`WITH ${held} SELECT (SELECT count(*)::int FROM live WHERE sign_kind <> '变更') AS contracts, x.*, e.* FROM
      (SELECT count(*)::int AS firms, coalesce(sum(f.women), 0)::int AS women, (count(*) FILTER (WHERE f.contracts > 1))::int AS twice,
        (count(*) FILTER (WHERE ${asked}))::int AS found FROM firms f) x, (${employers(at, on)}) e`,
  ))!
  const { contracts, firms, women, twice, part, whole, found } = sums
  return {
    on,
    org: await brief(tx, at.id),
    contracts,
    firms,
    women,
    twice,
    rate: { part, whole },
    below: await rows<Coverage['below'][number]>(tx, sql`WITH ${held} ${below(at)}`),
    rows: await rows<Coverage['rows'][number]>(
      tx,
      sql`WITH ${held} SELECT f.firm, f.credit_code AS "creditCode", f.women,
          (SELECT jsonb_agg(jsonb_build_object('id', n.id, 'regNo', n.reg_no, 'org', o.short_name, 'signKind', n.sign_kind, 'effectiveOn', n.effective_on,
            'termUntilOn', n.term_until_on) ORDER BY n.effective_on DESC, n.id) FROM named n JOIN app.org o ON o.id = n.org_id WHERE n.key = f.key) AS contracts
        FROM (SELECT * FROM firms f WHERE ${asked} ORDER BY f.women DESC, f.key LIMIT ${perPage} OFFSET ${(page - 1) * perPage}) f ORDER BY f.women DESC, f.key`,
    ),
    found,
    page,
    perPage,
  }
}
