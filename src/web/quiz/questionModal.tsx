import { Button, Checkbox, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { mostOptions, type BankQuestion } from '#quiz/api.ts'
import { faultsOf, truthOptions } from '#quiz/question.ts'
import { questionKinds, questionKindWords, type QuestionKind } from '#quiz/states.ts'

type Props = { before: BankQuestion | null; onDone: (one: BankQuestion) => void; onClose: () => void }

const letters = 'ABCDEFGH'
const empty: BankQuestion = {
  id: null,
  kind: 'single',
  stem: '',
  options: ['', '', '', ''],
  answer: [],
  explanation: '',
}

/** One question with its options; the right ones are ticked where they stand. */
export function QuestionModal({ before, onDone, onClose }: Props) {
  const [one, setOne] = useState<BankQuestion>(before ?? empty)
  const [isTried, setTried] = useState(false)
  const change = (more: Partial<BankQuestion>) => setOne((old) => ({ ...old, ...more }))
  const filled: BankQuestion = { ...one, ...packed(one), stem: one.stem.trim() }
  const faults = isTried ? faultsOf(filled) : []
  const faultAt = (field: string) => {
    const fault = faults.find((found) => found.field === field)
    return fault && <p className="quiz-fault">{fault.message}</p>
  }
  const toKind = (kind: QuestionKind) =>
    change({
      kind,
      answer: [],
      options: kind === 'truth' ? [...truthOptions] : one.kind === 'truth' ? empty.options : one.options,
    })
  const tick = (number: number, is: boolean) =>
    change({
      answer:
        one.kind === 'multiple'
          ? [...one.answer.filter((k) => k !== number), ...(is ? [number] : [])].sort((a, b) => a - b)
          : [number],
    })
  const Tick = one.kind === 'multiple' ? Checkbox : Radio
  return (
    <Modal
      open
      title={before ? '修改题目' : '加一道题'}
      okText="确定"
      cancelText="取消"
      onCancel={onClose}
      onOk={() => {
        setTried(true)
        if (faultsOf(filled).length === 0) onDone(filled)
      }}
    >
      <label>
        题型{' '}
        <Select
          value={one.kind}
          style={{ width: 120 }}
          options={questionKinds.map((value) => ({ value, label: questionKindWords[value] }))}
          onChange={toKind}
        />
      </label>
      <p>
        <label>
          题目
          <Input.TextArea
            value={one.stem}
            maxLength={300}
            showCount
            autoSize={{ minRows: 2 }}
            onChange={(event) => change({ stem: event.target.value })}
          />
        </label>
      </p>
      {faultAt('stem')}
      <p style={{ marginTop: 20 }}>选项（勾上正确的）</p>
      {one.options.map((option, n) => (
        <p key={letters[n]} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <Tick
            checked={one.answer.includes(n + 1)}
            aria-label={`${letters[n]} 是正确答案`}
            onChange={(event) => tick(n + 1, event.target.checked)}
          />
          {letters[n]}
          <Input
            value={option}
            maxLength={100}
            disabled={one.kind === 'truth'}
            aria-label={`选项 ${letters[n]}`}
            onChange={(event) =>
              change({ options: one.options.map((old, k) => (k === n ? event.target.value : old)) })
            }
          />
        </p>
      ))}
      {one.kind !== 'truth' && one.options.length < mostOptions && (
        <Button size="small" onClick={() => change({ options: [...one.options, ''] })}>
          加一个选项
        </Button>
      )}
      {faultAt('options')}
      {faultAt('answer')}
      <p style={{ marginBottom: 28 }}>
        <label>
          解析（可以不填，公布答案时一起显示）
          <Input.TextArea
            value={one.explanation}
            maxLength={300}
            showCount
            autoSize={{ minRows: 2 }}
            onChange={(event) => change({ explanation: event.target.value })}
          />
        </label>
      </p>
    </Modal>
  )
}

/** Options without those that stand empty, the right ones by their new numbers. */
function packed({ options, answer }: BankQuestion): Pick<BankQuestion, 'options' | 'answer'> {
  const kept = options
    .map((option, n) => ({ option: option.trim(), number: n + 1 }))
    .filter(({ option, number }) => option !== '' || answer.includes(number))
  return {
    options: kept.map(({ option }) => option),
    answer: kept.flatMap(({ number }, n) => (answer.includes(number) ? [n + 1] : [])),
  }
}
