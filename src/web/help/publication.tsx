import { App, Button, Flex, Input, Modal } from 'antd'
import { useState } from 'react'
import type { SuggestionHead, SuggestionWords } from '#help/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { issueAt, isTold, toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { suggestionApi } from './addresses.ts'

type PublicationProps = {
  one: SuggestionHead
  /** What was asked and answered, where she has opened it. */
  words: SuggestionWords | null
}

/** An answered question on policy, for everybody: in words that name nobody. */
export function Publication({ one, words }: PublicationProps) {
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const withdraw = useAct(
    (_: null, key) => call(suggestionApi.publication(one.id), anything, { method: 'DELETE', key }),
    () => void message.success('已撤下'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <Flex gap={8} align="center" wrap>
      {one.shownOn && <span className="page-sub">{`${one.shownOn} 公布为问答`}</span>}
      {words && !one.shownOn && (
        <Button size="small" onClick={() => setOpen(true)}>
          公布为问答
        </Button>
      )}
      {one.shownOn && (
        <Button size="small" loading={withdraw.busy} onClick={() => withdraw.run(null)}>
          撤下
        </Button>
      )}
      {isOpen && words && <Writing one={one} words={words} onClose={() => setOpen(false)} />}
    </Flex>
  )
}

function Writing({
  one,
  words,
  onClose,
}: {
  one: SuggestionHead
  words: SuggestionWords
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [question, setQuestion] = useState('')
  const [answer, setAnswer] = useState(words.answer)
  const act = useAct(
    (body: { question: string; answer: string }, key) =>
      call(suggestionApi.publication(one.id), anything, { method: 'PUT', key, body }),
    () => {
      void message.success('已公布，手机端“问政策”里看得到')
      onClose()
    },
  )
  const fault = (field: string) => issueAt(act.error, field)
  return (
    <Modal
      open
      title="公布为问答"
      okText="公布"
      cancelText="取消"
      confirmLoading={act.busy}
      onOk={() => act.run({ question: question.trim(), answer: answer.trim() })}
      onCancel={onClose}
    >
      <Flex vertical gap={10}>
        <p className="page-sub">
          任何人都看得到。请把问题改写成一般的问法，不写提问人的姓名、单位和个人情况。
        </p>
        <div>
          提问人的原话（不公布）
          <blockquote className="voice-asked">{words.body}</blockquote>
        </div>
        <label>
          问题
          <Input.TextArea
            value={question}
            placeholder="如：女职工怀孕七个月以上，单位可以安排夜班吗"
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 6 }}
            status={fault('question') ? 'error' : ''}
            onChange={(event) => setQuestion(event.target.value)}
          />
        </label>
        {fault('question') && <div className="export-fault">{fault('question')}</div>}
        <label>
          答复
          <Input.TextArea
            value={answer}
            maxLength={2000}
            autoSize={{ minRows: 4, maxRows: 12 }}
            status={fault('answer') ? 'error' : ''}
            onChange={(event) => setAnswer(event.target.value)}
          />
        </label>
        {fault('answer') && <div className="export-fault">{fault('answer')}</div>}
        {act.error && !isTold(act.error) && <Failure error={act.error} title="没有公布" />}
      </Flex>
    </Modal>
  )
}
