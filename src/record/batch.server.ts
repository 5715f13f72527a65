import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { decideAct } from '#identity/decide.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { onRecord, record } from './act.server.ts'
import type { Verdicts } from './decisionApi.ts'
import { historyOf } from './create.server.ts'
import { spineOf } from './keeper.server.ts'
import { reportingLine } from './place.server.ts'
import { insertHistory, loadRecords, type Loaded } from './rows.server.ts'
import { keeperOf, type Spine } from './spine.ts'
import { tellOfBatch } from './tell.server.ts'
import { acceptingUnit } from './turns.ts'
import { visible } from './visible.server.ts'
import { stateLabels } from './workflow.ts'

/** How many records of a batch the reviewer must have opened; all if fewer. */
export const sampleSize = 5

/** Which records of a batch must have been opened: the same for the same batch, not to be guessed before it is sent. */
export function sampleOf(ids: readonly string[], secret: (text: string) => string): string[] {
  const batch = [...ids].sort().join()
  return [...ids]
    .map((id) => ({ id, rank: secret(`${batch} ${id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, sampleSize)
    .map(({ id }) => id)
}

type Item = { id: string; version: number }

/**
 * Accepts up to 500 records of one reviewer; each gets one verdict. None may carry warnings, and of those that would be
 * accepted the sample that the server names must have been opened in the version at hand.
 * @throws Problem.noWarningsInBatch, mustOpen
 */
export async function acceptMany(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  items: readonly Item[],
): Promise<Verdicts> {
  const { actor } = work
  const wanted = new Map(items.map((i) => [i.id, i.version]))
  const found = await loadAny(deps, tx, work, [...wanted.keys()])
  const warned = found.filter(({ spine }) => spine.warnings.length > 0)
  if (warned.length > 0) throw Problem.noWarningsInBatch({ ids: warned.map(({ spine }) => spine.id) })
  const accepting = await acceptingUnits(deps, tx, found)
  const refusals = new Map<string, string>()
  const chosen = found.filter(({ spine, row, programme }) => {
    const refusal = refusalOf(spine, programme.acceptedBy) ?? programme.barred(row)?.message ?? null
    if (refusal) refusals.set(spine.id, refusal)
    return refusal === null
  })
  await requireOpened(deps, tx, work, chosen)
  const done = await acceptAll(deps, tx, work, chosen)
  const verdicts = [...wanted.keys()].map((id) =>
    done.has(id)
      ? { id, ok: true, message: '审核通过' }
      : { id, ok: false, message: refusals.get(id) ?? '没有找到，或不在您的可见范围内' },
  )
  return { accepted: done.size, verdicts }

  function refusalOf(spine: Spine, acceptedBy: string): string | null {
    if (spine.version !== wanted.get(spine.id)) return '记录已被改动，请打开最新内容逐条审核'
    const accepts = accepting.get(`${keeperOf(spine)} ${acceptedBy}`) === actor.org.id
    const verdict = decideAct(actor, 'accept', onRecord(spine, accepts))
    if (verdict.allow) return null
    switch (verdict.reason) {
      case 'submitter':
      case 'submitterOtherPost':
        return '上报人与审核人不能是同一人'
      case 'acceptsAbove':
        return '由上级单位审核通过，请逐条审核上报'
      default:
        return `现为“${stateLabels[spine.state]}”，不由本单位办理`
    }
  }
}

type LoadedOf = Loaded & { programme: Deps['programmes'][number] }

async function loadAny(deps: Deps, tx: Tx, work: UnitOfWork, ids: string[]): Promise<LoadedOf[]> {
  const keys = await rows<{ programme: number }>(
    tx,
    sql`SELECT DISTINCT r.programme FROM app.record r WHERE r.id = ANY(${ids}::uuid[]) AND ${visible(work.actor)}`,
  )
  const found: LoadedOf[] = []
  for (const { programme: number } of keys) {
    const programme = deps.findProgramme(deps.catalogue.programmeKey(number))!
    const loaded = await loadRecords(
      tx,
      programme,
      sql`r.id = ANY(${ids}::uuid[]) AND r.programme = ${number} AND ${visible(work.actor)}`,
    )
    found.push(...loaded.map((l) => ({ ...l, programme })))
  }
  return found
}

async function requireOpened(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  chosen: readonly LoadedOf[],
): Promise<void> {
  const versionOf = new Map(chosen.map(({ spine }) => [spine.id, spine.version]))
  const sample = sampleOf([...versionOf.keys()], (text) =>
    deps.crypto.mac(`sample ${work.actor.accountId} ${text}`),
  )
  const versions = sample.map((id) => versionOf.get(id)!)
  const opened = await rows<{ record_id: string }>(
    tx,
    sql`SELECT o.record_id FROM app.record_opened o JOIN unnest(${sample}::uuid[], ${versions}::int[]) s(id, version)
      ON s.id = o.record_id AND s.version = o.version WHERE o.account_id = ${work.actor.accountId}::uuid`,
  )
  const seen = new Set(opened.map((o) => o.record_id))
  const mustOpen = sample.filter((id) => !seen.has(id))
  if (mustOpen.length > 0) throw Problem.mustOpen({ mustOpen })
}

async function acceptingUnits(deps: Deps, tx: Tx, found: readonly LoadedOf[]): Promise<Map<string, number>> {
  const units = new Map<string, number>()
  const today = monthOf(deps.today())
  const lines = new Map<number, Awaited<ReturnType<typeof reportingLine>>>()
  for (const { spine, programme } of found) {
    const unit = keeperOf(spine)
    const key = `${unit} ${programme.acceptedBy}`
    if (units.has(key)) continue
    const line = lines.get(unit) ?? (await reportingLine(tx, unit, today))
    lines.set(unit, line)
    units.set(key, acceptingUnit(line, programme.acceptedBy).id)
  }
  return units
}

/** Compare-and-set of all at once; a record that another reviewer took meanwhile is left out. */
async function acceptAll(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  chosen: readonly LoadedOf[],
): Promise<Set<string>> {
  if (chosen.length === 0) return new Set()
  const after = await rows<{ spine: Spine }>(
    tx,
    sql`UPDATE app.record r SET state = 'accepted', turn_of = NULL, version = r.version + 1, updated_at = now(),
      decided_by = ${work.actor.personId}::uuid, decided_at = now()
      FROM unnest(${chosen.map((c) => c.spine.district_id)}::int[], ${chosen.map((c) => c.spine.id)}::uuid[], ${chosen.map((c) => c.spine.version)}::int[]) c(district_id, id, version)
      WHERE r.district_id = c.district_id AND r.id = c.id AND r.version = c.version RETURNING ${spineOf} AS spine`,
  )
  const byId = new Map(after.map((a) => [a.spine.id, a.spine]))
  const now = new Date().toISOString()
  insertHistory(
    tx,
    after.map(({ spine }) => historyOf(spine, work.actor, 'accept', now)),
  )
  for (const { spine, row, programme } of chosen) {
    const changed = byId.get(spine.id)
    if (changed) record(deps, work, programme, changed, spine, row, 'accept')
  }
  tellOfBatch(tx, work, [...byId.values()])
  return new Set(byId.keys())
}
