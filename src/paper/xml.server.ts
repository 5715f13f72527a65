import { SaxesParser, type SaxesTagNS } from 'saxes'
import { FileRefused } from './refused.ts'

export type XmlTag = SaxesTagNS

export interface XmlEvents {
  /** `at` = place in the part, behind the tag. */
  open(tag: XmlTag, at: number): void
  close?(tag: XmlTag, at: number): void
  text?(text: string): void
}

/** Word nests a text box in a table in a text box, not a hundred of them. */
const DEPTH_LIMIT = 256

/**
 * Walks an untrusted XML part, whole or in pieces.
 * @throws FileRefused for a DOCTYPE, another encoding, bad form or absurd depth
 */
export function walkXml(xml: string | Iterable<string>, events: XmlEvents): void {
  const parser = new SaxesParser({ xmlns: true })
  const depth = guard(parser)
  parser.on('opentag', (tag) => events.open(tag, parser.position))
  parser.on('closetag', (tag) => {
    depth.up()
    events.close?.(tag, parser.position)
  })
  parser.on('text', (text) => events.text?.(text))
  feed(parser, xml)
}

/** Names without their prefix, attributes as they are written: half the time of `walkXml`, for parts of a million tags. */
export interface PlainEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** As `walkXml`, without namespaces. */
export function walkPlain(xml: string | Iterable<string>, events: PlainEvents): void {
  const parser = new SaxesParser()
  const depth = guard(parser)
  parser.on('opentag', (tag) => events.open(local(tag.name), tag.attributes))
  parser.on('closetag', (tag) => {
    depth.up()
    events.close?.(local(tag.name))
  })
  parser.on('text', (text) => events.text?.(text))
  feed(parser, xml)
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

type Parser = SaxesParser<{ xmlns: true }> | SaxesParser<object>

/** What no part of ours needs is refused. saxes knows one listener an event, so whoever listens to `closetag` calls `up`. */
function guard(parser: Parser): { up(): void } {
  let depth = 0
  parser.on('doctype', () => {
    throw new FileRefused('文件带有文档类型声明（DOCTYPE），不予读取，请用办公软件另存一份后再上传')
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && encoding.toLowerCase() !== 'utf-8') broken(encoding)
  })
  parser.on('error', broken)
  parser.on('opentagstart', () => {
    if (++depth > DEPTH_LIMIT) throw new FileRefused(`文件内容的嵌套不能超过${DEPTH_LIMIT}层`)
  })
  return { up: () => void depth-- }
}

function feed(parser: Parser, xml: string | Iterable<string>): void {
  for (const piece of typeof xml === 'string' ? [xml] : xml) parser.write(piece)
  parser.close()
}

/** By local name: the prefix is the writer's choice. */
export function attribute(tag: XmlTag, name: string): string | null {
  return Object.values(tag.attributes).find((candidate) => candidate.local === name)?.value ?? null
}

function broken(cause: unknown): never {
  throw new FileRefused('文件内容已损坏，请用办公软件另存一份后再上传', { cause })
}
