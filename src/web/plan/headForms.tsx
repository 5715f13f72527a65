import { App, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Plan } from '#figures/plan/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { planApi } from './addresses.ts'
import { RevisionFields, revisionOf, type RevisionValues } from './revisionFields.tsx'

type Props = { plan: Plan; onClose: () => void }

/** Title and general requirement. */
export function HeadModal({ plan, onClose }: Props) {
  const { message } = App.useApp()
  const save = useAct(
    (values: RevisionValues & { title: string; goal?: string }, key) =>
      call(planApi.head(plan.year), anything, {
        method: 'PUT',
        key,
        body: {
          version: plan.version,
          title: values.title.trim(),
          goal: values.goal ?? '',
          ...revisionOf(plan, values),
        },
      }),
    () => {
      onClose()
      void message.success('已保存')
    },
  )
  return (
    <FormModal
      title="标题和总体要求"
      okText="保存"
      act={save}
      told={hasIssueAt(save.error, ['revision.reason'])}
      initialValues={{ title: plan.title, goal: plan.goal }}
      onClose={onClose}
    >
      <Form.Item
        label="标题"
        name="title"
        rules={[{ required: true, whitespace: true, message: '请填写标题' }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item label="总体要求" name="goal">
        <Input.TextArea maxLength={3000} autoSize={{ minRows: 5, maxRows: 14 }} />
      </Form.Item>
      <RevisionFields plan={plan} error={save.error} />
    </FormModal>
  )
}

type Adopted = { meeting: string; adoptedOn: Dayjs; docNo?: string }

/** The full meeting adopted it: when, by which document. */
export function AdoptModal({ plan, onClose }: Props) {
  const { today } = useMe()
  const { message } = App.useApp()
  const adopt = useAct(
    ({ meeting, adoptedOn, docNo }: Adopted, key) =>
      call(planApi.adoption(plan.year), anything, {
        method: 'POST',
        key,
        body: {
          version: plan.version,
          meeting: meeting.trim(),
          adoptedOn: adoptedOn.format('YYYY-MM-DD'),
          docNo: docNo ?? '',
        },
      }),
    () => {
      onClose()
      void message.success('已登记，此后的调整都留有记录')
    },
  )
  return (
    <FormModal<Adopted>
      title="登记计划通过"
      okText="登记"
      act={adopt}
      told={hasIssueAt(adopt.error, ['meeting', 'adoptedOn'])}
      initialValues={{ adoptedOn: dayjs(today) }}
      onClose={onClose}
    >
      <Form.Item
        label="通过的会议"
        name="meeting"
        rules={[{ required: true, whitespace: true, message: '请填写通过的会议' }]}
        {...faultAt(adopt.error, 'meeting')}
      >
        <Input maxLength={80} placeholder="例如：女职工委员会六届三次全体会议" />
      </Form.Item>
      <div className="plan-pair">
        <Form.Item
          label="通过日期"
          name="adoptedOn"
          rules={[{ required: true, message: '请选择通过日期' }]}
          {...faultAt(adopt.error, 'adoptedOn')}
        >
          <DatePicker allowClear={false} showNow={false} />
        </Form.Item>
        <Form.Item label="文号" name="docNo">
          <Input maxLength={60} placeholder="没有可不填" />
        </Form.Item>
      </div>
    </FormModal>
  )
}
