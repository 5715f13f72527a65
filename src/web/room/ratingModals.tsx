import { App, DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { acts, subsidySteps, type Act, type SubsidyStep } from '#programmes/careRoom/rating.ts'
import type { Rating, Ratings } from '#programmes/careRoom/ratingApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

type ApplyProps = { id: string; offered: Ratings['offered']; onClose: () => void }

/** Applies for a grade; those for which the room is too small are told, not hidden. */
export function ApplyModal({ id, offered, onClose }: ApplyProps) {
  const { message } = App.useApp()
  const act = useAct(
    ({ grade }: { grade: string }, key) =>
      call(roomApi.ratings(id), anything, { method: 'POST', key, body: { grade } }),
    () => {
      onClose()
      void message.success('已开始申报，请在评分表里自评')
    },
  )
  return (
    <FormModal<{ grade: string }>
      title="申报级别"
      okText="开始自评"
      act={act}
      told={hasIssueAt(act.error, ['grade'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="级别"
        name="grade"
        rules={[{ required: true, message: '请选择级别' }]}
        {...faultAt(act.error, 'grade')}
      >
        <Radio.Group
          className="room-findings"
          options={offered.map(({ grade, leastPoints, leastArea, fits }) => ({
            value: grade,
            label: `${grade}：不少于 ${leastArea} 平方米，${leastPoints} 分通过${fits ? '' : '（面积不够）'}`,
            disabled: !fits,
          }))}
        />
      </Form.Item>
    </FormModal>
  )
}

type ActValues = { reason?: string; plaqueNo?: string }
type ActProps = { rating: Rating; act: Act; onClose: () => void }

/** The next step of an application, with what it asks. */
export function RatingActModal({ rating, act: action, onClose }: ActProps) {
  const { message } = App.useApp()
  const step = acts[action]
  const asks = 'asks' in step
  const act = useAct(
    ({ reason, plaqueNo }: ActValues, key) =>
      call(roomApi.ratingActs(rating.id), anything, {
        method: 'POST',
        key,
        body: {
          action,
          version: rating.version,
          ...(reason ? { reason } : {}),
          ...(plaqueNo ? { plaqueNo } : {}),
        },
      }),
    () => {
      onClose()
      void message.success(`已办理：${step.label}`)
    },
  )
  return (
    <FormModal<ActValues>
      title={`${rating.grade}：${step.label}`}
      okText={step.label}
      danger={asks}
      act={act}
      told={hasIssueAt(act.error, ['reason', 'plaqueNo'])}
      initialValues={{}}
      onClose={onClose}
    >
      {action === 'announce' && <p>公示开始后名称和拟命名的级别对外可见，期满没有成立的异议才能挂牌。</p>}
      {action === 'grant' && (
        <Form.Item
          label="牌匾编号"
          name="plaqueNo"
          rules={[{ required: true, whitespace: true, message: '请填写牌匾编号' }]}
          {...faultAt(act.error, 'plaqueNo')}
        >
          <Input maxLength={40} />
        </Form.Item>
      )}
      {asks && (
        <Form.Item
          label="理由"
          name="reason"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
          {...faultAt(act.error, 'reason')}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
      )}
      {!asks && action !== 'grant' && action !== 'announce' && <p>确认“{step.label}”？</p>}
    </FormModal>
  )
}

export type MoneyAct = SubsidyStep | 'refuse'
type MoneyValues = { voucher?: string; paidOn?: Dayjs; reason?: string }

/** One of the four hands. */
export function SubsidyModal({
  id,
  act: action,
  onClose,
}: {
  id: string
  act: MoneyAct
  onClose: () => void
}) {
  const { today } = useMe()
  const { message } = App.useApp()
  const label = action === 'refuse' ? '不予补助' : subsidySteps[action].label
  const act = useAct(
    ({ voucher, paidOn, reason }: MoneyValues, key) =>
      call(roomApi.subsidyActs(id), anything, {
        method: 'POST',
        key,
        body: {
          action,
          ...(voucher ? { voucher } : {}),
          ...(paidOn ? { paidOn: paidOn.format('YYYY-MM-DD') } : {}),
          ...(reason ? { reason } : {}),
        },
      }),
    () => {
      onClose()
      void message.success(`已办理：${label}`)
    },
  )
  return (
    <FormModal<MoneyValues>
      title={`补助：${label}`}
      okText={label}
      danger={action === 'refuse'}
      act={act}
      told={hasIssueAt(act.error, ['voucher', 'paidOn', 'reason'])}
      initialValues={action === 'pay' ? { paidOn: dayjs(today) } : {}}
      onClose={onClose}
    >
      <p>录入、复核、批准、支付由四个人分别办理。</p>
      {action === 'pay' && (
        <>
          <Form.Item
            label="支付凭证号"
            name="voucher"
            rules={[{ required: true, whitespace: true, message: '请填写支付凭证号' }]}
            {...faultAt(act.error, 'voucher')}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item label="支付日期" name="paidOn" {...faultAt(act.error, 'paidOn')}>
            <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
          </Form.Item>
        </>
      )}
      {action === 'refuse' && (
        <Form.Item
          label="理由"
          name="reason"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
          {...faultAt(act.error, 'reason')}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
      )}
    </FormModal>
  )
}
