import { App, DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { granted, type Campaign } from '#honour/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'

type Props = { campaign: Campaign; onClose: () => void }

const Reason = ({ error, label, required }: { error: unknown; label: string; required: boolean }) => (
  <Form.Item
    label={label}
    name="reason"
    rules={required ? [{ required: true, whitespace: true, message: '请写明理由' }] : []}
    {...faultAt(error, 'reason')}
  >
    <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
  </Form.Item>
)

/** 党组意见: agreeing shows the list to everybody. */
export function DecisionModal({ campaign: c, onClose }: Props) {
  const { message } = App.useApp()
  const act = useAct(
    (v: { agrees: boolean; reason?: string }, key) =>
      call(honourApi.decision(c.id), anything, {
        method: 'POST',
        key,
        body: { agrees: v.agrees, reason: v.reason ?? '', version: c.version },
      }),
    (_, v) => {
      onClose()
      void message.success(v.agrees ? '已开始公示' : '已退回重新评审')
    },
  )
  return (
    <FormModal<{ agrees: boolean; reason?: string }>
      title="登记党组审定意见"
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ agrees: true, reason: '' }}
      onClose={onClose}
    >
      <Form.Item label="意见" name="agrees">
        <Radio.Group
          options={[
            { value: true, label: '同意，名单公示' },
            { value: false, label: '不同意，重新评审' },
          ]}
        />
      </Form.Item>
      <Reason error={act.error} label="会议和说明（不同意的写明理由）" required={false} />
    </FormModal>
  )
}

/** 表彰: by which paper and on which day. */
export function GrantModal({ campaign: c, onClose }: Props) {
  const { today } = useMe()
  const { message } = App.useApp()
  const act = useAct(
    (v: { docNo: string; grantedOn: Dayjs }, key) =>
      call(honourApi.grant(c.id), granted, {
        method: 'POST',
        key,
        body: { docNo: v.docNo, grantedOn: v.grantedOn.format('YYYY-MM-DD'), version: c.version },
      }),
    ({ records, blocked }) => {
      onClose()
      void message.success(
        `已生成荣誉记录 ${records.length} 条${blocked > 0 ? `，异议成立 ${blocked} 项未表彰` : ''}`,
      )
    },
  )
  return (
    <FormModal<{ docNo: string; grantedOn: Dayjs }>
      title="表彰"
      okText="表彰"
      act={act}
      told={hasIssueAt(act.error, ['docNo', 'grantedOn'])}
      initialValues={{ grantedOn: dayjs(today) }}
      onClose={onClose}
    >
      <p>名单上的每一项生成一条审核通过的荣誉记录，计入指标；没有入选的推荐随之办结。</p>
      <Form.Item
        label="表彰决定文号"
        name="docNo"
        rules={[{ required: true, whitespace: true, message: '请填写文号' }]}
        {...faultAt(act.error, 'docNo')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="授予日期"
        name="grantedOn"
        rules={[{ required: true, message: '请选择日期' }]}
        {...faultAt(act.error, 'grantedOn')}
      >
        <DatePicker allowClear={false} showNow={false} />
      </Form.Item>
    </FormModal>
  )
}

/** Takes the list off the public page, to be judged anew. */
export function ReopenModal({ campaign: c, onClose }: Props) {
  const { message } = App.useApp()
  const act = useAct(
    (v: { reason: string }, key) =>
      call(honourApi.reopening(c.id), anything, { method: 'POST', key, body: { ...v, version: c.version } }),
    () => {
      onClose()
      void message.success('已撤回，可以重新拟定名单')
    },
  )
  return (
    <FormModal<{ reason: string }>
      title="撤回公示中的名单"
      okText="撤回"
      danger
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <p>公示页随即撤下；重新拟定的名单要重新审定、重新公示。</p>
      <Reason error={act.error} label="理由" required />
    </FormModal>
  )
}

/** Calls the whole off. */
export function CancelModal({ campaign: c, onClose }: Props) {
  const { message } = App.useApp()
  const act = useAct(
    (v: { reason: string }, key) =>
      call(honourApi.state(c.id), anything, {
        method: 'POST',
        key,
        body: { act: 'cancel', ...v, version: c.version },
      }),
    () => {
      onClose()
      void message.success('已取消')
    },
  )
  return (
    <FormModal<{ reason: string }>
      title="取消这次评选"
      okText="取消评选"
      danger
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <p>取消后不能恢复，各单位的推荐材料保留备查。</p>
      <Reason error={act.error} label="理由" required />
    </FormModal>
  )
}
