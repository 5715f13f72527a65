import dayjs, { type Dayjs } from 'dayjs'
import type { Formula, LineKind, NewSheet, Sheet, SheetLine } from '#figures/assessment/api.ts'

/** A line as the form holds it: numbers as typed, steps as 「数=分」 parted by 、 or commas. */
export type LineValues = {
  key?: string
  kind: LineKind
  section: string
  item: string
  points?: string
  evidence?: string
  how: Formula['kind']
  indicator?: string
  against: 'plan' | 'lastYear' | 'value'
  number?: string
  steps?: string
}

export type SheetValues = {
  year: number
  title: string
  note?: string
  tiers: NewSheet['tiers']
  months: [Dayjs, Dayjs]
  selfDue: Dayjs
  reviewDue: Dayjs
  finalDue: Dayjs
  lines: LineValues[]
}

const hundredths = (text: string | undefined): number => Math.round(Number(text ?? 0) * 100) || 0
const day = (value: Dayjs): string => value.format('YYYY-MM-DD')
const month = (value: Dayjs): number => value.year() * 100 + value.month() + 1

/** `1=4、3=7` → steps; what is no pair falls away, so that the form can say how it wants them. */
export function readSteps(text: string): { from: number; points: number }[] {
  return text.split(/[、，,;；\s]+/).flatMap((pair) => {
    const [, from, points] = /^(\d+(?:\.\d+)?)\s*[=＝:：]\s*(\d+(?:\.\d{1,2})?)$/.exec(pair.trim()) ?? []
    return from && points ? [{ from: Number(from), points: hundredths(points) }] : []
  })
}

function formulaOf({ how, indicator, against, number, steps }: LineValues): Formula {
  const id = indicator ?? ''
  switch (how) {
    case 'ratio':
      return { kind: how, indicator: id, against, value: against === 'value' ? Number(number) : null }
    case 'perHead':
      return { kind: how, indicator: id, full: Number(number) }
    case 'yesNo':
      return { kind: how, indicator: id, atLeast: Number(number) }
    case 'steps':
      return { kind: how, indicator: id, steps: readSteps(steps ?? '') }
  }
}

/** Numbers of new lines go on after those that there are: a line keeps its number whatever is moved. */
function keyed(lines: readonly LineValues[]): string[] {
  let last = Math.max(0, ...lines.map(({ key }) => Number(key?.slice(1) ?? 0)))
  return lines.map(({ key }) => key ?? `l${++last}`)
}

/** The form as the server wants it. */
export function sheetBody(values: SheetValues): NewSheet {
  const keys = keyed(values.lines)
  return {
    year: values.year,
    title: values.title.trim(),
    note: values.note ?? '',
    tiers: values.tiers,
    fromYm: month(values.months[0]),
    untilYm: month(values.months[1]),
    selfDue: day(values.selfDue),
    reviewDue: day(values.reviewDue),
    finalDue: day(values.finalDue),
    lines: values.lines.map((line, at): SheetLine => ({
      key: keys[at]!,
      kind: line.kind,
      section: line.section.trim(),
      item: line.item.trim(),
      points: line.kind === 'veto' ? 0 : hundredths(line.points),
      formula: line.kind === 'formula' ? formulaOf(line) : null,
      evidence: line.evidence ?? '',
    })),
  }
}

const blank = { how: 'ratio', against: 'lastYear' } as const

function lineValues({ key, kind, section, item, points, evidence, formula }: SheetLine): LineValues {
  const base = { key, kind, section, item, points: String(points / 100), evidence, ...blank }
  if (formula === null) return base
  const { indicator } = formula
  switch (formula.kind) {
    case 'ratio':
      return {
        ...base,
        how: 'ratio',
        indicator,
        against: formula.against,
        ...(formula.value === null ? {} : { number: String(formula.value) }),
      }
    case 'perHead':
      return { ...base, how: 'perHead', indicator, number: String(formula.full) }
    case 'yesNo':
      return { ...base, how: 'yesNo', indicator, number: String(formula.atLeast) }
    case 'steps':
      return {
        ...base,
        how: 'steps',
        indicator,
        steps: formula.steps.map((step) => `${step.from}=${step.points / 100}`).join('、'),
      }
  }
}

export const emptyLine: LineValues = { kind: 'manual', section: '', item: '', ...blank }

const at = (ym: number): Dayjs => dayjs(`${Math.floor(ym / 100)}-${String(ym % 100).padStart(2, '0')}-01`)

/** What the form opens with: a stored draft, or this year's usual. */
export function sheetValues(sheet: Sheet | null, today: string): SheetValues {
  if (sheet === null) {
    const year = Number(today.slice(0, 4))
    return {
      year,
      title: `${year}年女职工工作目标责任考核`,
      tiers: ['district', 'industry'],
      months: [dayjs(`${year}-01-01`), dayjs(`${year}-12-01`)],
      selfDue: dayjs(`${year}-12-10`),
      reviewDue: dayjs(`${year}-12-20`),
      finalDue: dayjs(`${year}-12-31`),
      lines: [emptyLine],
    }
  }
  return {
    year: sheet.year,
    title: sheet.title,
    note: sheet.note,
    tiers: sheet.tiers,
    months: [at(sheet.fromYm), at(sheet.untilYm)],
    selfDue: dayjs(sheet.selfDue),
    reviewDue: dayjs(sheet.reviewDue),
    finalDue: dayjs(sheet.finalDue),
    lines: sheet.lines.map(lineValues),
  }
}
