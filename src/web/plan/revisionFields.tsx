import { DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Plan, Revision } from '#figures/plan/api.ts'
import { useMe } from '../api/hooks.tsx'
import { faultAt } from '../signIn/newPassword.tsx'

export type RevisionValues = { why?: string; docNo?: string; revisedOn?: Dayjs }

/** What she gave last, so that several changes of one revision need it once. */
const last: { why: string; docNo: string } = { why: '', docNo: '' }

/** Of an adopted plan: why it is changed. Nothing of a draft. */
export function RevisionFields({ plan, error }: { plan: Plan; error: unknown }) {
  const { today } = useMe()
  if (!plan.isAdopted) return null
  return (
    <>
      <Form.Item
        label="调整原因"
        name="why"
        initialValue={last.why}
        extra="计划已经通过；原来的内容会留在“历次调整”里"
        rules={[{ required: true, whitespace: true, message: '请写明为什么调整' }]}
        {...faultAt(error, 'revision.reason')}
      >
        <Input maxLength={200} placeholder="例如：年中情况变化，经常委会同意" />
      </Form.Item>
      <div className="plan-pair">
        <Form.Item label="依据文号" name="docNo" initialValue={last.docNo}>
          <Input maxLength={60} placeholder="没有可不填" />
        </Form.Item>
        <Form.Item
          label="调整日期"
          name="revisedOn"
          initialValue={dayjs(today)}
          rules={[{ required: true, message: '请选择日期' }]}
        >
          <DatePicker allowClear={false} showNow={false} />
        </Form.Item>
      </div>
    </>
  )
}

/** The revision of a form's values; none of a draft. */
export function revisionOf(plan: Plan, values: RevisionValues): { revision?: Revision } {
  if (!plan.isAdopted || !values.revisedOn) return {}
  last.why = values.why ?? ''
  last.docNo = values.docNo ?? ''
  return {
    revision: { reason: last.why, docNo: last.docNo, on: values.revisedOn.format('YYYY-MM-DD') },
  }
}
