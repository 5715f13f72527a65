import { scaleOf } from '#kit/contribution.ts'
import { longDay } from '#kit/day.ts'
import { indicators } from '#programmes/index.ts'
import type { Block, FigureRun, OfficialDocument, Run, SourceRow } from '#paper/document.ts'
import { numeral } from '../summary/words.ts'
import { write } from '../written.ts'
import type { Plan, PlanItem } from './api.ts'
import { boundWords } from './words.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

type Paper = { plan: Plan; today: string; publicUrl: string; demo: boolean }

/** Sections of a plan in the order in which they first come. */
export function sectionsOf<T extends { section: string }>(
  items: readonly T[],
): { section: string; items: T[] }[] {
  const bySection = new Map<string, T[]>()
  for (const item of items) bySection.set(item.section, [...(bySection.get(item.section) ?? []), item])
  return [...bySection].map(([section, list]) => ({ section, items: list }))
}

/** The plan of a year as an official document; a target stands in it as a figure with its 口径 in the appendix. */
export function planDocument({ plan, today, publicUrl, demo }: Paper): OfficialDocument {
  const targets = new Map<string, FigureRun>()
  const goal = paragraphs(plan.goal)
  const date = plan.adoptedOn ?? today
  return {
    title: titleLines(plan.title, plan.year),
    date: plan.adoptedOn
      ? `（${longDay(plan.adoptedOn)}${plan.meeting}通过${plan.docNo ? `　${plan.docNo}` : ''}）`
      : '（草案）',
    blocks: [
      ...(goal.length > 0 ? [heading(1, '一、总体要求'), ...goal] : []),
      heading(1, goal.length > 0 ? '二、重点任务' : '一、重点任务'),
      ...sectionsOf(plan.items).flatMap(({ section, items }, at) => [
        heading(2, `（${numeral(at + 1)}）${section}`),
        ...items.map((item, n) => task(item, n + 1, plan, targets)),
      ]),
    ],
    signature: {
      name: plan.org.name.endsWith('女职工委员会') ? plan.org.name : `${plan.org.name}女职工委员会`,
      date: longDay(date),
    },
    sources: sourcesOf([...targets.values()], plan, publicUrl),
    appendix: { title: '目标与口径', note: '正文所列目标按以下口径统计，进度以审核通过的工作记录为准。' },
    ...(demo ? { banner: '演示数据　不作公文使用' } : {}),
  }
}

const heading = (level: 1 | 2, text: string): Block => ({ kind: 'heading', level, text })

const paragraphs = (text: string): Block[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'paragraph', runs: [{ text: line }] }))

/** Officials break a title by meaning: who, then what. */
function titleLines(title: string, year: number): string[] {
  const at = title.indexOf(String(year))
  return at > 3 ? [title.slice(0, at), title.slice(at)] : [title]
}

const ended = (text: string): string => (/[。！？；]$/u.test(text) ? text : `${text}。`)

function task(item: PlanItem, n: number, plan: Plan, targets: Map<string, FigureRun>): Block {
  const aside = [
    `责任单位：${item.owner.shortName}`,
    `完成时限：${longDay(item.dueOn)}`,
    ...(item.evidence ? [`佐证：${item.evidence}`] : []),
  ]
  return {
    kind: 'paragraph',
    runs: [
      { text: `${n}.${ended(item.task)}` },
      ...targetRuns(item, plan, targets),
      { text: `（${aside.join('；')}）` },
    ],
  }
}

/** One figure of an indicator stands for its row of the appendix; a second target on the same one is plain text. */
function targetRuns({ target }: PlanItem, plan: Plan, targets: Map<string, FigureRun>): Run[] {
  const declared = byId.get(target?.indicator ?? '')
  if (!target || !declared) return []
  const { label, unit } = declared.indicator
  const value = target.value / 10 ** scaleOf(declared.indicator)
  const written = write(value, unit, 'exact')
  const begin = { text: `${label}${boundWords[target.bound]}` }
  if (targets.has(declared.id)) return [{ text: `${begin.text}${written}。` }]
  const figure: FigureRun = {
    indicator: declared.id,
    label,
    value,
    unit,
    written,
    snapshot: `P${plan.year}-${plan.org.id}`,
  }
  targets.set(declared.id, figure)
  return [begin, { figure }, { text: '。' }]
}

function sourcesOf(figures: readonly FigureRun[], plan: Plan, publicUrl: string): SourceRow[] {
  return figures.map(({ indicator, label, value, unit }, at) => {
    const { programme, indicator: spec } = byId.get(indicator)!
    return {
      no: at + 1,
      programme: programme.label,
      indicator,
      label,
      value,
      unit,
      definition: spec.definition,
      link: `${publicUrl}/trace/${indicator}?org=${plan.org.id}&calendar=year&year=${plan.year}`,
    }
  })
}
