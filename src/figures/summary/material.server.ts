import { sql, type RawBuilder } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { committeeFromOn } from '#org/duty.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { listTasks } from '#task/read.server.ts'
import { yearTotals } from '../estimates.server.ts'
import { readTargets } from '../plan/follow.server.ts'
import { figuresOf, inUnit } from '../service.server.ts'
import type { PaperMaterial } from '../summaryApi.ts'
import { comparedOf, type Compared } from './compared.ts'
import { brand, told } from './highlights.ts'
import { sentencesOf } from './offers.ts'
import { chipsOf } from './draft.ts'
import { draftNow, getPaper } from './paper.server.ts'
import { policyInputs } from './policyInputs.ts'
import { problemsOf, type Findings } from './problems.ts'
import { writtenAs } from './render.ts'
import { printedIndicators } from './sections.ts'
import { liveValues, readYear } from './year.server.ts'

const declared = new Map(indicators.map((entry) => [entry.id, entry.indicator]))
/** So many of a list are told, the furthest first. */
const most = 5
/** A fall is told from a tenth on, of figures that are no trifle. */
const least = 10

/** What the data has to offer to whoever writes: sentences that are not in the text, findings, records with a name. */
export async function readMaterial(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<PaperMaterial> {
  const paper = await getPaper(tx, actor, year)
  const values = await liveValues(deps, tx, actor.org.id, year)
  const draft = await draftNow(deps, tx, actor, year, values, paper)
  const material = await readYear(deps, tx, actor, year, values, paper.start)
  const stands = new Set(
    chipsOf(draft)
      .filter((chip) => chip.year === undefined)
      .map((c) => c.indicator),
  )
  return {
    sentences: sentencesOf(actor.org.tier, material.figures, stands),
    problems: problemsOf(await readFindings(deps, tx, actor, year), year),
    compared: comparedOf(await readCompared(deps, tx, actor, year), year),
    highlights: [
      ...material.highlights.map((row) => ({
        record: row.id!,
        programme: 'highlight',
        kind: row.kind,
        title: row.title,
        text: row.kind === '工作品牌' ? `培育形成${brand(row)}服务品牌。` : `${told(row)}。`,
      })),
      ...material.policyInputs.map((row) => ({
        record: row.id!,
        programme: 'policyInput',
        kind: '源头参与',
        title: row.document,
        text: (policyInputs([row]) ?? []).map((run) => ('text' in run ? run.text : '')).join(''),
      })),
    ],
  }
}

type Listed = { count: number; names: string[] }
const listed = (where: RawBuilder<unknown>) =>
  sql`(SELECT jsonb_build_object('count', count(*), 'names', coalesce(jsonb_agg(o.short_name ORDER BY o.org_code) FILTER (WHERE n <= 3), '[]'))
    FROM (SELECT o.*, row_number() OVER (ORDER BY o.org_code) AS n FROM below o LEFT JOIN app.org_committee k ON k.org_id = o.id WHERE ${where}) o)`

async function readFindings(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings> {
  const { scopeCode } = actor.org
  const today = deps.today()
  const committeeFrom = await committeeFromOn(tx, today)
  const nothing = sql`NOT EXISTS (SELECT FROM app.rollup r WHERE r.org_id = o.id AND r.yr = ${year} AND r.line = 0 AND r.state = 1)
    AND NOT EXISTS (SELECT FROM app.rollup_delta d WHERE d.org_id = o.id AND d.ym / 100 = ${year})`
  const found = await first<{ without: Listed; overdue: Listed; silent: Listed; units: number }>(
    tx,
    sql`WITH below AS MATERIALIZED (SELECT * FROM app.org o WHERE o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}
        AND o.closed_on IS NULL AND o.tier IN ('grassroots', 'branch'))
      SELECT ${listed(sql`k.org_id IS NULL AND o.women_members >= ${committeeFrom}`)} AS without,
        ${listed(sql`k.form = 'committee' AND k.term_until_on < ${today}::date`)} AS overdue,
        ${listed(nothing)} AS silent, (SELECT count(*) FROM below) AS units`,
  )
  const { without, overdue, silent, units } = found!
  return {
    without,
    overdue,
    silent: { ...silent, units },
    lagging: await laggards(deps, tx, actor, today),
    below: await belowLastYear(deps, tx, actor, year),
    short: await belowPlan(deps, tx, actor, year),
  }
}

async function laggards(deps: Deps, tx: Tx, actor: Actor, today: string): Promise<Findings['lagging']> {
  if (!can(actor, 'task.read')) return []
  const tasks = await listTasks(deps, tx, actor, 'sent')
  return tasks
    .filter(({ dueOn, isOver, owing }) => !isOver && dueOn < today && (owing ?? 0) > 0)
    .slice(0, most)
    .map(({ id, title, dueOn, owing }) => ({ id, title, dueOn, owing: owing! }))
}

/** Flows without protected cells that lie a tenth or more below last year's, of an open year below its months so far. */
async function belowLastYear(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings['below']> {
  const figures = await figuresOf(tx, actor.org.id, periodOf('year', year), 'then', monthOf(deps.today()))
  return figures
    .filter(({ indicator, value, before }) => {
      const { nature, cell } = declared.get(indicator)!
      const isTold = printedIndicators.includes(indicator) && nature !== 'stock' && cell === 'none'
      return isTold && value > 0 && before >= least && value < before * 0.9
    })
    .toSorted((a, b) => a.value / a.before - b.value / b.before)
    .slice(0, most)
    .map(({ indicator }) => ({ indicator, label: declared.get(indicator)!.label }))
}

/** Figures below the targets that the unit owns in adopted plans, by the time that is over. */
async function belowPlan(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings['short']> {
  if (!can(actor, 'plan.read')) return []
  const { rows: targets } = await readTargets(deps, tx, actor, { year: String(year) })
  if (targets.length === 0) return []
  const values = await liveValues(deps, tx, actor.org.id, year)
  return targets
    .flatMap(({ indicator, target, elapsed }) => {
      const spec = declared.get(indicator)
      const value = values.get(indicator) ?? 0
      if (!spec || spec.cell !== 'none' || value >= target * elapsed) return []
      const written = writtenAs(inUnit(indicator, target), spec.unit, 'exact')
      return [{ indicator, label: spec.label, target: written, elapsed, share: value / target }]
    })
    .toSorted((a, b) => a.share - b.share)
    .slice(0, most)
    .map(({ indicator, label, target, elapsed }) => ({ indicator, label, target, elapsed }))
}

/** Printed figures that have both a year and the one before, be it an estimate; protected cells are left out. */
async function readCompared(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Compared[]> {
  const figures = await figuresOf(tx, actor.org.id, periodOf('year', year), 'then', monthOf(deps.today()))
  const isOver = year < Number(deps.today().slice(0, 4))
  if (!isOver) return []
  const earlier = new Map((await yearTotals(tx, actor.org.id, year)).map((e) => [e.indicator, e.before]))
  return figures.flatMap(({ indicator, value, before }) => {
    const { cell, label } = declared.get(indicator)!
    const last = before === 0 ? (earlier.get(indicator) ?? 0) : before
    return printedIndicators.includes(indicator) && cell === 'none' && value > 0 && last > 0
      ? [{ indicator, label, value, before: last }]
      : []
  })
}
