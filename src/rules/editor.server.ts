import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { randomId } from '#crypto/provider.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { monthOf } from '#kit/day.ts'
import type { Issue } from '#kit/programme.ts'
import { Problem } from '#kit/problem.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import { fieldsOfRule, linesOf, ruleIssues } from './drawn.ts'
import { findRule } from './register.ts'
import { ruleBook, type CityVersion, type Rule } from '#kit/rule.ts'
import { readRules } from './tables.server.ts'
import type {
  RuleBookAnswer,
  RuleDecision,
  RuleEffects,
  RuleProposal,
  RuleTrial,
  RuleVersionRow,
} from './tablesApi.ts'

/** What a version would do to what stands: told before anybody proposes or approves it. */
export type RuleEffect = { label: string; before: string; after: string }
/** Of one table; `before` and `after` are the values as they would hold on the day. */
export type Preview = (tx: Tx, before: unknown, after: unknown, day: string) => Promise<RuleEffect[]>

/** @throws Problem.notFound for a table that no domain declares */
function mustFind(key: string): Rule {
  const rule = findRule(key)
  if (!rule) throw Problem.notFound()
  return rule
}

export async function readRuleBook(tx: Tx, actor: Actor): Promise<RuleBookAnswer> {
  const list = await keyed<CityVersion & { state: string }>(
    tx,
    sql`SELECT key, from_on::text AS "fromOn", basis, value, state FROM app.rule_version WHERE state IN ('approved', 'proposed') ORDER BY from_on`,
  )
  return {
    entered: list
      .filter(({ state }) => state === 'approved')
      .map(({ key, fromOn, basis, value }) => ({ key, fromOn, basis, value })),
    waiting: list.filter(({ state }) => state === 'proposed').map(({ key }) => key),
    mayEdit: can(actor, 'rule.edit'),
    mayDecide: can(actor, 'rule.decide'),
  }
}

export async function readVersions(tx: Tx, actor: Actor, key: string): Promise<RuleVersionRow[]> {
  return rows<RuleVersionRow>(
    tx,
    sql`SELECT v.id, v.from_on::text AS "fromOn", v.basis, v.value, v.note, v.state, a.name AS "proposedBy",
        to_jsonb(v.proposed_at) #>> '{}' AS "proposedAt", d.name AS "decidedBy", to_jsonb(v.decided_at) #>> '{}' AS "decidedAt",
        v.reason, a.person_id = ${actor.personId}::uuid AS "isMine"
      FROM app.rule_version v JOIN app.account a ON a.id = v.proposed_by LEFT JOIN app.account d ON d.id = v.decided_by
      WHERE v.key = ${mustFind(key).key} ORDER BY v.proposed_at DESC, v.id LIMIT ${bounds.ruleVersions.most}`,
  )
}

/** A version that reaches back is told, above all where months are locked: what was published stays as it is. */
async function reachesBack(tx: Tx, fromOn: string, today: string): Promise<string[]> {
  if (fromOn >= today) return []
  const locked = await first<{ until: number | null }>(
    tx,
    sql`SELECT max(until_ym) AS until FROM app.period_lock WHERE reopened_at IS NULL AND until_ym >= ${monthOf(fromOn)}`,
  )
  const until = locked?.until ?? null
  return [
    `起始日期 ${fromOn} 早于今天，按办理当日规则已经办结的不重新计算`,
    ...(until === null
      ? []
      : [
          `${fromOn.slice(0, 7)} 至 ${Math.floor(until / 100)}年${until % 100}月已有锁定的期间，已发布的数不变`,
        ]),
  ]
}

/** @throws Problem.invalid at the fields of the value */
export async function previewVersion(
  tx: Tx,
  previews: Readonly<Record<string, Preview>>,
  key: string,
  { fromOn, value }: RuleTrial,
  today: string,
): Promise<RuleEffects> {
  const rule = mustFind(key)
  const issues = ruleIssues(rule, value)
  if (issues.length > 0) throw Problem.invalid({ issues })
  const before = (await readRules(tx)).on(rule, fromOn).value
  const after = ruleBook([{ key, fromOn, basis: '', value }]).on(rule, fromOn).value
  const fields = fieldsOfRule(rule)
  const [was, is] = [before, after].map((one) => linesOf(fields, one))
  const paths = [...new Set([...was!, ...is!].map(({ path }) => path))]
  const changes = paths.flatMap((path) => {
    const [a, b] = [was!.find((l) => l.path === path), is!.find((l) => l.path === path)]
    if (a?.text === b?.text) return []
    return [{ label: (b ?? a)!.label, before: a?.text ?? '无', after: b?.text ?? '删去' }]
  })
  const [effects, warnings] = await Promise.all([
    previews[key]?.(tx, before, after, fromOn < today ? today : fromOn) ?? [],
    reachesBack(tx, fromOn, today),
  ])
  return { changes, effects, warnings }
}

