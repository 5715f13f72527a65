import { App, Button, Form, Input, Radio } from 'antd'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign, Nomination, NominationAct, OpinionStep } from '#honour/api.ts'
import { opinionWords } from '#honour/words.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call, callFile } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt, toProblem } from '../api/problem.ts'
import { save } from '../my/save.dom.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'

const said: Record<NominationAct['act'], string> = {
  notice: '已在本单位公示',
  send: '已上报',
  return: '已退回推荐单位',
  withdraw: '已撤回',
}

/** What the reader's unit may do with a nomination now. */
export function NominationBar({ n, c }: { n: Nomination; c: Campaign }) {
  const { post } = useMe()
  const { message, modal } = App.useApp()
  const [opining, setOpining] = useState<readonly OpinionStep[] | null>(null)
  const [returning, setReturning] = useState(false)
  const move = useAct(
    (act: 'notice' | 'send' | 'withdraw', key) =>
      call(honourApi.nominationState(n.id), anything, {
        method: 'POST',
        key,
        body: { act, version: n.version },
      }),
    (_, act) => void message.success(said[act]),
    (error) => {
      const { body } = toProblem(error)
      void message.error(body.issues?.map((i) => i.message).join('；') || body.message, 8)
    },
  )
  const print = useMutation({
    mutationFn: async () =>
      save(`推荐审批表_${n.name}.docx`, await callFile(honourApi.form(n.id), { method: 'POST' })),
    onError: (error) => void message.error(toProblem(error).message),
  })
  const cadre = post.role === 'cadre'
  const isFamily = c.kind === 'family'
  const own: OpinionStep[] = isFamily
    ? ['union']
    : n.isHead
      ? ['party', 'union', 'outside']
      : ['party', 'union']
  const isDraft = n.isOwn && cadre && n.state === 'draft' && c.state === 'open'
  const isHeard = own.every((step) => n.opinions.some((o) => o.step === step && o.agrees))
  return (
    <>
      <Button loading={print.isPending} onClick={() => print.mutate()}>
        下载推荐表
      </Button>
      {n.isOwn && cadre && ['draft', 'unitNotice', 'upper'].includes(n.state) && (
        <Button
          onClick={() =>
            void modal.confirm({
              title: '撤回这份推荐？',
              content: '撤回后不能恢复，要推荐请重新填写。',
              okText: '撤回',
              okButtonProps: { danger: true },
              cancelText: '不撤回',
              onOk: () => move.run('withdraw'),
            })
          }
        >
          撤回
        </Button>
      )}
      {isDraft && <Button onClick={() => setOpining(own)}>填写意见</Button>}
      {isDraft && !isFamily && (
        <Button
          type="primary"
          disabled={!isHeard || n.faults.length > 0}
          loading={move.busy}
          onClick={() => move.run('notice')}
        >
          单位公示
        </Button>
      )}
      {n.isOwn && cadre && (n.state === 'unitNotice' || (isDraft && isFamily)) && (
        <Button
          type="primary"
          disabled={isFamily ? !isHeard || n.faults.length > 0 : n.noticeState !== 'passed'}
          loading={move.busy}
          onClick={() => move.run('send')}
        >
          上报
        </Button>
      )}
      {n.isTurn && cadre && (
        <Button type="primary" onClick={() => setOpining(['upper'])}>
          填写审核意见
        </Button>
      )}
      {c.mayLead && c.state === 'open' && n.state === 'listed' && (
        <Button onClick={() => setReturning(true)}>退回</Button>
      )}
      {opining && <OpinionModal n={n} steps={opining} onClose={() => setOpining(null)} />}
      {returning && <ReturnModal n={n} onClose={() => setReturning(false)} />}
    </>
  )
}

type OpinionValues = { step: OpinionStep; agrees: boolean; body: string }

function OpinionModal({
  n,
  steps,
  onClose,
}: {
  n: Nomination
  steps: readonly OpinionStep[]
  onClose: () => void
}) {
  const { message } = App.useApp()
  const client = useQueryClient()
  const act = useAct(
    async (v: OpinionValues, key) => {
      const body = { ...v, version: n.version }
      await call(honourApi.opinions(n.id), anything, { method: 'POST', key, body })
      // The next opinion begins with the page as this one left it: with the old one it would be this step again, and refused.
      await client.invalidateQueries({ queryKey: [honourApi.nomination(n.id)] })
    },
    () => {
      onClose()
      void message.success('意见已登记')
    },
  )
  const next = steps.find((step) => !n.opinions.some((o) => o.step === step)) ?? steps[0]!
  const isUpper = steps.includes('upper')
  return (
    <FormModal<OpinionValues>
      title={isUpper ? '审核意见' : '填写意见'}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['body'])}
      initialValues={{ step: next, agrees: true, body: '同意推荐' }}
      onClose={onClose}
    >
      <Form.Item label="意见来自" name="step">
        <Radio.Group options={steps.map((value) => ({ value, label: opinionWords[value] }))} />
      </Form.Item>
      <Form.Item
        label="结论"
        name="agrees"
        extra={isUpper ? '不同意的退回推荐单位，意见会一并发回' : undefined}
      >
        <Radio.Group
          options={[
            { value: true, label: '同意' },
            { value: false, label: '不同意' },
          ]}
        />
      </Form.Item>
      <Form.Item
        label="意见"
        name="body"
        rules={[{ required: true, whitespace: true, message: '请写明意见' }]}
        {...faultAt(act.error, 'body')}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormModal>
  )
}

function ReturnModal({ n, onClose }: { n: Nomination; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ reason }: { reason: string }, key) =>
      call(honourApi.nominationState(n.id), anything, {
        method: 'POST',
        key,
        body: { act: 'return', reason, version: n.version },
      }),
    () => {
      onClose()
      void message.success(said.return)
    },
  )
  return (
    <FormModal<{ reason: string }>
      title="退回推荐单位"
      okText="退回"
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <Form.Item
        label="退回理由"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明退回理由' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  )
}
