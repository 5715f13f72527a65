import { longDay } from '#kit/day.ts'
import type { Tier } from '#org/api.ts'
import type { Indicator } from '#kit/indicator.ts'
import {
  figuresOf,
  type Block,
  type FigureRun,
  type OfficialDocument,
  type SourceRow,
} from '#paper/document.ts'
import { isTooSmallToPrint } from '../disclosure/bound.ts'
import { write } from '../written.ts'
import { edited, heading, problems, tasks, textBlock } from './editors.ts'
import type { YearMaterial } from './material.ts'
import type { StartTexts } from './start.ts'
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
  texts: StartTexts
  /** `S2019-1`, or `live` for a preview. */
  snapshot: string
  publicUrl: string
  demo: boolean
  register: readonly Declared[]
}

/** The snapshot id of what is not frozen. */
export const LIVE = 'live'

export const committee = (org: string): string => (org.endsWith('女职工委员会') ? org : `${org}女职工委员会`)

/** 「大连市总工会女职工委员会2019年工作总结（S2019-1）」, without the plan: a name of a file. */
export const fileTitle = (org: string, year: number, snapshot: string): string =>
  `${committee(org)}${year}年工作总结（${snapshot}）`

/**
 * The annual summary (年度工作总结) of a year in six sections, and the plan of the next as its editors wrote it.
 *
 * Sentences are ours, figures and names are the records'. A clause whose figure is zero is left unsaid, a section
 * without a clause falls away and the next moves up; an empty text of the editors leaves its place out.
 */
export function composeSummary(input: SummaryInput): OfficialDocument {
  const { year, texts, org } = input
  const plan = planOf(year + 1, texts)
  const body = [...leadOf(input), ...yearOf(input), ...plan, ...edited(texts.closing)]
  const signature = { name: committee(org), date: longDay(input.today) }
  const document: OfficialDocument = {
    title: [signature.name, `${year}年工作总结${plan.length > 0 ? `和${year + 1}年工作要点` : ''}`],
    date: `（${signature.date}）`,
    blocks: body,
    signature,
    sources: [],
    ...(input.demo ? { banner: '演示数据　不作公文使用' } : {}),
  }
  return { ...document, sources: sourcesOf(document, input) }
}

/** Who speaks in the opening sentence, by tier. */
const speaks: Record<Tier, (org: string) => string> = {
  city: () => '全市各级工会女职工组织围绕中心、服务大局，立足维权服务基本职责，依靠基层、面向女职工开展工作',
  district: (org) =>
    `在市总工会和区域党委领导下，${org}各级女职工组织贴近基层、服务女职工，扎实做好培训、维权和关爱各项工作`,
  industry: (org) => `${org}各级女职工组织紧扣行业改革发展任务，把维权、服务和建功立业融入女职工日常工作`,
  subdistrict: (org) =>
    `在上级工会指导下，${org}女职工组织面向辖区小微企业和新就业群体，把服务送到女职工身边`,
  grassroots: (org) =>
    `在上级工会和本单位党组织领导下，${org}女职工组织立足岗位、贴心服务，较好完成了各项工作`,
  branch: (org) => `在上级工会领导下，${org}女职工组织立足岗位、贴心服务，较好完成了各项工作`,
}

function leadOf({ year, texts, tier, org }: SummaryInput): Block[] {
  const lead = edited(texts.lead)
  if (lead.length > 0) return lead
  return [textBlock(`${year}年，${speaks[tier](org)}。现将主要情况总结如下。`)]
}

function yearOf(input: SummaryInput): Block[] {
  const sections = yearSections({ ...input, ink: inkOf(input) })
  return [
    heading(1, `一、${input.year}年主要工作`),
    ...sections.flatMap((section, at) => [
      heading(2, `（${numeral(at + 1)}）${section.heading}`),
      ...section.blocks,
    ]),
    ...problems(input.texts.problems),
  ]
}

function planOf(year: number, texts: StartTexts): Block[] {
  const plan = [...edited(texts.planGoal), ...tasks(texts.planTasks)]
  return plan.length === 0 ? [] : [heading(1, `二、${year}年工作要点`), ...plan]
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
