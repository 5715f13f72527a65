import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import type { EditedPart, SummaryPreview } from '#figures/summaryApi.ts'
import { BlockView, type Pointing } from './block.tsx'
import { missingFonts } from './fonts.dom.ts'
import { partLabels, segmentsOf, type Segment } from './paper.ts'
import './sheet.css'

type SheetProps = Pointing & {
  preview: SummaryPreview
  editing: EditedPart | null
  editor: ReactNode
  onEdit: (part: EditedPart) => void
}

/** The summary as it will be printed: 28 characters a line, each figure a way to its records. */
export function Sheet({ preview, readiness, hot, editing, editor, onEdit }: SheetProps) {
  const segments = segmentsOf(preview.blocks)
  const [missing] = useState(missingFonts)
  const stands = segments.some(({ part }) => part === editing)
  return (
    <div className="sheet-place">
      <article className="sheet" aria-label="总结预览">
        <h1 className="gw-title">
          {preview.title.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </h1>
        <p className="gw-date">{preview.date}</p>
        {segments.map((segment, i) =>
          segment.part !== null && segment.part === editing ? (
            <div key={`${segment.part}.${i}`}>{firstOf(segments, segment) && editor}</div>
          ) : (
            <section
              key={`${segment.part ?? 'composed'}.${i}`}
              className={segment.part && preview.mayEdit ? 'gw-edited' : undefined}
            >
              {segment.part && preview.mayEdit && <EditButton part={segment.part} onEdit={onEdit} />}
              {segment.blocks.map((block, k) => (
                <BlockView key={`${k}.${block.kind}`} block={block} readiness={readiness} hot={hot} />
              ))}
            </section>
          ),
        )}
        {editing !== null && !stands && editor}
        {preview.signature && (
          <div className="gw-signature">
            <span>{preview.signature.name}</span>
            <span>{preview.signature.date}</span>
          </div>
        )}
      </article>
      {missing.length > 0 && (
        <p className="sheet-fonts">
          本机未安装{missing.join('、')}，屏幕上用替代字体显示；下载的 Word 写明的仍是规定字体。
        </p>
      )}
    </div>
  )
}

/** A text of several places is edited in the first. */
const firstOf = (segments: readonly Segment[], segment: Segment): boolean =>
  segments.find(({ part }) => part === segment.part) === segment

function EditButton({ part, onEdit }: { part: EditedPart; onEdit: (part: EditedPart) => void }) {
  return (
    <Button size="small" className="gw-edit" icon={<EditOutlined />} onClick={() => onEdit(part)}>
      改{partLabels[part]}
    </Button>
  )
}
