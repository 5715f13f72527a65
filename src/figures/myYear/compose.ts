import { longDay } from '#kit/day.ts'
import type { Programme } from '#kit/programme.ts'
import { FEN_PER_YUAN, write } from '#figures/written.ts'
import type { Block, OfficialDocument } from '#paper/document.ts'
import { indicators } from '#programmes/index.ts'
import { sectionNames } from '#programmes/sections.ts'
import type { MyYear, Other, Work } from './api.ts'
import { otherDeeds } from './others.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

/** 「教育培训期数」 before 期 and 「竞赛参与人次」 before 人次 say their unit twice. */
const told = (label: string, unit: string): string =>
  [`${unit}数`, unit].reduce((text, end) => (text.endsWith(end) ? text.slice(0, -end.length) : text), label)

/** 「教育培训12期」: exact, since it is told of one person's own work. */
function figureText({ indicator: code, value }: Work['figures'][number]): string | null {
  const found = byId.get(code)
  if (!found || value <= 0) return null
  const { label, unit, kind } = found.indicator
  return `${told(label, unit)}${write(kind === 'money' ? value / FEN_PER_YUAN : value, unit, 'exact')}`
}

/** One sentence of what was done with a programme's records; what is nought is not said. */
export function sentenceOf(label: string, { counts, figures }: Work): string {
  const parts: string[] = []
  if (counts.entered > 0) {
    const rest = counts.entered - counts.accepted
    const stand =
      counts.accepted === 0
        ? '，尚未审核通过'
        : rest === 0
          ? '，均已审核通过'
          : `，其中${counts.accepted}条已审核通过`
    parts.push(`填报${label}${counts.entered}条${stand}`)
  }
  const said = figures.map(figureText).filter((text) => text !== null)
  if (said.length > 0) parts.push(`计入${said.join('、')}`)
  if (counts.reviewed > 0) parts.push(`审核下级上报的${label}${counts.reviewed}条`)
  if (counts.returned > 0) parts.push(`退回修改${counts.reviewed > 0 ? '' : label}${counts.returned}条`)
  return `${parts.join('，')}。`
}

export type Section = { section: string; name: string; sentences: string[] }

/** Works as sentences, by section of the annual summary and in its order. */
export function sectionsOf(works: readonly Work[], programmes: readonly Programme[]): Section[] {
  return Object.entries(sectionNames).flatMap(([section, name]) => {
    const sentences = programmes
      .filter((p) => p.section === section)
      .flatMap((p) => {
        const found = works.find((w) => w.programme === p.key)
        return found ? [sentenceOf(p.label, found)] : []
      })
    return sentences.length > 0 ? [{ section, name, sentences }] : []
  })
}

const numerals = '一二三四五六七八九十'

type Part = { title: string; sections: Section[]; nothing: string }

/** Works by section, and after them what stands in no record. */
const withOthers = (
  works: readonly Work[],
  others: readonly Other[],
  programmes: readonly Programme[],
): Section[] => [
  ...sectionsOf(works, programmes),
  ...(others.length === 0
    ? []
    : [
        {
          section: 'others',
          name: '其他工作',
          sentences: [`${others.map(({ deed, n }) => otherDeeds[deed](n)).join('，')}。`],
        },
      ]),
]

const partsOf = (year: MyYear, programmes: readonly Programme[]): Part[] => [
  {
    title: '本人工作',
    sections: withOthers(year.me, year.others.me, programmes),
    nothing: '本年度本人没有在系统中填报或审核记录。',
  },
  {
    title: `${year.org.name}工作`,
    sections: withOthers(year.unit, year.others.unit, programmes),
    nothing: '本年度本单位没有在系统中填报或审核记录。',
  },
]

/** The text as it is pasted elsewhere: paragraphs, one a line. */
export function plainTextOf(year: MyYear, programmes: readonly Programme[]): string {
  return partsOf(year, programmes)
    .flatMap(({ title, sections, nothing }, n) => [
      `${numerals[n]}、${title}`,
      ...(sections.length === 0 ? [nothing] : []),
      ...sections.map(({ name, sentences }, m) => `（${numerals[m]}）${name}。${sentences.join('')}`),
    ])
    .join('\n')
}

const meaning =
  '以上数字取自系统中的记录，按事项发生的日期归入年度；“计入”的数字只算审核通过的记录。人数来自各单位填报的数，没有按名单去重。'

/** The same as an official document. */
export function documentOf(
  year: MyYear,
  programmes: readonly Programme[],
  today: string,
  isDemo: boolean,
): OfficialDocument {
  const blocks: Block[] = partsOf(year, programmes).flatMap(({ title, sections, nothing }, n): Block[] => [
    { kind: 'heading', level: 1, text: `${numerals[n]}、${title}` },
    ...(sections.length === 0 ? [{ kind: 'paragraph' as const, runs: [{ text: nothing }] }] : []),
    ...sections.map(({ name, sentences }, m): Block => ({
      kind: 'paragraph',
      lead: `（${numerals[m]}）${name}。`,
      runs: [{ text: sentences.join('') }],
    })),
  ])
  return {
    title: [`${year.person}同志`, `${year.year}年度工作情况`],
    date: `（${longDay(today)}）`,
    blocks: [...blocks, { kind: 'paragraph', lead: '数据口径。', runs: [{ text: meaning }] }],
    signature: { name: `${year.org.name}　${year.person}`, date: longDay(today) },
    sources: [],
    ...(isDemo ? { banner: '演示数据' } : {}),
  }
}
