import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { editedParts, type EditedPart, type SummaryPreview } from '#figures/summaryApi.ts'
import { partHints, partLabels } from './paper.ts'

type TextListProps = { preview: SummaryPreview; onEdit: (part: EditedPart) => void }

/** What the editors write themselves; the rest of the text composes itself from the records. */
export function TextList({ preview, onEdit }: TextListProps) {
  return (
    <ul className="side-texts">
      {editedParts.map((part) => {
        const length = [...(preview.texts[part]?.body ?? '').trim()].length
        return (
          <li key={part}>
            <div>
              <b>{partLabels[part]}</b>
              <span className={length === 0 ? 'is-waiting' : undefined}>
                {length === 0 ? '未写' : `${length} 字`}
              </span>
              <small>{partHints[part]}</small>
            </div>
            {preview.mayEdit && (
              <Button
                size="small"
                icon={<EditOutlined />}
                aria-label={`改${partLabels[part]}`}
                onClick={() => onEdit(part)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}
