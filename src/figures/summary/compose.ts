import { longDay } from '#kit/day.ts'
import type { Indicator } from '#kit/indicator.ts'
import { figuresOf, type FigureRun, type OfficialDocument, type SourceRow } from '#paper/document.ts'
import type { EditedPart } from '../summaryApi.ts'
import { isTooSmallToPrint } from '../disclosure/bound.ts'
import { write } from '../written.ts'
import { composed, edited, heading, problems, tasks, textBlock, type PartBlock } from './editors.ts'
import type { YearMaterial } from './material.ts'
import { yearSections } from './sections.ts'
import { numeral, type Ink } from './words.ts'

/** An indicator as the register of programmes declares it. */
export interface Declared {
  id: string
  indicator: Indicator
  programme: { label: string }
}

export interface SummaryInput extends Omit<YearMaterial, 'ink'> {
  year: number
  /** Date of the text, YYYY-MM-DD. */
  today: string
  /** Full name of the federation; its women workers' committee signs. */
  org: string
  /** Accepted values of the calendar year in the indicator's unit (money in yuan); a missing one is zero. */
  figures: ReadonlyMap<string, number>
  texts: Readonly<Partial<Record<EditedPart, string>>>
  /** `S2019-1`, or `live` for a preview. */
  snapshot: string
  publicUrl: string
  demo: boolean
  register: readonly Declared[]
}

export interface Composed {
  document: OfficialDocument
  /** For each block of the document the editors' text that it comes from, or null. */
  parts: (EditedPart | null)[]
}

/** The snapshot id of what is not frozen. */
export const LIVE = 'live'

const committee = (org: string): string => (org.endsWith('女职工委员会') ? org : `${org}女职工委员会`)

/** 「大连市总工会女职工委员会2019年工作总结（S2019-1）」, without the plan: a name of a file. */
export const fileTitle = (org: string, year: number, snapshot: string): string =>
  `${committee(org)}${year}年工作总结（${snapshot}）`

/**
 * The annual summary (年度工作总结) of a year in six sections, and the plan of the next as its editors wrote it.
 *
 * Sentences are ours, figures and names are the records'. A clause whose figure is zero is left unsaid, a section
 * without a clause falls away and the next moves up; an empty text of the editors leaves its place out.
 */
export function composeSummary(input: SummaryInput): Composed {
  const { year, texts, org } = input
  const plan = planOf(year + 1, texts)
  const body = [...leadOf(input), ...yearOf(input), ...plan, ...edited('closing', texts.closing)]
  const signature = { name: committee(org), date: longDay(input.today) }
  const document: OfficialDocument = {
    title: [signature.name, `${year}年工作总结${plan.length > 0 ? `和${year + 1}年工作要点` : ''}`],
    date: `（${signature.date}）`,
    blocks: body.map(({ block }) => block),
    signature,
    sources: [],
    ...(input.demo ? { banner: '演示数据　不作公文使用' } : {}),
  }
  return {
    document: { ...document, sources: sourcesOf(document, input) },
    parts: body.map(({ part }) => part),
  }
}

function leadOf({ year, texts }: SummaryInput): PartBlock[] {
  const lead = edited('lead', texts.lead)
  if (lead.length > 0) return lead
  return [
    composed(
      textBlock(
        `${year}年，全市各级工会女职工组织围绕中心、服务大局，立足维权服务基本职责，依靠基层、面向女职工开展工作。现将主要情况总结如下。`,
      ),
    ),
  ]
}

function yearOf(input: SummaryInput): PartBlock[] {
  const sections = yearSections({ ...input, ink: inkOf(input) })
  return [
    composed(heading(1, `一、${input.year}年主要工作`)),
    ...sections.flatMap((section, at) => [
      composed(heading(2, `（${numeral(at + 1)}）${section.heading}`)),
      ...section.blocks.map(composed),
    ]),
    ...problems(input.texts.problems),
  ]
}

function planOf(year: number, texts: SummaryInput['texts']): PartBlock[] {
  const plan = [...edited('planGoal', texts.planGoal), ...tasks(texts.planTasks)]
  return plan.length === 0 ? [] : [composed(heading(1, `二、${year}年工作要点`)), ...plan]
}

/** Figures as their indicator's style writes them; none for zero, nor for what is too small to be read by everybody. */
function inkOf({ figures, register, snapshot }: SummaryInput): Ink {
  const declared = new Map(register.map((entry) => [entry.id, entry.indicator]))
  const countBeside = ({ beside }: Indicator) => {
    const indicator = beside && declared.get(beside)
    return indicator ? { indicator, value: figures.get(beside) ?? 0 } : undefined
  }
  return (id): FigureRun | null => {
    const value = figures.get(id) ?? 0
    const indicator = declared.get(id)
    if (!indicator) throw new RangeError(`No such indicator: ${id}`)
    if (value === 0 || isTooSmallToPrint({ indicator, value }, countBeside(indicator))) return null
    const { label, unit, style } = indicator
    return { indicator: id, label, value, unit, written: write(value, unit, style), snapshot }
  }
}

/** One row for each figure of the text, in reading order. */
function sourcesOf(
  document: OfficialDocument,
  { register, snapshot, year, publicUrl }: SummaryInput,
): SourceRow[] {
  const declared = new Map(register.map((entry) => [entry.id, entry]))
  const query = snapshot === LIVE ? `year=${year}` : `snapshot=${snapshot}`
  const printed = new Map(figuresOf(document).map((figure) => [figure.indicator, figure]))
  return [...printed.values()].map(({ indicator, label, value, unit }, at) => {
    const { programme, indicator: spec } = declared.get(indicator)!
    return {
      no: at + 1,
      programme: programme.label,
      indicator,
      label,
      value,
      unit,
      definition: spec.definition,
      link: `${publicUrl}/trace/${indicator}?${query}`,
    }
  })
}
