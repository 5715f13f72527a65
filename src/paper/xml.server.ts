import { SaxesParser, type SaxesTagNS } from 'saxes'
import { FileRefused } from './refused.ts'

export type XmlTag = SaxesTagNS

export interface XmlEvents {
  open(tag: XmlTag): void
  close?(tag: XmlTag): void
  text?(text: string): void
}

/** Word nests a text box in a table in a text box, not a hundred of them. */
const DEPTH_LIMIT = 256

/** Walks an untrusted XML part. @throws FileRefused for a DOCTYPE, another encoding, bad form or absurd depth */
export function walkXml(xml: string, events: XmlEvents): void {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  parser.on('doctype', () => {
    throw new FileRefused('文件带有文档类型声明（DOCTYPE），不予读取，请在 Word 中另存一份后再上传')
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && encoding.toLowerCase() !== 'utf-8') broken(encoding)
  })
  parser.on('error', broken)
  parser.on('opentag', (tag) => {
    if (++depth > DEPTH_LIMIT) throw new FileRefused(`文件内容的嵌套不能超过${DEPTH_LIMIT}层`)
    events.open(tag)
  })
  parser.on('closetag', (tag) => {
    depth--
    events.close?.(tag)
  })
  parser.on('text', (text) => events.text?.(text))
  parser.write(xml).close()
}

/** By local name: the prefix is the writer's choice. */
export function attribute(tag: XmlTag, name: string): string | null {
  return Object.values(tag.attributes).find((candidate) => candidate.local === name)?.value ?? null
}

function broken(cause: unknown): never {
  throw new FileRefused('文件内容已损坏，请在 Word 中另存一份后再上传', { cause })
}
