import { App, Button, DatePicker, Flex, Form, Input, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { NewSuggestion, Plan, Suggestion } from '#figures/plan/api.ts'
import { suggestionWords } from '#figures/plan/words.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { planApi } from './addresses.ts'
import { RevisionFields, revisionOf, type RevisionValues } from './revisionFields.tsx'

const colors = { open: 'gold', accepted: 'green', declined: 'default' } as const

/** What units below suggested to her unit, and what her unit suggested above. */
export function Suggestions({ plan, own }: { plan: Plan; own: boolean }) {
  const [dialog, setDialog] = useState<{ accept: boolean; one: Suggestion } | 'new' | null>(null)
  const close = () => setDialog(null)
  const mayAsk = own && plan.above !== null
  if (plan.suggestions.length === 0 && !mayAsk) return null
  return (
    <section className="plan-card">
      <h2>
        建议
        {mayAsk && (
          <Button size="small" onClick={() => setDialog('new')}>
            向{plan.above!.shortName}提建议
          </Button>
        )}
      </h2>
      {plan.suggestions.length === 0 && (
        <p className="page-sub">上级计划里该有而没有的，可以提出来；采纳与否都会答复。</p>
      )}
      {plan.suggestions.map((one) => (
        <div key={one.id} className="plan-suggestion">
          <div>
            <div className="plan-task">{one.task}</div>
            <div className="plan-aside">
              <span>
                {one.to.id === plan.org.id ? `${one.from.shortName} ${one.by}` : `致${one.to.shortName}`}
              </span>
              <span>{one.section}</span>
              <span className="num">{one.dueOn} 前</span>
              {one.why && <span>理由：{one.why}</span>}
              {one.reason && <span>答复：{one.reason}</span>}
            </div>
          </div>
          <Flex gap={8} align="center">
            <Tag color={colors[one.state]}>{suggestionWords[one.state]}</Tag>
            {own && one.state === 'open' && one.to.id === plan.org.id && (
              <>
                <Button size="small" type="primary" onClick={() => setDialog({ accept: true, one })}>
                  采纳
                </Button>
                <Button size="small" onClick={() => setDialog({ accept: false, one })}>
                  不采纳
                </Button>
              </>
            )}
          </Flex>
        </div>
      ))}
      {dialog === 'new' && <NewModal plan={plan} onClose={close} />}
      {dialog !== null && dialog !== 'new' && <DecideModal plan={plan} {...dialog} onClose={close} />}
    </section>
  )
}

type DecideProps = { plan: Plan; accept: boolean; one: Suggestion; onClose: () => void }

function DecideModal({ plan, accept, one, onClose }: DecideProps) {
  const { message } = App.useApp()
  const decide = useAct(
    (values: RevisionValues & { reason?: string }, key) =>
      call(planApi.decision(one.id), anything, {
        method: 'POST',
        key,
        body: { accept, reason: values.reason ?? '', ...(accept ? revisionOf(plan, values) : {}) },
      }),
    () => {
      onClose()
      void message.success(accept ? '已采纳并写入计划' : '已答复')
    },
  )
  return (
    <FormModal<RevisionValues & { reason?: string }>
      title={accept ? '采纳建议' : '不采纳建议'}
      okText={accept ? '采纳' : '答复'}
      act={decide}
      told={hasIssueAt(decide.error, ['reason', 'revision.reason'])}
      initialValues={{}}
      onClose={onClose}
    >
      <p>
        {one.from.shortName}：“{one.task}”
      </p>
      <Form.Item
        label={accept ? '答复（可不填）' : '不采纳的理由'}
        name="reason"
        rules={
          accept ? [] : [{ required: true, whitespace: true, message: '请写明理由，提建议的单位会看到' }]
        }
        {...faultAt(decide.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      {accept && <RevisionFields plan={plan} error={decide.error} />}
    </FormModal>
  )
}

type Values = Omit<NewSuggestion, 'dueOn'> & { dueOn: Dayjs }

function NewModal({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { message } = App.useApp()
  const send = useAct(
    ({ dueOn, section, task, evidence, why }: Values, key) =>
      call(planApi.suggestions(plan.year), anything, {
        method: 'POST',
        key,
        body: {
          section: section.trim(),
          task: task.trim(),
          evidence: evidence ?? '',
          why: why ?? '',
          dueOn: dueOn.format('YYYY-MM-DD'),
        } satisfies NewSuggestion,
      }),
    () => {
      onClose()
      void message.success('已提给上级')
    },
  )
  return (
    <FormModal<Values>
      title={`向${plan.above!.shortName}提建议`}
      okText="提出"
      act={send}
      initialValues={{ dueOn: dayjs(`${plan.year}-12-20`) }}
      onClose={onClose}
    >
      <Form.Item
        label="所属部分"
        name="section"
        rules={[{ required: true, whitespace: true, message: '请填写所属部分' }]}
      >
        <Input maxLength={40} placeholder="例如：关爱服务" />
      </Form.Item>
      <Form.Item
        label="建议做什么"
        name="task"
        rules={[{ required: true, whitespace: true, message: '请写明建议做什么' }]}
      >
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <Form.Item label="理由" name="why">
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <div className="plan-pair">
        <Form.Item label="完成时限" name="dueOn" rules={[{ required: true, message: '请选择完成时限' }]}>
          <DatePicker allowClear={false} showNow={false} />
        </Form.Item>
        <Form.Item label="用什么佐证" name="evidence">
          <Input maxLength={200} placeholder="可不填" />
        </Form.Item>
      </div>
    </FormModal>
  )
}
