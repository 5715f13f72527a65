import { CommentOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import type { SummaryPreview } from '#figures/summaryApi.ts'
import { BlockView, type Pointing } from './block.tsx'
import { missingFonts } from './fonts.dom.ts'
import './sheet.css'

type SheetProps = { preview: SummaryPreview; title?: ReactNode; children: ReactNode }

/** The page as it will be printed, 28 characters a line: head and signature round the text. */
export function Sheet({ preview, title, children }: SheetProps) {
  const [missing] = useState(missingFonts)
  return (
    <div className="sheet-place">
      <article className="sheet" aria-label="总结正文">
        {title ?? (
          <h1 className="gw-title">
            {preview.title.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </h1>
        )}
        <p className="gw-date">{preview.date}</p>
        {children}
        <div className="gw-signature">
          <span>{preview.signature.name}</span>
          <span>{preview.signature.date}</span>
        </div>
      </article>
      {missing.length > 0 && (
        <p className="sheet-fonts">
          本机未安装{missing.join('、')}，屏幕上用替代字体显示；下载的 Word 写明的仍是规定字体。
        </p>
      )}
    </div>
  )
}

type TextProps = Pointing & {
  preview: SummaryPreview
  /** Opens a remark at a block; null where she may make none. */
  onRemark: ((block: string, quote: string) => void) | null
}

/** The text to read, each figure a way to its records. */
export function ReadText({ preview, readiness, hot, onRemark }: TextProps) {
  const remarked = new Set(preview.comments.filter((c) => c.resolvedAt === null).map((c) => c.block))
  return preview.blocks.map((block, i) => {
    const id = preview.draft.blocks[i]!.id
    return (
      <section key={id} id={`block-${id}`} className={`gw-read${remarked.has(id) ? ' has-remark' : ''}`}>
        {onRemark && (
          <Button
            size="small"
            className="gw-remark"
            icon={<CommentOutlined />}
            onClick={() => onRemark(id, quoteOf(block))}
          >
            批注
          </Button>
        )}
        <BlockView block={block} readiness={readiness} hot={hot} />
      </section>
    )
  })
}

const quoteOf = (block: SummaryPreview['blocks'][number]): string =>
  (block.kind === 'heading'
    ? block.text
    : block.runs.map((run) => ('figure' in run ? run.figure.written : run.text)).join('')
  ).slice(0, 40)
