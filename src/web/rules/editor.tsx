import { App, Button, DatePicker, Flex, Form, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { RuleField } from '#rules/drawn.ts'
import { ruleEffects, ruleMade, type RuleProposal } from '#rules/tablesApi.ts'
import type { Rule } from '#kit/rule.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { ApiProblem, issueAt } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { rulesApi } from './addresses.ts'
import { Effects } from './effects.tsx'
import { Inputs, type Given } from './inputs.tsx'

type EditorProps = { rule: Rule; fields: readonly RuleField[]; start: unknown; onClose: () => void }

/** A new version, begun from what holds today: looked at before it is proposed. */
export function Editor({ rule, fields, start, onClose }: EditorProps) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [value, setValue] = useState(start as Given)
  const [fromOn, setFromOn] = useState(today)
  const [basis, setBasis] = useState('')
  const [note, setNote] = useState('')
  const look = useAct((given: Pick<RuleProposal, 'fromOn' | 'value'>, key) =>
    call(rulesApi.preview(rule.key), ruleEffects, { method: 'POST', key, body: given }),
  )
  const send = useAct(
    (given: RuleProposal, key) =>
      call(rulesApi.versions(rule.key), ruleMade, { method: 'POST', key, body: given }),
    () => {
      onClose()
      void message.success('已提出，由本级另一位同志核定后生效')
    },
  )
  const error = send.error ?? look.error
  const isTold = error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0
  const at = (field: string) => issueAt(error, field)
  const change = (next: Given) => {
    setValue(next)
    look.reset()
    send.reset()
  }
  const fault = (field: string) => (at(field) ? { validateStatus: 'error' as const, help: at(field) } : {})
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      className="rules-editor"
      aria-label={`${rule.title}的新版本`}
    >
      <h3>新版本</h3>
      <Flex gap="0 16px" wrap>
        <Form.Item label="从哪天起执行" htmlFor="rule-from" {...fault('fromOn')}>
          <DatePicker
            id="rule-from"
            allowClear={false}
            value={dayjs(fromOn)}
            onChange={(day) => {
              setFromOn(day?.format('YYYY-MM-DD') ?? today)
              look.reset()
            }}
          />
        </Form.Item>
        <Form.Item label="依据" htmlFor="rule-basis" className="rules-wide" {...fault('basis')}>
          <Input
            id="rule-basis"
            maxLength={200}
            placeholder="法规名称和条号，或本市文件的文号"
            value={basis}
            onChange={(event) => setBasis(event.target.value)}
          />
        </Form.Item>
        {fromOn < today && (
          <Form.Item label="为什么追溯" htmlFor="rule-note" className="rules-wide" {...fault('note')}>
            <Input
              id="rule-note"
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Form.Item>
        )}
      </Flex>
      <Inputs fields={fields} value={value} onChange={change} at="value" issueAt={at} />
      {Boolean(error) && !isTold && <Failure error={error} />}
      {look.done && <Effects effects={look.done} />}
      <Flex gap={8} wrap>
        <Button loading={look.busy} onClick={() => look.run({ fromOn, value })}>
          预览影响
        </Button>
        <Button
          type="primary"
          loading={send.busy}
          onClick={() => send.run({ fromOn, basis: basis.trim(), note: note.trim(), value })}
        >
          提出新版本
        </Button>
        <Button onClick={onClose}>取消</Button>
      </Flex>
    </Form>
  )
}
