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
  const zip = new GuardedZip(bytes, DOCX_CAPS)
  const relations = zip.read('_rels/.rels')
  const target = relations && mainPart(relations)
  const document = target && zip.read(target)
  if (!document) throw new FileRefused(`文件格式不对，这里只收 ${DOCX_CAPS.name}`)
  const reading = new Reading()
  walkXml(document, reading)
  return reading.paragraphs
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

/** One pass over the main part. Text boxes nest paragraphs in paragraphs, hence the stack. */
class Reading {
  readonly paragraphs: ReadParagraph[] = []
  readonly #nested: { paragraph: ReadParagraph; marks: Map<string, Mark> }[] = []
  readonly #controls: { tag: string | null; span: Span | null }[] = []
  #tables = 0
  #skipped = 0
  #inText = false

  open(tag: XmlTag): void {
    if (this.#skipped > 0 || skips(tag)) this.#skipped++
    else if (WORD.has(tag.uri)) this.#opened(tag)
  }

  text(text: string): void {
    if (this.#inText && this.#skipped === 0) this.#write(text)
  }

  close(tag: XmlTag): void {
    if (this.#skipped > 0) this.#skipped--
    else if (WORD.has(tag.uri)) this.#closed(tag)
  }

  #opened(tag: XmlTag): void {
    const now = this.#nested.at(-1)
    const at = now?.paragraph.text.length ?? 0
    switch (tag.local) {
      case 'p': {
        const paragraph = { style: null, text: '', tags: [], bookmarks: [], inTable: this.#tables > 0 }
        this.#nested.push({ paragraph, marks: new Map() })
        break
      }
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

  #closed(tag: XmlTag): void {
    switch (tag.local) {
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
