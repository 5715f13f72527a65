import { auditObject } from '#audit/objects.ts'
import { auditAct } from '#audit/words.ts'
import { periodWords } from '#hardship/clock.ts'
import { claimText } from '#hardship/condolence.ts'
import { householdText, resultText, ruleText } from '#hardship/tell.ts'
import { formatInstant, longDay } from '#kit/day.ts'
import type { Listing, ListingSection } from '#paper/listing.ts'
import type { HerTable, Told } from './herTable.ts'
import { herTables } from './hers.ts'
import { sealedFields, sealedLabels, type SealedField } from './purposes.ts'
import { sealedText } from './words.ts'

/** Everything about her, as it leaves. */
export type Copy = {
  madeOn: string
  id: string
  values: Partial<Record<SealedField, string | null>>
  tables: Record<string, { title: string; rows: Record<string, unknown>[] }>
}

export type CopyWords = {
  isDemo: boolean
  /** Names of units by number. */
  orgs: ReadonlyMap<number, string>
  /** Name of a programme by its key. */
  labelOf: (key: string) => string | undefined
}

function textOf(value: unknown, as: Told | undefined, { orgs, labelOf }: CopyWords): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (as === 'household') return householdText(text)
  if (as === 'result') return resultText(text)
  if (as === 'claim') return claimText(text)
  if (as === 'rule') return ruleText(text)
  if (as === 'period') return periodWords(text)
  if (as === 'org') return orgs.get(Number(value)) ?? text
  if (as === 'act') return auditAct(text)
  if (as === 'object') return auditObject(text, labelOf)
  if (as !== undefined) return as[text] ?? text
  return /^\d{4}-\d\d-\d\dT\d\d:/.test(text) ? formatInstant(text) : text
}

type Shown = { label: string; text: (row: Record<string, unknown>) => string }

function columnsOf({ columns }: HerTable, words: CopyWords): Shown[] {
  return Object.entries(columns).flatMap(([name, column]) =>
    column ? [{ label: column.label, text: (row) => textOf(row[name], column.as, words) }] : [],
  )
}

const numerals = '一二三四五六七八九'
/** 1 → 「一」, 12 → 「十二」, 26 → 「二十六」. */
function han(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? numerals[tens - 1] : ''}${tens > 0 ? '十' : ''}${numerals[ones - 1] ?? ''}`
}

/** The copy as a document: a chapter for each table, in words; values that are stored sealed stand beside her entry. */
export function listingOf(copy: Copy, words: CopyWords): Listing {
  const sections = Object.entries(herTables).map(([table, hers], at): ListingSection => {
    const columns = columnsOf(hers, words)
    if (table === 'person') columns.splice(1, 0, ...sealedOf(copy))
    return {
      title: `${han(at + 1)}、${hers.title}`,
      columns: columns.map((c) => c.label),
      rows: copy.tables[table]!.rows.map((row) => columns.map((c) => c.text(row))),
    }
  })
  return {
    title: ['本人信息副本'],
    date: `（${longDay(copy.madeOn)}）`,
    words: [
      `本副本由本人从系统导出（个人信息保护法第四十五条），列出系统里关于本人的全部信息，共${han(sections.length)}类；没有内容的，写明没有记录。证件号码、出生日期、手机号码和监护人信息、困难档案已经解密，请妥善保管。`,
      '他人的信息、密码和密钥的材料不在其中；系统内部的编号只列在同时提供的 JSON 副本里。',
    ],
    sections,
    ...(words.isDemo ? { banner: '演示数据　不作公文使用' } : {}),
  }
}

/** Another entry that was merged into hers shows no sealed values: hers are the ones that count. */
const sealedOf = (copy: Copy): Shown[] =>
  sealedFields.map((field) => ({
    label: sealedLabels[field],
    text: (row) => (row['id'] === copy.id ? sealedText(field, copy.values[field] ?? null) : '见并入的登记'),
  }))
