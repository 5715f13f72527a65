import { FileRefused } from '../refused.ts'
import { attribute, walkXml } from '../xml.server.ts'
import { GuardedZip } from '../zip.server.ts'
import { DOCX_CAPS, Reading, type ReadParagraph, type RunPlace } from './reading.server.ts'

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
  const { zip, main, paragraphs, rows, tables } = openDocx(bytes)
  let before = { rows, tables }
  const seen = new Set<string>()
  const asides = asidesOf(zip, main).flatMap(({ name, words }) => {
    const xml = zip.read(name)
    if (!xml) return []
    const reading = new Reading(xml, before.rows, before.tables)
    walkXml(xml, reading)
    before = reading
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

export interface OpenDocx {
  zip: GuardedZip
  /** Name of the main part, and its XML. */
  main: string
  xml: string
  paragraphs: ReadParagraph[]
  /** The runs of each paragraph. */
  runs: RunPlace[][]
  /** So many tables, and rows of tables, are in it. */
  tables: number
  rows: number
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
  const { paragraphs, runs, rows, tables } = reading
  return { zip, main, xml, paragraphs, runs, rows, tables }
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