/** Proposes a version; the other cadres of the city are told. @throws Problem.invalid, ruleWaits */
export async function proposeVersion(
  tx: Tx,
  work: UnitOfWork,
  key: string,
  given: RuleProposal,
  today: string,
): Promise<{ id: string }> {
  const rule = mustFind(key)
  const issues: Issue[] = ruleIssues(rule, given.value)
  if (given.basis.length < 4) issues.push({ field: 'basis', message: '请填写依据，如：某某办法 第三条' })
  const taken = await first(
    tx,
    sql`SELECT 1 FROM app.rule_version WHERE key = ${key} AND from_on = ${given.fromOn}::date AND state = 'approved'`,
  )
  if (taken) issues.push({ field: 'fromOn', message: '已有同一天起执行的版本，请改起始日期' })
  if (given.note.length < 4 && given.fromOn < today)
    issues.push({ field: 'note', message: '起始日期早于今天，请写明为什么追溯' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const id = randomId()
  await sql`INSERT INTO app.rule_version (id, key, from_on, basis, value, note, proposed_by)
    VALUES (${id}::uuid, ${key}, ${given.fromOn}::date, ${given.basis}, ${JSON.stringify(given.value)}::jsonb, ${given.note}, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )
  noted(work, 'rule.propose', key, given)
  tell(
    tx,
    cadresOf(units([work.actor.org.id])),
    { kind: 'remind', subject: `规则表“${rule.title}”有新版本待核定`, link: `/rules?table=${key}` },
    work.actor.accountId,
  )
  return { id }
}

type Waiting = { key: string; state: string; personId: string; accountId: string; fromOn: string }

/** @throws Problem.notFound, ruleDecided */
async function mustWait(tx: Tx, id: string): Promise<Waiting> {
  const found = await first<Waiting>(
    tx,
    sql`SELECT v.key, v.state, a.person_id AS "personId", a.id AS "accountId", v.from_on::text AS "fromOn"
      FROM app.rule_version v JOIN app.account a ON a.id = v.proposed_by WHERE v.id = ${id}::uuid FOR UPDATE OF v`,
  )
  if (!found) throw Problem.notFound()
  if (found.state !== 'proposed') throw Problem.ruleDecided()
  return found
}

const settle = (tx: Tx, work: UnitOfWork, id: string, state: string, reason: string) =>
  sql`UPDATE app.rule_version SET state = ${state}, reason = ${reason}, decided_by = ${work.actor.accountId}::uuid, decided_at = now() WHERE id = ${id}::uuid`.execute(
    tx,
  )

/** Approves or rejects a version, never one's own. @throws Problem.sameRuleHands, reasonMissing, ruleDecided */
export async function decideVersion(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { isApproved, reason }: RuleDecision,
): Promise<void> {
  const waiting = await mustWait(tx, id)
  if (waiting.personId === work.actor.personId) throw Problem.sameRuleHands()
  if (!isApproved && reason === '') throw Problem.reasonMissing({ asks: '不通过的理由', field: 'reason' })
  await settle(tx, work, id, isApproved ? 'approved' : 'rejected', reason)
  const { key, fromOn, accountId } = waiting
  noted(work, isApproved ? 'rule.approve' : 'rule.reject', key, { id, reason })
  const title = findRule(key)?.title ?? key
  tell(
    tx,
    sql`SELECT ${accountId}::uuid AS account_id, ${work.actor.org.id}::int AS org_id`,
    {
      kind: 'remind',
      subject: isApproved
        ? `规则表“${title}”自 ${fromOn} 起的新版本已核定`
        : `规则表“${title}”的新版本未通过：${reason}`,
      link: `/rules?table=${key}`,
    },
    work.actor.accountId,
  )
}

/** Takes back one's own version. @throws Problem.notFound, ruleDecided */
export async function withdrawVersion(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const waiting = await mustWait(tx, id)
  if (waiting.personId !== work.actor.personId) throw Problem.notFound()
  await settle(tx, work, id, 'withdrawn', '')
  noted(work, 'rule.withdraw', waiting.key, { id })
}

const noted = ({ actor, audit }: UnitOfWork, action: string, key: string, body: unknown): void =>
  audit({ districtId: actor.org.districtId, action, object: `rule:${key}`, body })
