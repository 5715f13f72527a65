import { readWholeDocx } from '#paper/docx/read.server.ts'
import { parseFigureTag } from '#paper/names.ts'
import { FileRefused } from '#paper/refused.ts'
import { indicators } from '#programmes/index.ts'
import { linesOf, type Placed } from './lines.ts'
import type { Paragraph } from './paragraph.ts'
import { pastedLines } from './table/pasted.ts'

/** Every indicator that a figure may be mapped to. */
export const known: ReadonlySet<string> = new Set(indicators.map(({ id }) => id))

const byBookmark = new Map(indicators.map(({ id }) => [id.replaceAll('.', '_'), id]))
const TEXT_BYTES = 2 * 1024 * 1024

/**
 * The paragraphs of a report and the rows of its tables: a .docx by its first bytes, anything else as plain text in UTF-8 (with or without BOM),
 * UTF-16 with BOM, or GB18030.
 * @throws FileRefused with one sentence that says what to do
 */
export function readReport(bytes: Uint8Array): Paragraph[] {
  if (bytes.length === 0) throw new FileRefused('文件是空的，请重新选择')
  const paragraphs = paragraphsOf(bytes)
  refuseLong(paragraphs.filter(({ isSource }) => !isSource).map(({ text }) => text))
  return paragraphs
}

function refuseLong(texts: readonly string[]): void {
  if (texts.reduce((sum, text) => sum + text.length, 0) > MOST_TEXT)
    throw new FileRefused(`报告不能超过${MOST_TEXT / 10_000}万字，请分开校对`)
  if (texts.reduce((sum, text) => sum + (text.match(NUMBERS)?.length ?? 0), 0) > MOST_NUMBERS)
    throw new FileRefused(`报告中的数字不能超过${MOST_NUMBERS / 10_000}万处，请分开校对`)
}

/** Some 300 pages; what is proof-read holds up the server, and a text may be made to. */
const MOST_TEXT = 200_000
const MOST_NUMBERS = 10_000
const NUMBERS = /\d[\d,.]*|[一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+/g

function paragraphsOf(bytes: Uint8Array): Paragraph[] {
  if (isDocx(bytes) || (bytes[0] === 0xd0 && bytes[1] === 0xcf))
    return linesOf(readWholeDocx(bytes).map(paragraphOf))
  if (bytes.length > TEXT_BYTES) throw new FileRefused('文本不能超过2MB，请分开校对')
  const texts = decode(bytes).split(/\r\n?|\n|\u2028|\u2029/)
  // Before its tables are looked for.
  refuseLong(texts)
  return pastedLines(texts)
}

/** By its first bytes: a zip file. */
export const isDocx = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

type Read = ReturnType<typeof readWholeDocx>[number]

function paragraphOf({ text, tags, bookmarks, inTable, cell, aside }: Read): Placed {
  const tagged = tags.flatMap(({ tag, start, end }) => {
    const found = parseFigureTag(tag)
    return found ? [{ indicator: found.indicator, ...(found.of ? { of: found.of } : {}), start, end }] : []
  })
  const marked = bookmarks.flatMap(({ name, start, end }) => {
    const indicator = byBookmark.get(/^fig_(\w+)_\d+$/.exec(name)?.[1] ?? '')
    return indicator && end > start ? [{ indicator, start, end }] : []
  })
  const isSource = inTable && bookmarks.some(({ name }) => name.startsWith('src_'))
  return {
    text,
    named: [...tagged, ...marked],
    inTable,
    ...(isSource ? { isSource } : {}),
    ...(cell ? { cell } : {}),
    ...(aside ? { aside } : {}),
  }
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null
  for (const name of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch {
      // The next one may read it.
    }
  }
  throw new FileRefused('读不出文字，请用 Word 文件（.docx），或编码为 UTF-8、GB18030 的文本文件')
}
