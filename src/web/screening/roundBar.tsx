import { Link } from '@tanstack/react-router'
import { App, Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { roundDone, type RoundDetail, type Told } from '#screening/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { screeningApi } from './addresses.ts'
import { dayBodies, DayRows, dayValues, type DayValues } from './dayRows.tsx'

/** What the owner does to a round as a whole. */
export function RoundBar({ round: r }: { round: RoundDetail }) {
  const { message, modal } = App.useApp()
  const [form, setForm] = useState<'days' | 'told' | null>(null)
  const failed = useFailed()
  const step = useAct(
    (name: 'open' | 'close', key) =>
      call(screeningApi.steps(r.id), roundDone, {
        method: 'POST',
        key,
        body: { step: name, version: r.version },
      }),
    ({ state }) => void message.success(state === 'open' ? '轮次已开始' : '轮次已结束'),
    failed,
  )
  if (!r.mayLead) return null
  const confirm = (name: 'open' | 'close', title: string, content: string, okText: string) =>
    void modal.confirm({ title, content, okText, cancelText: '取消', onOk: () => step.run(name) })
  return (
    <>
      {r.state === 'draft' && (
        <>
          <Link to={paths.screeningForm} search={{ id: r.id }}>
            <Button>修改</Button>
          </Link>
          <Button
            type="primary"
            loading={step.busy}
            onClick={() =>
              confirm(
                'open',
                '开始这个轮次？',
                '各单位会看到名额并可以列名单；名称、日期、费用和名额不能再改，医院的日期和容量还可以加减',
                '开始',
              )
            }
          >
            开始
          </Button>
        </>
      )}
      {r.state === 'open' && <Button onClick={() => setForm('days')}>调整日期和容量</Button>}
      {r.state !== 'draft' && <Button onClick={() => setForm('told')}>登记满意度</Button>}
      {r.state === 'open' && (
        <Button
          loading={step.busy}
          onClick={() =>
            confirm('close', '结束这个轮次？', '结束后不能再列名单、预约和导入到检，汇总保留', '结束轮次')
          }
        >
          结束轮次
        </Button>
      )}
      {form === 'days' && <DaysModal round={r} onClose={() => setForm(null)} />}
      {form === 'told' && <ToldModal round={r} onClose={() => setForm(null)} />}
    </>
  )
}

type ModalProps = { round: RoundDetail; onClose: () => void }

function DaysModal({ round: r, onClose }: ModalProps) {
  const { message } = App.useApp()
  const act = useAct(
    ({ days }: { days: DayValues[] }, key) =>
      call(screeningApi.days(r.id), anything, { method: 'PUT', key, body: { days: dayBodies(days) } }),
    () => {
      onClose()
      void message.success('日期和容量已保存')
    },
  )
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  return (
    <FormModal<{ days: DayValues[] }>
      title="医院的日期和容量"
      okText="保存"
      act={act}
      told={told}
      initialValues={{ days: dayValues(r.days) }}
      onClose={onClose}
    >
      <p className="hardship-text hardship-aside">
        已约的不受影响；容量不能少于已约人数，有预约的日期不能删去。
      </p>
      <DayRows error={act.error} />
    </FormModal>
  )
}

const answers = [
  ['satisfied', '满意（人）'],
  ['fair', '一般（人）'],
  ['dissatisfied', '不满意（人）'],
] as const

function ToldModal({ round: r, onClose }: ModalProps) {
  const { message } = App.useApp()
  const act = useAct(
    (body: Told, key) => call(screeningApi.satisfaction(r.id), anything, { method: 'PUT', key, body }),
    () => {
      onClose()
      void message.success('满意度已登记')
    },
  )
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  return (
    <FormModal<Told>
      title="登记满意度"
      okText="保存"
      act={act}
      told={told}
      initialValues={r.told ?? {}}
      onClose={onClose}
    >
      <p className="hardship-text hardship-aside">
        {`问卷只登记人数，不记是谁；合计不多于到检的 ${r.counts.attended} 人。`}
      </p>
      {answers.map(([name, label]) => (
        <Form.Item
          key={name}
          label={label}
          name={name}
          rules={[{ required: true, message: '请填写人数，没有的填 0' }]}
          {...faultAt(act.error, name)}
        >
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
      ))}
    </FormModal>
  )
}
