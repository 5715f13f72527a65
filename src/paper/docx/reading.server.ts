import { FileRefused } from '../refused.ts'
import { attribute, type XmlTag } from '../xml.server.ts'

/** A stretch of a paragraph's text, in UTF-16 units from its start. */
export interface Span {
  start: number
  end: number
}

/** A cell of a table. */
export interface Cell {
  /** Its table and its row, each counted over all tables of the file. */
  table: number
  row: number
  /** The first of the table's columns that it reaches over, from 0, and how many it does. */
  column: number
  span: number
  /** One with the cell above it. */
  goesOn?: true
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
  /** The cell that holds it, of the innermost table. */
  cell?: Cell
  /** Where it stands, if not in the text: 脚注, 尾注, 页眉, 页脚. */
  aside?: string
}

/** A run of a paragraph: the stretch of its text, and where its XML stands in the main part. */
export interface RunPlace extends Span {
  from: number
  until: number
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
/** As many as Word has. */
const MOST_COLUMNS = 63

/** Word writes the first, "strict" files the second. */
const WORD = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
])
const COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

type Mark = Span & { name: string }
type Nested = { paragraph: ReadParagraph; marks: Map<string, Mark>; runs: RunPlace[]; open: RunPlace | null }

/** One pass over the main part. Text boxes nest paragraphs in paragraphs, hence the stack. */
export class Reading {
  readonly paragraphs: ReadParagraph[] = []
  readonly runs: RunPlace[][] = []
  readonly #xml: string
  readonly #nested: Nested[] = []
  readonly #controls: { tag: string | null; span: Span | null }[] = []
  /** Of each open table the cell that is read. */
  readonly #tables: Cell[] = []
  #skipped = 0
  #inText = false

  /** @param rows that other parts of the file hold, and tables */
  constructor(
    xml: string,
    public rows = 0,
    public tables = 0,
  ) {
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
        const paragraph = { style: null, text: '', tags: [], bookmarks: [], ...this.#place() }
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
        this.#tables.push({ table: ++this.tables, row: 0, column: 0, span: 0 })
        break
      case 'tr':
        this.#inCell(({ table }) => ({ table, row: ++this.rows, column: 0, span: 0 }))
        break
      case 'tc':
        this.#inCell(({ table, row, column, span }) => ({ table, row, column: column + span, span: 1 }))
        break
      case 'gridBefore':
      case 'gridSpan': {
        const span = Math.min(MOST_COLUMNS, Number(attribute(tag, 'val')))
        if (span >= 1) this.#inCell((cell) => ({ ...cell, span }))
        break
      }
      case 'vMerge':
        if (attribute(tag, 'val') !== 'restart') this.#inCell((cell) => ({ ...cell, goesOn: true }))
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
        this.#tables.pop()
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

  #place(): Pick<ReadParagraph, 'inTable' | 'cell'> {
    const cell = this.#tables.at(-1)
    return { inTable: cell !== undefined, ...(cell && cell.row > 0 ? { cell } : {}) }
  }

  #inCell(change: (cell: Cell) => Cell): void {
    const cell = this.#tables.pop()
    if (cell) this.#tables.push(change(cell))
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

/** Text that was struck out or moved away, how a thing was before, and the second telling of what Word says in newer words. */
function skips(tag: XmlTag): boolean {
  if (tag.uri === COMPATIBILITY) return tag.local === 'Fallback'
  // `w:tcPrChange` holds the spans that a cell had, `w:pPrChange` the style of a paragraph; all that end so are alike.
  return (
    WORD.has(tag.uri) && (tag.local === 'del' || tag.local === 'moveFrom' || tag.local.endsWith('Change'))
  )
}
