import {
  BookmarkEnd,
  BookmarkStart,
  BuilderElement,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  type IParagraphOptions,
  Paragraph,
  type ParagraphChild,
  TextRun,
  type XmlComponent,
} from 'docx'
import type { FigureRun } from '../document.ts'
import { printable } from '../layout.ts'
import { figureBookmark, figureTag, sourceBookmark } from '../names.ts'

/** Numbers that must be unique within one document. */
export interface Serial {
  next(): number
}

export function serial(): Serial {
  let last = 0
  return { next: () => ++last }
}

/** A paragraph in one of our styles; the text of a string is cleaned as in `text`. */
export function paragraph(
  style: string,
  content: string | ParagraphChild[],
  options: IParagraphOptions = {},
): Paragraph {
  const children = typeof content === 'string' ? (content ? [text(content)] : []) : content
  return new Paragraph({ style, children, ...options })
}

export function text(content: string, style?: string): TextRun {
  return new TextRun({ text: printable(content), ...(style ? { style } : {}) })
}

/** Content between the two ends of a bookmark. */
export function bookmarked(name: string, children: ParagraphChild[], ids: Serial): ParagraphChild[] {
  const id = ids.next()
  return [asChild(new BookmarkStart(name, id)), ...children, asChild(new BookmarkEnd(id))]
}

/**
 * A figure that knows where it comes from: a bookmark round a content control round a link to its row of sources.
 * The link carries no Hyperlink style: on paper it is plain text.
 * @param nth which mention of this indicator it is, from 1
 * @param comment id of its review comment, if the mode has any
 */
export function figure(run: FigureRun, nth: number, ids: Serial, comment?: number): ParagraphChild[] {
  const link = element(
    'w:hyperlink',
    { 'w:anchor': sourceBookmark(run.indicator, run.of), 'w:history': '1' },
    [text(run.written)],
  )
  const control = element('w:sdt', {}, [
    element('w:sdtPr', {}, [
      element('w:alias', { 'w:val': printable(run.label) }),
      element('w:tag', { 'w:val': figureTag(run) }),
      element('w:id', { 'w:val': String(ids.next()) }),
    ]),
    element('w:sdtContent', {}, [link]),
  ])
  const marked = bookmarked(figureBookmark(run.indicator, nth), [asChild(control)], ids)
  if (comment === undefined) return marked
  return [
    new CommentRangeStart(comment),
    ...marked,
    new CommentRangeEnd(comment),
    new TextRun({ children: [new CommentReference(comment)] }),
  ]
}

/** `docx` has no class for these; as elements of its own kind their texts are escaped by its one XML writer. */
function element(
  name: string,
  attributes: Record<string, string>,
  children: XmlComponent[] = [],
): XmlComponent {
  const payload = Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, { key, value }]),
  ) as Record<string, { key: string; value: string }>
  return new BuilderElement({ name, attributes: payload, children })
}

/** The package's list of what a paragraph may hold is closed in its types, open at run time. */
function asChild(component: XmlComponent): ParagraphChild {
  return component as unknown as ParagraphChild
}
