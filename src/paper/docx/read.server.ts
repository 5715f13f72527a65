import { FileRefused } from '../refused.ts'
import { attribute, walkXml, type XmlTag } from '../xml.server.ts'
import { GuardedZip } from '../zip.server.ts'

/** A stretch of a paragraph's text, in UTF-16 units from its start. */
export interface Span {
  start: number
  end: number
}

export interface ReadParagraph {
  /** Style id, `GwBody`; null for the default style. */
  style: string | null
  /** All runs joined, line breaks as `\n`, tabs as `\t`. Deleted text is left out, inserted text is kept. */
  text: string
  /** Content controls by their tag. */
  tags: (Span & { tag: string })[]
  bookmarks: (Span & { name: string })[]
  inTable: boolean
  /** Where it stands, if not in the text: 脚注, 尾注, 页眉, 页脚. */
  aside?: string
}

const MB = 1024 * 1024
export const DOCX_CAPS = {
  name: 'Word 文件（.docx）',
  fileBytes: 20 * MB,
  smaller: '请压缩图片后再上传',
  entries: 2000,
  partBytes: 64 * MB,
  totalBytes: 128 * MB,
  ratio: 200,
}
const PARAGRAPH_LIMIT = 100_000

/** Word writes the first, "strict" files the second. */
const WORD = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
])
const COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

/**
 * The paragraphs of an uploaded .docx in document order, a text box's before the paragraph that holds it. Automatic
 * numbers are no text and don't appear. What the tags say is untrusted: re-read each value from its snapshot.
 * @throws FileRefused with one sentence that names the limit
 */
export function readDocx(bytes: Uint8Array): ReadParagraph[] {
  return openDocx(bytes).paragraphs
}

/** The same, and behind it what stands outside the text: foot- and endnotes, headers and footers, each said once. */
export function readWholeDocx(bytes: Uint8Array): ReadParagraph[] {
  const { zip, main, paragraphs } = openDocx(bytes)
  const seen = new Set<string>()
  const asides = asidesOf(zip, main).flatMap(({ name, words }) => {
    const xml = zip.read(name)
    if (!xml) return []
    const reading = new Reading(xml)
    walkXml(xml, reading)
    return reading.paragraphs.flatMap((paragraph) => {
      const key = `${words} ${paragraph.text.trim()}`
      // The header of odd pages and that of even pages say the same.
      if (paragraph.text.trim() === '' || seen.has(key)) return []
      seen.add(key)
      return [{ ...paragraph, aside: words }]
    })
  })
  return [...paragraphs, ...asides]
}

const ASIDES: Record<string, string> = {
  footnotes: '脚注',
  endnotes: '尾注',
  header: '页眉',
  footer: '页脚',
}

/** The parts beside the main one that hold text, in the order of their kinds. */
function asidesOf(zip: GuardedZip, main: string): { name: string; words: string }[] {
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = zip.read(`${folder}_rels/${main.slice(folder.length)}.rels`)
  if (!relations) return []
  const found: { name: string; words: string }[] = []
  walkXml(relations, {
    open: (tag) => {
      const target = attribute(tag, 'Target')
      const words = ASIDES[attribute(tag, 'Type')?.split('/').at(-1) ?? '']
      if (target && words && attribute(tag, 'TargetMode') !== 'External')
        found.push({ name: target.startsWith('/') ? target.slice(1) : folder + target, words })
    },
  })
  const order = Object.values(ASIDES)
  return found.toSorted((a, b) => order.indexOf(a.words) - order.indexOf(b.words))
}

/** A run of a paragraph: the stretch of its text, and where its XML stands in the main part. */
export interface RunPlace extends Span {
  from: number
  until: number
}

export interface OpenDocx {
  zip: GuardedZip
  /** Name of the main part, and its XML. */
  main: string
  xml: string
  paragraphs: ReadParagraph[]
  /** The runs of each paragraph. */
  runs: RunPlace[][]
}

/** An uploaded .docx with the places of its runs, to write into it. @throws FileRefused */
export function openDocx(bytes: Uint8Array): OpenDocx {
  const zip = new GuardedZip(bytes, DOCX_CAPS)
  const relations = zip.read('_rels/.rels')
  const main = relations && mainPart(relations)
  const xml = main && zip.read(main)
  if (!xml) throw new FileRefused(`文件格式不对，这里只收 ${DOCX_CAPS.name}`)
  const reading = new Reading(xml)
  walkXml(xml, reading)
  return { zip, main, xml, paragraphs: reading.paragraphs, runs: reading.runs }
}

