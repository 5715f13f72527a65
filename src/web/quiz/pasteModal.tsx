import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { BankQuestion } from '#quiz/api.ts'
import { pasteColumns, readPasted } from '#quiz/question.ts'

type Props = { room: number; onDone: (more: BankQuestion[]) => void; onClose: () => void }

/** Questions copied out of a sheet; rows that cannot be read are told before anything is taken. */
export function PasteModal({ room, onDone, onClose }: Props) {
  const [text, setText] = useState('')
  const { questions, faults } = readPasted(text)
  const tooMany = questions.length > room
  return (
    <Modal
      open
      width={760}
      title="从 Excel 粘贴"
      okText={questions.length > 0 ? `加入 ${questions.length} 道题` : '加入'}
      cancelText="取消"
      okButtonProps={{ disabled: questions.length === 0 || faults.length > 0 || tooMany }}
      onOk={() => onDone(questions)}
      onCancel={onClose}
    >
      <p>{`每行一道题，列的顺序：${pasteColumns.join('、')}。判断题的选项可以空着；多选题的答案写在一起，例如“ABC”。`}</p>
      <Input.TextArea
        value={text}
        aria-label="从 Excel 复制的内容"
        placeholder="在 Excel 里选中这些行，复制，粘贴到这里"
        autoSize={{ minRows: 8, maxRows: 16 }}
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status">
        {faults.slice(0, 10).map((fault) => (
          <p key={fault} className="quiz-fault">
            {fault}
          </p>
        ))}
        {faults.length > 10 && <p className="quiz-fault">{`另有 ${faults.length - 10} 行需要改`}</p>}
        {tooMany && <p className="quiz-fault">{`题库还能加 ${room} 道题，请分成两个题库`}</p>}
        {faults.length > 0 && questions.length > 0 && (
          <p>{`${questions.length} 行可以加入；改好标出的行再加入`}</p>
        )}
      </div>
    </Modal>
  )
}
