import { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import { useEffect, useRef, useState } from 'react'
import type { Chip, Draft, DraftBlock } from '#figures/summary/draft.ts'
import { chipKey } from '#figures/summary/draft.ts'
import type { ChipInfo, SummaryPreview } from '#figures/summaryApi.ts'
import { Failure } from '../../kit/states.tsx'
import { Sheet } from '../sheet.tsx'
import { useAutosave } from './autosave.tsx'
import { Conflict } from './conflict.tsx'
import './editor.css'
import { FigureDialog } from './figureDialog.tsx'
import { docOf, draftOf, nodesOf, type EditorNode } from './json.ts'
import { BesideStore, extensions, type Beside } from './schema.dom.ts'
import { Toolbar } from './toolbar.tsx'

export interface Picked {
  chip: Chip
  change: (chip: Chip) => void
  remove: () => void
}

/** What the page may ask of the text that is being written. */
export interface Desk {
  insert: (blocks: readonly DraftBlock[]) => void
  insertInline: (text: string, records: readonly string[]) => void
  goTo: (block: string) => void
  draft: () => Draft
  /** Puts another text in its place and saves it at once, as a version of its own. */
  replace: (draft: Draft, note: string) => Promise<void>
  flush: () => Promise<number | null>
}

type PaperEditorProps = {
  preview: SummaryPreview
  onPick: (picked: Picked | null) => void
  onRemark: (block: string, quote: string) => void
  onDesk: (desk: Desk | null) => void
  /** The text was saved: figures that came in are read anew. */
  onSaved: () => void
}

const besideOf = ({ year, chips, comments }: SummaryPreview): Beside => ({
  values: { year, info: new Map(Object.entries(chips)) },
  remarked: new Set(comments.filter(({ resolvedAt }) => resolvedAt === null).map(({ block }) => block)),
})

/** The figure under the cursor, and what may be done with it. */
function pickedIn(editor: Editor): Picked | null {
  const { selection } = editor.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'figure') return null
  const { from } = selection
  return {
    chip: selection.node.attrs['chip'] as Chip,
    change: (chip) =>
      editor
        .chain()
        .command(({ tr }) => {
          tr.setNodeAttribute(from, 'chip', chip)
          tr.setSelection(NodeSelection.create(tr.doc, from))
          return true
        })
        .run(),
    remove: () =>
      editor
        .chain()
        .focus()
        .deleteRange({ from, to: from + 1 })
        .run(),
  }
}

