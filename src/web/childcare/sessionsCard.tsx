import { App, Button, DatePicker, Form, InputNumber } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { ClassDetail } from '#childcare/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { Blank, Failure } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

/** Days shown at first, the newest. */
const few = 10

/** 在托子女和签到: how many have a place, how many came on each day. */
export function SessionsCard({ found: c }: { found: ClassDetail }) {
  return (
    <section className="hardship-card">
      <h2>在托子女和签到</h2>
      <p className="hardship-text hardship-aside">
        只登记人数。孩子姓名、接送人和签到表由班级在纸上保存，不进系统。班级公布并且查询、材料齐全的日子才登记；出勤率按每天的在托人数算，没有孩子到班的日子登记
        0 人。
      </p>
      {c.mayNote && <ChildrenForm key={c.children} found={c} />}
      {c.mayNote && c.children !== null && <SessionForm found={c} />}
      {c.sessions.length === 0 ? (
        <Blank why={c.children === null ? '请先登记在托子女人数，再按天登记签到' : '还没有登记签到'} />
      ) : (
        <Sessions found={c} />
      )}
    </section>
  )
}

function ChildrenForm({ found: c }: { found: ClassDetail }) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { children: number }, key) =>
      call(childcareApi.children(c.id), anything, { method: 'PUT', key, body }),
    (_, { children }) => void message.success(`在托子女 ${children} 人`),
  )
  return (
    <Form
      layout="inline"
      requiredMark={false}
      initialValues={{ children: c.children }}
      onFinish={act.run}
      style={{ marginBottom: 12 }}
    >
      <Form.Item
        label="在托子女（人）"
        name="children"
        rules={[{ required: true, message: '请填写人数' }]}
        {...faultAt(act.error, 'children')}
      >
        <InputNumber min={1} max={c.places} precision={0} />
      </Form.Item>
      <Button htmlType="submit" loading={act.busy}>
        保存人数
      </Button>
      <Rest error={act.error} />
    </Form>
  )
}

function SessionForm({ found: c }: { found: ClassDetail }) {
  const { message } = App.useApp()
  const [form] = Form.useForm<{ onDay: Dayjs; came: number }>()
  const act = useAct(
    ({ onDay, came }: { onDay: Dayjs; came: number }, key) =>
      call(childcareApi.sessions(c.id), anything, {
        method: 'PUT',
        key,
        body: { onDay: onDay.format('YYYY-MM-DD'), came },
      }),
    (_, { onDay, came }) => {
      form.resetFields()
      void message.success(`${onDay.format('YYYY-MM-DD')} 到班 ${came} 人`)
    },
  )
  return (
    <Form form={form} layout="inline" requiredMark={false} onFinish={act.run} style={{ marginBottom: 12 }}>
      <Form.Item
        label="签到日期"
        name="onDay"
        rules={[{ required: true, message: '请选择日期' }]}
        {...faultAt(act.error, 'onDay')}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item
        label="到班（人）"
        name="came"
        rules={[{ required: true, message: '请填写人数' }]}
        {...faultAt(act.error, 'came')}
      >
        <InputNumber min={0} max={c.places} precision={0} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={act.busy}>
        登记签到
      </Button>
      <Rest error={act.error} />
    </Form>
  )
}

const Rest = ({ error }: { error: unknown }) =>
  Boolean(error) && !(error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0) ? (
    <Failure error={error} />
  ) : null

function Sessions({ found: c }: { found: ClassDetail }) {
  const { message } = App.useApp()
  const back = useAct(
    (onDay: string, key) =>
      call(childcareApi.sessions(c.id), anything, { method: 'PUT', key, body: { onDay, came: null } }),
    (_, onDay) => void message.success(`已删去 ${onDay} 的签到`),
    useFailed(),
  )
  const [all, setAll] = useState(false)
  const shown = all ? c.sessions : c.sessions.slice(0, few)
  return (
    <>
      <table className="plain-table childcare-sessions">
        <thead>
          <tr>
            <th>日期</th>
            <th>到班</th>
            {c.mayNote && <th>更正</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((day) => (
            <tr key={day.onDay}>
              <td className="num">{day.onDay}</td>
              <td className="num">{`${day.came} 人`}</td>
              {c.mayNote && (
                <td>
                  <Button
                    size="small"
                    type="text"
                    aria-label={`删去 ${day.onDay}`}
                    loading={back.busy}
                    onClick={() => back.run(day.onDay)}
                  >
                    删去
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < c.sessions.length && (
        <Button style={{ marginTop: 10 }} onClick={() => setAll(true)}>
          {`显示全部 ${c.sessions.length} 天`}
        </Button>
      )}
    </>
  )
}
