import type { Chip, Draft, DraftBlock, Piece } from '#figures/summary/draft.ts'
import { chip as chipSchema, joinPieces } from '#figures/summary/draft.ts'
import * as z from 'zod/mini'

/** A node as the editor keeps it. */
export interface EditorNode {
  type: string
  attrs?: Record<string, unknown>
  content?: EditorNode[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}

const inline = (piece: Piece): EditorNode => {
  if ('figure' in piece) return { type: 'figure', attrs: { chip: piece.figure } }
  const node: EditorNode = { type: 'text', text: piece.text }
  return piece.records ? { ...node, marks: [{ type: 'record', attrs: { ids: piece.records } }] } : node
}

function nodeOf(block: DraftBlock): EditorNode {
  if (block.kind === 'heading')
    return {
      type: 'heading',
      attrs: { id: block.id, level: block.level },
      content: block.text === '' ? [] : [{ type: 'text', text: block.text }],
    }
  const lead: EditorNode[] = block.lead ? [{ type: 'text', text: block.lead, marks: [{ type: 'lead' }] }] : []
  return { type: 'paragraph', attrs: { id: block.id }, content: [...lead, ...block.pieces.map(inline)] }
}

/** The blocks as the editor takes them; never empty. */
export const nodesOf = (blocks: readonly DraftBlock[]): EditorNode[] => blocks.map(nodeOf)
export const docOf = (blocks: readonly DraftBlock[]): EditorNode => ({
  type: 'doc',
  content: blocks.length > 0 ? nodesOf(blocks) : [{ type: 'paragraph', attrs: { id: 'b1' } }],
})

// oxlint-disable-next-line no-control-regex -- what the server refuses: neither XML nor a line of text can hold it
const control = /[\u0000-\u001f\u007f-\u009f]+/g
const tidy = (text = ''): string => text.replaceAll(control, ' ')
const LONGEST = 4000

const split = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / LONGEST) }, (_, n) =>
    text.slice(n * LONGEST, (n + 1) * LONGEST),
  )

/** A figure whose attributes were pasted from elsewhere may be anything. */
function chipOf(value: unknown): Chip | null {
  const read = z.safeParse(chipSchema, value)
  return read.success ? read.data : null
}

function pieceOf(node: EditorNode): Piece[] {
  if (node.type === 'figure') {
    const chip = chipOf(node.attrs?.['chip'])
    return chip ? [{ figure: chip }] : []
  }
  const record = node.marks?.find(({ type }) => type === 'record')?.attrs?.['ids']
  const text = tidy(node.text)
  if (Array.isArray(record) && record.length > 0)
    return split(text).map((one) => ({ text: one, records: record.map(String) }))
  return split(text).map((one) => ({ text: one }))
}

const hasLead = (node: EditorNode): boolean => node.marks?.some(({ type }) => type === 'lead') ?? false

function blockOf(node: EditorNode, id: string): DraftBlock {
  const content = node.content ?? []
  if (node.type === 'heading') {
    const level = node.attrs?.['level'] === 1 ? 1 : node.attrs?.['level'] === 3 ? 3 : 2
    return {
      id,
      kind: 'heading',
      level,
      text: tidy(content.map(({ text }) => text ?? '').join('')).slice(0, 200),
    }
  }
  const first = content.findIndex((child) => !hasLead(child))
  const count = first < 0 ? content.length : first
  const lead = tidy(
    content
      .slice(0, count)
      .map(({ text }) => text ?? '')
      .join(''),
  )
  // Longer than any run-in heading: it is text.
  const isLead = lead !== '' && lead.length <= 60
  const rest = content.slice(isLead ? count : 0)
  return {
    id,
    kind: 'paragraph',
    ...(isLead ? { lead } : {}),
    pieces: joinPieces(rest.flatMap(pieceOf)).flatMap((piece) =>
      'text' in piece && !piece.records ? split(piece.text).map((text) => ({ text })) : [piece],
    ),
  }
}

/** What the editor holds as it is sent; a block without a name of its own gets one. */
export function draftOf(doc: EditorNode, title: readonly string[]): Draft {
  const taken = new Set<string>()
  const blocks = (doc.content ?? []).map((node, at) => {
    const name: unknown = node.attrs?.['id']
    let id = typeof name === 'string' ? name : ''
    if (!/^[a-z0-9]{1,24}$/.test(id) || taken.has(id)) id = `n${at}x${taken.size}`
    taken.add(id)
    return blockOf(node, id)
  })
  return { title: [...title], blocks }
}