/** The summary as it is written: free text, figures that stay bound to their records. */
export function PaperEditor({ preview, onPick, onRemark, onDesk, onSaved }: PaperEditorProps) {
  const [title, setTitle] = useState(preview.draft.title)
  const [store] = useState(() => new BesideStore(besideOf(preview)))
  const [editor, setEditor] = useState<Editor | null>(null)
  const [dialog, setDialog] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const read = (): Draft =>
    editor ? draftOf(editor.getJSON() as EditorNode, latest.current.title) : preview.draft
  const autosave = useAutosave(preview.year, preview.version, read)
  const { saving, touch, flush } = autosave
  const latest = useRef({ title, onPick, onSaved, touch })
  useEffect(() => {
    latest.current = { title, onPick, onSaved, touch }
  })

  useEffect(() => {
    const made = new Editor({
      element: place.current,
      extensions: extensions(store),
      content: docOf(preview.draft.blocks),
      injectCSS: false,
      editorProps: {
        attributes: { class: 'paper-text', 'aria-label': '总结正文', role: 'textbox', spellcheck: 'false' },
      },
    })
    // Listening starts with the text: a figure pressed as soon as it stands there must answer.
    const pick = () => latest.current.onPick(pickedIn(made))
    made.on('selectionUpdate', pick)
    made.on('update', () => {
      pick()
      latest.current.touch()
    })
    setEditor(made)
    return () => made.destroy()
    // oxlint-disable-next-line react/exhaustive-deps -- the text is taken once: what arrives later must not replace what she types
  }, [store])

  // Figures and remarks are read anew by the page; text is not.
  useEffect(() => {
    const beside = besideOf(preview)
    // A figure just put in is known here before the server tells of it.
    const info = new Map([...store.now.values.info, ...beside.values.info])
    store.set({ ...beside, values: { year: preview.year, info } })
    editor?.view.dispatch(editor.state.tr.setMeta('addToHistory', false))
  }, [preview, store, editor])

  useEffect(() => {
    if (saving.state === 'saved' && saving.at) latest.current.onSaved()
  }, [saving])

  const replace = async (draft: Draft, note: string) => {
    if (!editor) return
    latest.current.title = draft.title
    setTitle(draft.title)
    editor.commands.setContent(docOf(draft.blocks), { emitUpdate: false })
    await flush(note)
  }
  useEffect(() => {
    if (!editor) return
    const afterBlock = (): number => {
      const { $to } = editor.state.selection
      return $to.depth === 0 ? $to.pos : $to.after(1)
    }
    onDesk({
      insert: (blocks) =>
        void editor
          .chain()
          .insertContentAt(afterBlock(), fresh(nodesOf(blocks)))
          .focus()
          .scrollIntoView()
          .run(),
      insertInline: (text, records) => {
        const node = nodesOf([{ id: 'x', kind: 'paragraph', pieces: [{ text, records: [...records] }] }])
        const isIn = editor.isActive('paragraph')
        if (isIn)
          editor
            .chain()
            .insertContent(node[0]!.content ?? [])
            .focus()
            .run()
        else editor.chain().insertContentAt(afterBlock(), fresh(node)).focus().run()
      },
      goTo: (block) => {
        editor.state.doc.forEach((node, offset) => {
          if (node.attrs['id'] !== block) return
          editor
            .chain()
            .setTextSelection(offset + 1)
            .run()
          const dom = editor.view.nodeDOM(offset)
          if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'center' })
        })
      },
      draft: read,
      replace,
      flush: () => flush(),
    })
    return () => onDesk(null)
    // oxlint-disable-next-line react/exhaustive-deps -- read and replace look at refs
  }, [editor, onDesk, flush])

  const insertFigure = (chip: Chip, info: ChipInfo) => {
    const { values } = store.now
    store.set({
      ...store.now,
      values: { ...values, info: new Map([...values.info, [chipKey(chip, values.year), info]]) },
    })
    editor?.chain().insertContent({ type: 'figure', attrs: { chip } }).focus().run()
    setDialog(false)
  }
  const remark = () => {
    if (!editor) return
    const { from, to, $from } = editor.state.selection
    const block = $from.node(1)
    const quote =
      from === to ? block.textContent.slice(0, 40) : editor.state.doc.textBetween(from, to, '').slice(0, 120)
    onRemark(String(block.attrs['id']), quote)
  }
  return (
    <div className="paper-editor">
      <div className="paper-top">
        {saving.state === 'conflict' && (
          <Conflict
            year={preview.year}
            error={saving.error}
            read={read}
            autosave={autosave}
            onTake={replaceWithout}
          />
        )}
        {saving.state === 'failed' && <Failure error={saving.error} retry={() => void flush()} />}
        <Toolbar
          editor={editor}
          saving={saving}
          onFigure={() => setDialog(true)}
          onRemark={remark}
          onRetry={() => void flush()}
        />
      </div>
      <Sheet
        preview={preview}
        title={
          <div className="gw-title paper-title">
            {title.map((line, at) => (
              <input
                // oxlint-disable-next-line react/no-array-index-key -- lines of the title have no identity
                key={at}
                aria-label={`标题第 ${at + 1} 行`}
                maxLength={60}
                value={line}
                onChange={(event) => {
                  setTitle(title.map((old, n) => (n === at ? event.target.value : old)))
                  touch()
                }}
              />
            ))}
          </div>
        }
      >
        <div ref={place} />
      </Sheet>
      {dialog && (
        <FigureDialog
          year={preview.year}
          org={preview.org}
          onInsert={insertFigure}
          onClose={() => setDialog(false)}
        />
      )}
    </div>
  )

  /** Takes theirs: nothing is to be saved. */
  function replaceWithout(draft: Draft, version: number) {
    setTitle(draft.title)
    editor?.commands.setContent(docOf(draft.blocks), { emitUpdate: false })
    autosave.restart(version)
    onSaved()
  }
}

/** Blocks that come from elsewhere bring no name: the editor gives one. */
const fresh = (nodes: EditorNode[]): EditorNode[] =>
  nodes.map((node) => ({ ...node, attrs: { ...node.attrs, id: null } }))
