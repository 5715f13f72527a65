import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  Header,
  type ICommentOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  type Table,
  TextRun,
} from 'docx'
import { type Block, contradictions, type FigureRun, type OfficialDocument, sourceKey } from '../document.ts'
import { CHARACTER, LINE, PAGE, printable, signatureStarts } from '../layout.ts'
import { appendix, appendixTitle } from './appendix.server.ts'
import { figure, paragraph, type Serial, serial, text } from './parts.server.ts'
import { STYLES_XML } from './styles.ts'

/** `review` adds one comment per figure; controls and bookmarks stand in both. */
export type Mode = 'clean' | 'review'

/** `mark` = a small line below each page number, as the audit's head; null before the first row of the chain. */
type Options = { mode: Mode; mark: string | null }

const AUTHOR = '巾帼'
/** Stands behind a figure that was put in by hand. */
const CORRECTED = '（人工更正）'

/**
 * The document as .docx after GB/T 9704-2012, with live figures and the appendix of sources.
 * Two calls never give the same bytes (the format stores its time of writing): compare content hashes instead.
 * @throws RangeError naming the contradictions between text and appendix, in Chinese
 */
export async function writeDocx(document: OfficialDocument, options: Options): Promise<Uint8Array> {
  const found = contradictions(document)
  if (found.length > 0) throw new RangeError(found.join('；'))

  const ids = serial()
  const comments: ICommentOptions[] = []
  const links = new Map(document.sources.map((row) => [sourceKey(row), row.link]))
  const mentions = new Map<string, number>()
  const place = (run: FigureRun): ParagraphChild[] => {
    const nth = (mentions.get(run.indicator) ?? 0) + 1
    mentions.set(run.indicator, nth)
    if (options.mode === 'clean') return figure(run, nth, ids)
    const id = comments.length
    comments.push(comment(id, run, links.get(sourceKey(run)) ?? ''))
    return figure(run, nth, ids, id)
  }

  const { mark } = options
  const file = new Document({
    comments: { children: comments },
    evenAndOddHeaderAndFooters: true,
    defaultTabStop: 2 * CHARACTER,
    sections: [
      {
        properties: {
          page: pageProperties(mark !== null),
          grid: { type: DocumentGridType.LINES, linePitch: LINE },
        },
        headers: banner(document.banner),
        footers: { default: pageNumber('odd', mark), even: pageNumber('even', mark) },
        children: body(document, place, ids),
      },
    ],
  })
  const parts = [
    { path: 'word/styles.xml', data: STYLES_XML },
    { path: 'docProps/core.xml', data: coreXml(document.title.join('')) },
  ]
  return new Uint8Array(await Packer.toArrayBuffer(file, false, parts))
}

export const pageProperties = (marked: boolean) => ({
  size: { width: PAGE.width, height: PAGE.height },
  margin: {
    ...PAGE.margin,
    header: PAGE.header,
    // A footer grows upwards from here.
    footer: PAGE.footer - (marked ? PAGE.markLine : 0),
    gutter: 0,
  },
})

function body(
  document: OfficialDocument,
  place: (run: FigureRun) => ParagraphChild[],
  ids: Serial,
): (Paragraph | Table)[] {
  const hasAppendix = document.sources.length > 0
  return [
    paragraph('GwTitle', lines(document.title)),
    paragraph('GwDate', document.date),
    blank(),
    ...document.blocks.map((block) => blockParagraph(block, place)),
    ...(hasAppendix
      ? [blank(), paragraph('GwBody', `附件：${appendixTitle(document)}`, { keepNext: true })]
      : []),
    blank(),
    ...signature(document.signature),
    ...(hasAppendix ? [...appendix(document, ids), tail()] : []),
  ]
}

const blank = () => paragraph('GwBody', '', { keepNext: true })

function blockParagraph(block: Block, place: (run: FigureRun) => ParagraphChild[]): Paragraph {
  if (block.kind === 'heading') return paragraph(`GwH${block.level}`, block.text)
  const lead = block.lead ? [text(block.lead, 'GwLead')] : []
  const runs = block.runs.flatMap((run) =>
    'figure' in run
      ? [...place(run.figure), ...(run.figure.correction ? [text(CORRECTED)] : [])]
      : [text(run.text)],
  )
  return paragraph('GwBody', [...lead, ...runs])
}

/** One paragraph, so that it stays one title to every outline and search. */
export function lines(title: string[]): ParagraphChild[] {
  return title.map((line, at) => new TextRun({ text: printable(line), ...(at > 0 ? { break: 1 } : {}) }))
}

/** Unsealed. A seal is put on by hand, never drawn. */
function signature(signed: { name: string; date: string }): Paragraph[] {
  const starts = signatureStarts(signed.name, signed.date)
  return [
    paragraph('GwSign', signed.name, { indent: { left: starts.name * CHARACTER }, keepNext: true }),
    paragraph('GwSign', signed.date, { indent: { left: starts.date * CHARACTER } }),
  ]
}

/** Word wants a paragraph after a table and would put one of a full line there, on a page of its own if need be. */
export function tail(): Paragraph {
  return paragraph('GwCell', '', { spacing: { line: 20, lineRule: LineRuleType.EXACT } })
}

/** `— 4 —` in 4号宋体, one character in from the outer edge; the mark below it. */
export function pageNumber(side: 'odd' | 'even', mark: string | null): Footer {
  const alignment = side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT
  const indent = side === 'odd' ? { right: 280 } : { left: 280 }
  const run = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })
  const number = paragraph('GwPage', [run], { alignment, indent })
  return new Footer({
    children: mark === null ? [number] : [number, paragraph('GwMark', mark, { alignment, indent })],
  })
}

export function banner(words?: string): { default?: Header; even?: Header } {
  if (!words) return {}
  const head = () => new Header({ children: [paragraph('GwBanner', words)] })
  return { default: head(), even: head() }
}

function comment(id: number, run: FigureRun, link: string): ICommentOptions {
  const standard = [
    `数据：${run.label}（${run.indicator}）`,
    `准确值：${run.value}${run.unit}`,
    `快照：${run.snapshot}`,
    ...(run.correction
      ? [`人工更正：文中写作“${run.correction.written}”，${run.correction.by}，${run.correction.reason}`]
      : []),
    ...(link ? [`溯源：${link}`] : []),
  ]
  const children = (run.comment ? [run.comment] : standard).map((line) => paragraph('GwComment', line))
  return { id, author: AUTHOR, initials: AUTHOR, children }
}

/** The package's own properties know no language. */
export function coreXml(title: string): string {
  const now = new Date().toISOString().replace(/\.\d+/, '')
  const date = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${now}</dcterms:${name}>`
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${AUTHOR}</dc:creator>` +
    `<cp:lastModifiedBy>${AUTHOR}</cp:lastModifiedBy>${date('created')}${date('modified')}` +
    '<dc:language>zh-CN</dc:language></cp:coreProperties>'
  )
}

function escaped(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
