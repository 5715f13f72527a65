import { App, Button, Flex, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import type { Objection, UnitSheet } from '#figures/assessment/api.ts'
import { objectionWords } from '#figures/assessment/words.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt, toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { assessmentApi } from './addresses.ts'

const colors = { open: 'gold', answered: 'blue', closed: 'default' } as const

/** Objections of the unit: raised by it, answered by the issuer, closed by either. */
export function Objections({ unit }: { unit: UnitSheet }) {
  const { post } = useMe()
  const [dialog, setDialog] = useState<Objection | 'new' | null>(null)
  const close = () => setDialog(null)
  const open = unit.sheet.state === 'open' && post.role === 'cadre'
  const mayRaise = open && unit.isOwn
  const isIssuer = open && unit.sheet.issuer.id === post.org.id
  if (unit.objections.length === 0 && !mayRaise) return null
  return (
    <section className="sheet-card">
      <h2>
        异议
        {mayRaise && (
          <Button size="small" onClick={() => setDialog('new')} style={{ marginInlineStart: 10 }}>
            提异议
          </Button>
        )}
      </h2>
      {unit.objections.length === 0 && (
        <p className="page-sub">对评分有不同意见可以提出，答复并办结后才发布结果。</p>
      )}
      {unit.objections.map((one) => (
        <div key={one.id} className="plan-suggestion">
          <div>
            <div>{one.body}</div>
            <div className="plan-aside">
              <span>{unit.sheet.lines.find((line) => line.key === one.line)?.item}</span>
              <span>
                {one.by} {formatInstant(one.at)}
              </span>
              {one.answer && <span>答复：{one.answer}</span>}
            </div>
          </div>
          <Flex gap={8} align="center">
            <Tag color={colors[one.state]}>{objectionWords[one.state]}</Tag>
            {isIssuer && one.state !== 'closed' && (
              <Button size="small" onClick={() => setDialog(one)}>
                {one.state === 'open' ? '答复' : '改答复'}
              </Button>
            )}
            {((mayRaise && one.state !== 'closed') || (isIssuer && one.state === 'answered')) && (
              <CloseButton id={one.id} label={one.state === 'open' ? '撤回' : '办结'} />
            )}
          </Flex>
        </div>
      ))}
      {dialog === 'new' && <RaiseModal unit={unit} onClose={close} />}
      {dialog !== null && dialog !== 'new' && <AnswerModal one={dialog} onClose={close} />}
    </section>
  )
}

function CloseButton({ id, label }: { id: string; label: string }) {
  const { message } = App.useApp()
  const act = useAct(
    (_: null, key) => call(assessmentApi.close(id), anything, { method: 'POST', key }),
    () => void message.success('已办结'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <Button size="small" loading={act.busy} onClick={() => act.run(null)}>
      {label}
    </Button>
  )
}

function RaiseModal({ unit, onClose }: { unit: UnitSheet; onClose: () => void }) {
  const { message } = App.useApp()
  const raise = useAct(
    (body: { line: string; body: string }, key) =>
      call(assessmentApi.objections(unit.sheet.id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已提出')
    },
  )
  return (
    <FormModal<{ line: string; body: string }>
      title="提异议"
      okText="提出"
      act={raise}
      told={hasIssueAt(raise.error, ['line'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="哪一项"
        name="line"
        rules={[{ required: true, message: '请选择哪一项' }]}
        {...faultAt(raise.error, 'line')}
      >
        <Select
          placeholder="请选择"
          options={unit.sheet.lines.map(({ key, item }) => ({ value: key, label: item }))}
        />
      </Form.Item>
      <Form.Item
        label="异议和理由"
        name="body"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明异议和理由' }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
    </FormModal>
  )
}

function AnswerModal({ one, onClose }: { one: Objection; onClose: () => void }) {
  const { message } = App.useApp()
  const answer = useAct(
    (body: { answer: string }, key) =>
      call(assessmentApi.answer(one.id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已答复')
    },
  )
  return (
    <FormModal<{ answer: string }>
      title="答复异议"
      okText="答复"
      act={answer}
      initialValues={{ answer: one.answer }}
      onClose={onClose}
    >
      <p>“{one.body}”</p>
      <Form.Item
        label="答复"
        name="answer"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明答复' }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
    </FormModal>
  )
}
