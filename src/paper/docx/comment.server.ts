import { printable } from '../layout.ts'
import { attribute, walkXml } from '../xml.server.ts'
import { openDocx, type OpenDocx } from './read.server.ts'
import type { RunPlace } from './reading.server.ts'

/** A remark on a stretch of a paragraph's text, as readDocx counts both; each line is a paragraph of the comment. */
export interface Remark {
  paragraph: number
  start: number
  end: number
  lines: readonly string[]
}

const AUTHOR = '巾帼'
const TRANSITIONAL = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const CONTENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml'

/**
 * Somebody's .docx with comments put in; every part but the main one and the comments stays byte for byte. A run of
 * plain text is split so that the comment holds its words alone, any other run is held whole.
 * @throws FileRefused
 */
export function commentDocx(bytes: Uint8Array, remarks: readonly Remark[]): Uint8Array {
  const file = openDocx(bytes)
  const comments = openComments(file)
  const placed = remarks.map((remark, n) => ({ ...placeIn(file, remark), id: comments.nextId + n }))
  const parts = new Map<string, string>(comments.parts)
  parts.set(file.main, withMarks(file, placed))
  const written = placed.map(({ id, lines }) => comment(id, lines)).join('')
  parts.set(
    comments.name,
    comments.xml.replace(/<\/[\w.-]+:?comments>\s*$/, (end) => written + end),
  )
  return file.zip.rewritten(parts)
}

/** What stands outside the text (a footnote, a header) is remarked on at the first words of the text. */
function placeIn({ paragraphs, runs }: OpenDocx, remark: Remark): Remark {
  if (remark.paragraph < paragraphs.length) return remark
  const paragraph = runs.findIndex((own) => own.some((run) => run.end > run.start))
  const run = runs[paragraph]?.find(({ start, end }) => end > start)
  return run ? { ...remark, paragraph, start: run.start, end: run.end } : remark
}

type Placed = Remark & { id: number }
type Mark = { at: number; id: number; kind: 'start' | 'end' }

function withMarks({ xml, runs }: OpenDocx, remarks: readonly Placed[]): string {
  const marks = new Map<RunPlace, Mark[]>()
  const put = (run: RunPlace, mark: Mark) => marks.set(run, [...(marks.get(run) ?? []), mark])
  for (const { paragraph, start, end, id } of remarks) {
    const own = runs[paragraph] ?? []
    const first = own.find((run) => run.start <= start && start < run.end)
    const last = own.find((run) => run.start < end && end <= run.end)
    if (!first || !last) continue
    put(first, { at: start, id, kind: 'start' })
    put(last, { at: end, id, kind: 'end' })
  }
  let written = ''
  let done = 0
  for (const [run, found] of [...marks].toSorted(([a], [b]) => a.from - b.from)) {
    // A run that holds a text box holds that box's runs: they were written with it.
    if (run.from < done) continue
    written += xml.slice(done, run.from) + marked(xml.slice(run.from, run.until), run, found)
    done = run.until
  }
  return written + xml.slice(done)
}

const PLAIN =
  /^<(?:([\w.-]+):)?r(?: [^>]*)?>(<[\w.-]+:rPr>.*?<\/[\w.-]+:rPr>|<[\w.-]+:rPr\/>)?<[\w.-]+:t(?: [^>]*)?>([^<]*)<\/[\w.-]+:t><\/[\w.-]+:r>$/s

/** One run with its marks: cut in pieces where it is plain text, else between marks as a whole. */
function marked(xml: string, run: RunPlace, marks: readonly Mark[]): string {
  const plain = PLAIN.exec(xml)
  const text = plain && unescaped(plain[3]!)
  if (!plain || text?.length !== run.end - run.start) {
    const of = (kind: Mark['kind']) => marks.filter((mark) => mark.kind === kind).map(markXml).join('')
    return of('start') + xml + of('end')
  }
  const [, prefix = 'w', style = ''] = plain
  const cuts = [...new Set([run.start, ...marks.map(({ at }) => at), run.end])].toSorted((a, b) => a - b)
  return cuts
    .map((cut, n) => {
      const here = marks.filter(({ at }) => at === cut)
      // What ends here ends before the next begins.
      const said = [...here.filter((m) => m.kind === 'end'), ...here.filter((m) => m.kind === 'start')]
      const piece = text.slice(cut - run.start, (cuts[n + 1] ?? cut) - run.start)
      const words = `<${prefix}:r>${style}<${prefix}:t xml:space="preserve">${escaped(piece)}</${prefix}:t></${prefix}:r>`
      return said.map(markXml).join('') + (piece === '' ? '' : words)
    })
    .join('')
} // prettier-ignore

const markXml = ({ id, kind }: Mark): string =>
  kind === 'start'
    ? `<w:commentRangeStart w:id="${id}"/>`
    : `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`

function comment(id: number, lines: readonly string[]): string {
  const words = lines
    .map((line) => `<w:p><w:r><w:t xml:space="preserve">${escaped(printable(line))}</w:t></w:r></w:p>`)
    .join('')
  return `<w:comment w:id="${id}" w:author="${AUTHOR}" w:initials="${AUTHOR}">${words}</w:comment>`
}

/** The part of comments, made and made known where the file has none. */
function openComments(file: OpenDocx): { name: string; xml: string; nextId: number; parts: [string, string][] } {
  const folder = file.main.slice(0, file.main.lastIndexOf('/') + 1)
  const relationsName = `${folder}_rels/${file.main.slice(folder.length)}.rels`
  const relations = file.zip.read(relationsName) ?? `<Relationships xmlns="${RELATIONS}"></Relationships>`
  let name: string | null = null
  walkXml(relations, {
    open: (tag) => {
      const target = attribute(tag, 'Target')
      if (target && attribute(tag, 'Type')?.endsWith('/comments'))
        name = target.startsWith('/') ? target.slice(1) : folder + target
    },
  })
  const existing = name === null ? null : file.zip.read(name)
  if (name !== null && existing !== null) {
    let last = -1
    walkXml(existing, {
      open: (tag) => {
        if (tag.local === 'comment') last = Math.max(last, Number(attribute(tag, 'id')))
      },
    })
    // An empty part closes its only tag at once.
    const xml = existing.replace(/<([\w.-]+:comments)([^>]*)\/>\s*$/, '<$1$2></$1>')
    return { name, xml, nextId: last + 1, parts: [] }
  }
  const strict = file.xml.includes(STRICT)
  const type = strict
    ? 'http://purl.oclc.org/ooxml/officeDocument/relationships/comments'
    : 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments'
  const made = `${folder}comments.xml`
  const types = file.zip.read('[Content_Types].xml') ?? ''
  const link = `<Relationship Id="rJinguoComments" Type="${type}" Target="comments.xml"/>`
  return {
    name: made,
    xml: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:comments xmlns:w="${strict ? STRICT : TRANSITIONAL}"></w:comments>`,
    nextId: 0,
    parts: [
      [relationsName, relations.replace(/<\/(?:[\w.-]+:)?Relationships>\s*$/, (end) => link + end)],
      ['[Content_Types].xml', types.replace(/<\/(?:[\w.-]+:)?Types>\s*$/, (end) => `<Override PartName="/${made}" ContentType="${CONTENT}"/>${end}`)],
    ],
  }
} // prettier-ignore

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (xml: string): string =>
  xml.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (all, hex?: string, decimal?: string, name?: string) =>
    hex || decimal ? String.fromCodePoint(parseInt(hex ?? decimal!, hex ? 16 : 10)) : (NAMED[name ?? ''] ?? all),
  ) // prettier-ignore
