import { monthOf } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { yearTotals } from '../estimates.server.ts'
import { figuresOf } from '../service.server.ts'
import type { PaperMaterial } from '../summaryApi.ts'
import { comparedOf, type Compared } from './compared.ts'
import { readFindings } from './findings.server.ts'
import { brand, told } from './highlights.ts'
import { sentencesOf } from './offers.ts'
import { chipsOf } from './draft.ts'
import { draftNow, getPaper } from './paper.server.ts'
import { policyInputs } from './policyInputs.ts'
import { problemsOf } from './problems.ts'
import { printedIndicators } from './sections.ts'
import { liveValues, readYear } from './year.server.ts'

const declared = new Map(indicators.map((entry) => [entry.id, entry.indicator]))

/** What the data has to offer to whoever writes: sentences that are not in the text, findings, records with a name. */
export async function readMaterial(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<PaperMaterial> {
  const isOver = year < yearOf(deps.today())
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
    sentences: sentencesOf(actor.org.tier, material.figures, stands, material.honours),
    problems: problemsOf(await readFindings(deps, tx, actor, year), year, isOver),
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

const yearOf = (day: string): number => Number(day.slice(0, 4))

/** Printed figures that have both a year and the one before, be it an estimate; protected cells are left out. */
async function readCompared(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Compared[]> {
  const figures = await figuresOf(tx, actor.org.id, periodOf('year', year), 'then', monthOf(deps.today()))
  if (year >= yearOf(deps.today())) return []
  const earlier = new Map((await yearTotals(tx, actor.org.id, year)).map((e) => [e.indicator, e.before]))
  return figures.flatMap(({ indicator, value, before }) => {
    const { cell, label } = declared.get(indicator)!
    const last = before === 0 ? (earlier.get(indicator) ?? 0) : before
    return printedIndicators.includes(indicator) && cell === 'none' && value > 0 && last > 0
      ? [{ indicator, label, value, before: last }]
      : []
  })
}
