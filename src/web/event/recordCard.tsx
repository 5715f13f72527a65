import { Link } from '@tanstack/react-router'
import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { recordDone, type EventDetail, type NewTraining } from '#signup/api.ts'
import { training } from '#programmes/training/definition.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { isTold } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'

const { carrier } = training.fields

/** 计入培训: the attendance becomes the record, so that nobody types it again. */
export function RecordCard({ found: e }: { found: EventDetail }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const done = e.doneRule ? e.entries.filter(({ isDone }) => isDone).length : e.came
  const act = useAct(
    ({ carrier, subject, hours }: NewTraining, key) =>
      call(eventApi.record(e.id), recordDone, {
        method: 'POST',
        key,
        body: { carrier, subject, hours: hours ?? null },
      }),
    ({ women }) => {
      setAsking(false)
      void message.success(`已生成培训填报，女职工 ${women} 人次，等待审核`)
    },
  )
  if (e.recordId !== null)
    return (
      <section className="hardship-card">
        <h2>计入培训</h2>
        <p className="hardship-text">
          已按签到生成
          <Link
            className="link in-text"
            to={paths.records}
            params={{ programme: e.recordProgramme ?? 'training' }}
          >
            女职工教育培训记录
          </Link>
          （证据等级：实名），审核通过后计数，不用再填报；结业证书由发证的单位在“证书”里按这份名单发，不用再填姓名。
        </p>
      </section>
    )
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>计入培训</h2>
        <Button type="primary" disabled={done === 0} onClick={() => setAsking(true)}>
          计入女职工教育培训
        </Button>
      </div>
      <p className="hardship-text">
        {done === 0
          ? `没有${e.doneRule ? '完成' : '登记到场'}的人，不能计入。`
          : `按${e.doneRule ? '上完课' : '签到'}的 ${done} 人生成一条填报，证据等级为实名，交上级审核。不是培训的活动不用办。`}
      </p>
      {asking && (
        <FormModal<NewTraining>
          title="计入女职工教育培训"
          okText="生成填报"
          act={act}
          told={isTold(act.error)}
          initialValues={{ carrier: '流动课堂', subject: e.title }}
          onClose={() => setAsking(false)}
        >
          <Form.Item label="载体" name="carrier" {...faultAt(act.error, 'carrier')}>
            <Select
              options={('choices' in carrier! ? (carrier.choices as readonly string[]) : []).map((value) => ({
                value,
                label: value,
              }))}
            />
          </Form.Item>
          <Form.Item
            label="培训内容"
            name="subject"
            rules={[{ required: true, whitespace: true, message: '请填写培训内容' }]}
            {...faultAt(act.error, 'subject')}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item label="学时（可以不填）" name="hours" {...faultAt(act.error, 'hours')}>
            <InputNumber min={1} max={500} precision={0} />
          </Form.Item>
        </FormModal>
      )}
    </section>
  )
}
