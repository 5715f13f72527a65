import { App, DatePicker, Form, Input, InputNumber, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { limitKinds, limitLabels, type DayEntry, type LimitKind } from '#rules/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { calendarApi } from './addresses.ts'
import { DayRange } from '../kit/dayRange.tsx'

type Days = { stretch: [Dayjs, Dayjs]; kind: DayEntry['kind']; name?: string }

const day = (value: Dayjs): string => value.format('YYYY-MM-DD')

/** Holidays and worked weekends as the State Council announces them, a stretch at a time. */
export function DaysModal({ year, onClose }: { year: number; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ stretch, kind, name }: Days, key) =>
      call(calendarApi.days, anything, {
        method: 'PUT',
        key,
        body: { from: day(stretch[0]), until: day(stretch[1]), kind, name: name ?? '' },
      }),
    () => {
      onClose()
      void message.success('已录入，期限随之重算')
    },
  )
  const told = hasIssueAt(act.error, ['until', 'name'])
  return (
    <FormModal<Days>
      title="录入放假与调休"
      okText="录入"
      act={act}
      told={told}
      initialValues={{ kind: 'off', name: '' }}
      onClose={onClose}
    >
      <Form.Item
        label="日期"
        name="stretch"
        rules={[{ required: true, message: '请选择起止日期' }]}
        {...faultAt(act.error, 'until')}
      >
        <DayRange opensAt={dayjs(`${year}-01-01`)} />
      </Form.Item>
      <Form.Item label="这几天" name="kind">
        <Radio.Group
          options={[
            { value: 'off', label: '放假' },
            { value: 'work', label: '调休上班' },
            { value: 'week', label: '恢复按周计算' },
          ]}
        />
      </Form.Item>
      <Form.Item label="节日" name="name" {...faultAt(act.error, 'name')}>
        <Input maxLength={20} placeholder="例如：春节" />
      </Form.Item>
    </FormModal>
  )
}

type Limit = { kind: LimitKind; days: number; fromOn: Dayjs }

/** A term from a day on: what began before keeps the old one. */
export function LimitModal({ today, onClose }: { today: string; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ kind, days, fromOn }: Limit, key) =>
      call(calendarApi.limits, anything, { method: 'PUT', key, body: { kind, days, fromOn: day(fromOn) } }),
    () => {
      onClose()
      void message.success('已调整')
    },
  )
  const told = hasIssueAt(act.error, ['days', 'fromOn'])
  return (
    <FormModal<Limit>
      title="调整办理时限"
      okText="调整"
      act={act}
      told={told}
      initialValues={{ kind: 'review', days: 5, fromOn: dayjs(today) }}
      onClose={onClose}
    >
      <Form.Item label="事项" name="kind">
        <Radio.Group options={limitKinds.map((value) => ({ value, label: limitLabels[value] }))} />
      </Form.Item>
      <Form.Item
        label="工作日"
        name="days"
        rules={[{ required: true, message: '请填写几个工作日' }]}
        {...faultAt(act.error, 'days')}
      >
        <InputNumber min={1} max={60} precision={0} />
      </Form.Item>
      <Form.Item
        label="从哪天起"
        name="fromOn"
        rules={[{ required: true, message: '请选择起始日期' }]}
        {...faultAt(act.error, 'fromOn')}
      >
        <DatePicker allowClear={false} showNow={false} />
      </Form.Item>
    </FormModal>
  )
}
