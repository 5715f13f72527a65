import { chipKey, periodOfChip, type Chip } from '#figures/summary/draft.ts'
import { ESTIMATED, writtenAs, WITHHELD } from '#figures/summary/render.ts'
import type { ChipInfo } from '#figures/summaryApi.ts'
import { findLine } from '../../figures/chapters.ts'
import type { Scope } from '../../figures/scope.ts'

/** What a chip shows and says of itself. */
export interface ChipFace {
  text: string
  title: string
  tone: 'plain' | 'corrected' | 'missing' | 'unknown'
}

/** Values by chipKey, of the year whose summary it is. */
export type ChipValues = { year: number; info: ReadonlyMap<string, ChipInfo> }

export const infoOf = ({ year, info }: ChipValues, chip: Chip): ChipInfo | undefined =>
  info.get(chipKey(chip, year))

/** What it is of, where that is not the unit's own year: 「甘井子区2019年上半年」. */
export function placeOf(chip: Chip, values: ChipValues): string {
  const period = periodOfChip(chip, values.year)
  const isOwnYear = period.calendar === 'year' && period.fromYm === values.year * 100 + 1
  return `${infoOf(values, chip)?.org?.shortName ?? ''}${isOwnYear ? '' : period.label}`
}

export function faceOf(chip: Chip, values: ChipValues): ChipFace {
  const line = findLine(chip.indicator)
  const info = infoOf(values, chip)
  const place = placeOf(chip, values)
  const label = `${line?.indicator.label ?? chip.indicator}${place ? `（${place}）` : ''}`
  if (!line) return { text: '（指标不存在）', title: chip.indicator, tone: 'missing' }
  if (!info) return { text: '…', title: `${label}：正在取数`, tone: 'unknown' }
  const { unit, style, definition } = line.indicator
  if (info.value === null)
    return { text: WITHHELD, title: `${label}：人数过少或尚未发布，不得写入公文`, tone: 'missing' }
  const said = writtenAs(info.value, unit, chip.style ?? style)
  const head = `${label}：${info.value}${unit}\n口径：${definition}`
  if (chip.correction)
    return {
      text: chip.correction.written,
      title: `${head}\n人工更正：${chip.correction.reason}`,
      tone: 'corrected',
    }
  const text = info.isEstimate ? `${said}${ESTIMATED}` : said
  return { text, title: head, tone: info.value === 0 ? 'missing' : 'plain' }
}

/** Where the records of a chip stand. */
export function scopeOfChip(chip: Chip, year: number): Scope {
  return {
    ...(chip.org === undefined ? {} : { org: chip.org }),
    calendar: chip.calendar ?? 'year',
    year: chip.year ?? year,
    part: chip.part ?? 1,
    view: 'then',
  }
}