function mainPart(relations: string): string | null {
  const targets: string[] = []
  walkXml(relations, {
    open: (tag) => {
      const target = attribute(tag, 'Target')
      if (target && attribute(tag, 'Type')?.endsWith('/officeDocument')) targets.push(target)
    },
  })
  return targets[0]?.replace(/^\//, '') ?? null
}

type Mark = Span & { name: string }
type Nested = { paragraph: ReadParagraph; marks: Map<string, Mark>; runs: RunPlace[]; open: RunPlace | null }

/** One pass over the main part. Text boxes nest paragraphs in paragraphs, hence the stack. */
class Reading {
  readonly paragraphs: ReadParagraph[] = []
  readonly runs: RunPlace[][] = []
  readonly #xml: string
  readonly #nested: Nested[] = []
  readonly #controls: { tag: string | null; span: Span | null }[] = []
  #tables = 0
  #skipped = 0
  #inText = false

  constructor(xml: string) {
    this.#xml = xml
  }

  open(tag: XmlTag, at: number): void {
    if (this.#skipped > 0 || skips(tag)) this.#skipped++
    else if (WORD.has(tag.uri)) this.#opened(tag, at)
  }

  text(text: string): void {
    if (this.#inText && this.#skipped === 0) this.#write(text)
  }

  close(tag: XmlTag, at: number): void {
    if (this.#skipped > 0) this.#skipped--
    else if (WORD.has(tag.uri)) this.#closed(tag, at)
  }

  #opened(tag: XmlTag, place: number): void {
    const now = this.#nested.at(-1)
    const at = now?.paragraph.text.length ?? 0
    switch (tag.local) {
      case 'p': {
        const paragraph = { style: null, text: '', tags: [], bookmarks: [], inTable: this.#tables > 0 }
        this.#nested.push({ paragraph, marks: new Map(), runs: [], open: null })
        break
      }
      case 'r':
        if (now) now.open = { start: at, end: at, from: this.#xml.lastIndexOf('<', place - 1), until: place }
        break
      case 'pStyle':
        if (now) now.paragraph.style = attribute(tag, 'val')
        break
      case 'tbl':
        this.#tables++
        break
      case 't':
        this.#inText = true
        break
      case 'br':
      case 'cr':
        this.#write('\n')
        break
      case 'tab':
        // The same element declares a tab stop where it has a position.
        if (attribute(tag, 'pos') === null) this.#write('\t')
        break
      case 'sdt':
        this.#controls.push({ tag: null, span: null })
        break
      case 'tag': {
        const control = this.#controls.at(-1)
        if (control) control.tag = attribute(tag, 'val')
        break
      }
      case 'sdtContent': {
        const control = this.#controls.at(-1)
        if (!now || !control?.tag) break
        const span = { tag: control.tag, start: at, end: at }
        control.span = span
        now.paragraph.tags.push(span)
        break
      }
      case 'bookmarkStart': {
        const mark = { name: attribute(tag, 'name') ?? '', start: at, end: at }
        now?.paragraph.bookmarks.push(mark)
        now?.marks.set(attribute(tag, 'id') ?? '', mark)
        break
      }
      case 'bookmarkEnd':
        this.#endMark(attribute(tag, 'id') ?? '', at)
        break
    }
  }

  #closed(tag: XmlTag, place: number): void {
    switch (tag.local) {
      case 'r': {
        const now = this.#nested.at(-1)
        if (now?.open) now.runs.push({ ...now.open, end: now.paragraph.text.length, until: place })
        if (now) now.open = null
        break
      }
      case 't':
        this.#inText = false
        break
      case 'tbl':
        this.#tables--
        break
      case 'sdt': {
        const span = this.#controls.pop()?.span
        const now = this.#nested.at(-1)
        if (span && now) span.end = now.paragraph.text.length
        break
      }
      case 'p': {
        const now = this.#nested.pop()
        if (!now) break
        // A bookmark that ends in a later paragraph holds this one to its end.
        for (const mark of now.marks.values()) mark.end = now.paragraph.text.length
        this.paragraphs.push(now.paragraph)
        this.runs.push(now.runs)
        if (this.paragraphs.length > PARAGRAPH_LIMIT)
          throw new FileRefused(`${DOCX_CAPS.name}不能超过${PARAGRAPH_LIMIT / 10_000}万段`)
        break
      }
    }
  }

  #endMark(id: string, at: number): void {
    const marks = this.#nested.at(-1)?.marks
    const mark = marks?.get(id)
    if (mark) mark.end = at
    marks?.delete(id)
  }

  #write(text: string): void {
    const now = this.#nested.at(-1)
    if (now) now.paragraph.text += text
  }
}

/** Text that was struck out or moved away, and the second telling of what Word says in newer words. */
function skips(tag: XmlTag): boolean {
  if (tag.uri === COMPATIBILITY) return tag.local === 'Fallback'
  return WORD.has(tag.uri) && (tag.local === 'del' || tag.local === 'moveFrom')
}
