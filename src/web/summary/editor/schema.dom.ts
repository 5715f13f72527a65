import { Extension, Mark, mergeAttributes, Node } from '@tiptap/core'
import { Document } from '@tiptap/extension-document'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Chip } from '#figures/summary/draft.ts'
import { faceOf, type ChipValues } from './chips.ts'

/** What the editor is shown beside its text; replaced as a whole, then every chip looks again. */
export interface Beside {
  values: ChipValues
  /** Blocks with an open remark. */
  remarked: ReadonlySet<string>
}

/** Holds what stands beside the text and tells the chips when it changes. */
export class BesideStore {
  now: Beside
  readonly #views = new Set<() => void>()
  constructor(now: Beside) {
    this.now = now
  }
  set(now: Beside): void {
    this.now = now
    for (const look of this.#views) look()
  }
  watch(look: () => void): () => void {
    this.#views.add(look)
    return () => this.#views.delete(look)
  }
}

const id = { id: { default: null, keepOnSplit: false, rendered: false } }

const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'inline*',
  addAttributes: () => id,
  parseHTML: () => [{ tag: 'p' }, { tag: 'li' }, { tag: 'div' }],
  renderHTML: () => ['p', { class: 'gw-body' }, 0],
})

const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'text*',
  marks: '',
  defining: true,
  addAttributes: () => ({ ...id, level: { default: 2, rendered: false } }),
  parseHTML: () => [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node }) => {
    const level = Number(node.attrs['level'])
    return [`h${level + 1}`, { class: `gw-h${level}` }, 0]
  },
})

/** 楷体 run-in heading at the head of a paragraph. */
const Lead = Mark.create({
  name: 'lead',
  inclusive: false,
  parseHTML: () => [{ tag: 'span.gw-lead' }],
  renderHTML: () => ['span', { class: 'gw-lead' }, 0],
})

/** Words taken from records. */
const Sourced = Mark.create({
  name: 'record',
  inclusive: false,
  addAttributes: () => ({ ids: { default: [], rendered: false } }),
  renderHTML: ({ HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'gw-record', title: '取自工作记录' }),
    0,
  ],
})

const figureOf = (store: BesideStore) =>
  Node.create({
    name: 'figure',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => ({
      chip: {
        default: null,
        parseHTML: (element) => {
          try {
            return JSON.parse(element.dataset['chip'] ?? '') as unknown
          } catch {
            return null
          }
        },
        renderHTML: ({ chip }) => ({ 'data-chip': JSON.stringify(chip) }),
      },
    }),
    parseHTML: () => [{ tag: 'span[data-chip]' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'span',
      mergeAttributes(HTMLAttributes, { class: 'fig' }),
      node.attrs['chip'] ? faceOf(node.attrs['chip'] as Chip, store.now.values).text : '',
    ],
    addNodeView:
      () =>
      ({ node: first }) => {
        const dom = document.createElement('span')
        let chip = first.attrs['chip'] as Chip | null
        const look = () => {
          if (!chip) return
          const face = faceOf(chip, store.now.values)
          dom.className = `fig fig-${face.tone}`
          dom.title = face.title
          dom.textContent = face.text
          if (chip.correction) dom.dataset['mark'] = '人工更正'
          else delete dom.dataset['mark']
        }
        look()
        const leave = store.watch(look)
        return {
          dom,
          update: (node) => {
            if (node.type.name !== 'figure') return false
            chip = node.attrs['chip'] as Chip | null
            look()
            return true
          },
          destroy: leave,
        }
      },
  })

const fresh = (): string => Math.random().toString(36).slice(2, 12)

/** Gives every block a name of its own: remarks and versions find it by that. */
const naming = new Plugin({
  key: new PluginKey('naming'),
  appendTransaction: (transactions, _, state) => {
    if (!transactions.some(({ docChanged }) => docChanged)) return null
    const taken = new Set<unknown>()
    const { tr } = state
    state.doc.forEach((node, offset) => {
      const name: unknown = node.attrs['id']
      if (name && !taken.has(name)) {
        taken.add(name)
        return
      }
      tr.setNodeAttribute(offset, 'id', fresh())
    })
    return tr.docChanged ? tr.setMeta('addToHistory', false) : null
  },
})

/** Marks blocks with an open remark. */
const remarks = (store: BesideStore) =>
  new Plugin({
    key: new PluginKey('remarks'),
    props: {
      decorations: ({ doc }) => {
        const found: Decoration[] = []
        const { remarked } = store.now
        if (remarked.size === 0) return DecorationSet.empty
        doc.forEach((node, offset) => {
          if (remarked.has(String(node.attrs['id'])))
            found.push(Decoration.node(offset, offset + node.nodeSize, { class: 'has-remark' }))
        })
        return DecorationSet.create(doc, found)
      },
    },
  })

/** All that a summary may hold: headings, paragraphs, figures, words of records. */
export const extensions = (store: BesideStore) => [
  Document,
  Paragraph,
  Heading,
  Text,
  Lead,
  Sourced,
  figureOf(store),
  UndoRedo,
  Extension.create({ name: 'beside', addProseMirrorPlugins: () => [naming, remarks(store)] }),
]
