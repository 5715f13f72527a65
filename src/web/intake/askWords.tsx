import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Asked } from '#intake/target.ts'

type AskWordsProps = {
  asks: readonly Asked[]
  ready: number
  onCancel: () => void
  onDone: (words: { note?: string; reason?: string }) => void
}

const questions: Readonly<Record<Asked, { label: string; hint: string }>> = {
  note: {
    label: '提醒的情况说明',
    hint: '有的行带提醒（如同一天有相近的记录、数字偏大），请写明为什么是对的',
  },
  reason: { label: '更正理由', hint: '有的行要更正已审核通过的记录，审核前仍按原来的数字统计' },
}

/** What the commit wants in words, once for the whole workbook. */
export function AskWords({ asks, ready, onCancel, onDone }: AskWordsProps) {
  const [words, setWords] = useState<Partial<Record<Asked, string>>>({})
  const isWhole = asks.every((one) => words[one]?.trim())
  return (
    <Modal
      open
      title={`导入 ${ready} 行`}
      okText="导入"
      cancelText="取消"
      okButtonProps={{ disabled: !isWhole }}
      onCancel={onCancel}
      onOk={() => onDone(words)}
    >
      <Form layout="vertical">
        {asks.map((one) => (
          <Form.Item
            key={one}
            label={questions[one].label}
            htmlFor={`intake-${one}`}
            extra={questions[one].hint}
            required
          >
            <Input.TextArea
              id={`intake-${one}`}
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={500}
              showCount
              value={words[one] ?? ''}
              onChange={(event) => setWords((was) => ({ ...was, [one]: event.target.value }))}
            />
          </Form.Item>
        ))}
        {asks.length === 0 && <p>存为草稿后，可以到“待办”的草稿里逐条再看、再提交。</p>}
      </Form>
    </Modal>
  )
}
