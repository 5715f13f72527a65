import { CheckCircleOutlined } from '@ant-design/icons'
import { Input, Tag } from 'antd'
import type { Finding } from '#figures/statutory/checks.ts'

type FindingsProps = {
  findings: readonly Finding[]
  notes: Readonly<Record<string, string>>
  /** Given while the table may be filled in. */
  onNote?: (id: string, text: string) => void
}

/** 逻辑审核: what does not agree must be put right in the records, what is unusual needs a sentence. */
export function Findings({ findings, notes, onNote }: FindingsProps) {
  return (
    <section className="statutory-findings">
      <h2>逻辑审核</h2>
      {findings.length === 0 && (
        <p className="is-sound">
          <CheckCircleOutlined /> 各行之间没有矛盾
        </p>
      )}
      <ul>
        {findings.map(({ id, level, message }) => (
          <li key={id}>
            <Tag color={level === 'must' ? 'error' : 'warning'}>{level === 'must' ? '须改正' : '须说明'}</Tag>
            <div>
              <span>{message}</span>
              {level === 'must' && !id.startsWith('asked.') && (
                <small>数字由记录得出，请点开数字，在记录里更正</small>
              )}
              {level === 'ask' &&
                (onNote ? (
                  <Input
                    aria-label={`说明：${message}`}
                    placeholder={
                      id.startsWith('begins.')
                        ? '请写明，例如：平台自当月启用，以前月份未逐条登记'
                        : '请说明原因，例如：本年新增两个批次'
                    }
                    maxLength={500}
                    value={notes[id] ?? ''}
                    onChange={(event) => onNote(id, event.target.value)}
                  />
                ) : (
                  notes[id] && <small>说明：{notes[id]}</small>
                ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
