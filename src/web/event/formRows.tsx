import { Button, DatePicker, Form, InputNumber } from 'antd'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'

const must = (message: string) => [{ required: true, message }]

/** Which unit has how many of the places. */
export function Allotments({ error }: { error: unknown }) {
  const fault = issueAt(error, 'allotments')
  return (
    <Form.List name="allotments" initialValue={[{ org: [], cap: undefined }]}>
      {(rows, { add, remove }) => (
        <div className="event-rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="event-row">
              <Form.Item label="单位" name={[name, 'org']} rules={must('请选择单位')} className="event-org">
                <OrgPicker value={[]} onChange={() => undefined} label={`第 ${name + 1} 行的单位`} />
              </Form.Item>
              <Form.Item label="名额" name={[name, 'cap']} rules={must('请填写名额')}>
                <InputNumber min={0} max={100_000} precision={0} aria-label={`第 ${name + 1} 行的名额`} />
              </Form.Item>
              <Form.Item label=" ">
                <Button type="text" aria-label={`删去 第 ${name + 1} 行`} onClick={() => remove(name)}>
                  删去
                </Button>
              </Form.Item>
            </div>
          ))}
          {fault && <p className="event-fault">{fault}</p>}
          <Button onClick={() => add({ org: [] })}>加一个单位</Button>
        </div>
      )}
    </Form.List>
  )
}

/** All evenings of a class that has several, and in how many of them whoever completes it has been. */
export function Sessions({ error }: { error: unknown }) {
  const fault = issueAt(error, 'sessions') ?? issueAt(error, 'startsAt') ?? issueAt(error, 'endsAt')
  const time = (name: number, of: 'startsAt' | 'endsAt', label: string) => (
    <Form.Item
      label={label}
      name={[name, of]}
      rules={must(`请选择${label}时间`)}
      {...faultAt(error, `sessions.${name}.${of}`)}
    >
      <DatePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        aria-label={`第 ${name + 1} 次${label}`}
      />
    </Form.Item>
  )
  return (
    <>
      <Form.List name="sessions" initialValue={[{}, {}]}>
        {(rows, { add, remove }) => (
          <div className="event-rows">
            {rows.map(({ key, name }) => (
              <div key={key} className="event-row">
                {time(name, 'startsAt', '上课')}
                {time(name, 'endsAt', '下课')}
                <Form.Item label=" ">
                  <Button type="text" aria-label={`删去 第 ${name + 1} 次课`} onClick={() => remove(name)}>
                    删去
                  </Button>
                </Form.Item>
              </div>
            ))}
            {fault && <p className="event-fault">{fault}</p>}
            <Button onClick={() => add({})}>加一次课</Button>
          </div>
        )}
      </Form.List>
      <div className="event-row">
        <Form.Item
          label="到几次算完成"
          name="doneSessions"
          rules={must('请填写到几次算完成')}
          {...faultAt(error, 'doneRule')}
        >
          <InputNumber min={1} max={40} precision={0} />
        </Form.Item>
        <Form.Item label="每次上满多少（%）才算到" name="doneShare" extra="迟到早退多的那一次不算">
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      </div>
    </>
  )
}

/** The other slots of the series, beside the one that stands above as the time of the event. */
export function Slots({ error }: { error: unknown }) {
  const time = (name: number, of: 'startsAt' | 'endsAt', label: string) => (
    <Form.Item
      label={label}
      name={[name, of]}
      rules={must(`请选择${label}`)}
      {...faultAt(error, `slots.${name}.${of}`)}
    >
      <DatePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        aria-label={`第 ${name + 2} 个时段的${label}`}
      />
    </Form.Item>
  )
  return (
    <Form.List name="slots" initialValue={[{}]}>
      {(rows, { add, remove }) => (
        <div className="event-rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="event-row">
              {time(name, 'startsAt', '时段开始')}
              {time(name, 'endsAt', '时段结束')}
              <Form.Item
                label="名额"
                name={[name, 'cap']}
                rules={must('请填写名额')}
                {...faultAt(error, `slots.${name}.cap`)}
              >
                <InputNumber min={1} max={100_000} precision={0} aria-label={`第 ${name + 2} 个时段的名额`} />
              </Form.Item>
              <Form.Item label=" ">
                <Button type="text" aria-label={`删去 第 ${name + 2} 个时段`} onClick={() => remove(name)}>
                  删去
                </Button>
              </Form.Item>
            </div>
          ))}
          <Button onClick={() => add({})}>加一个时段</Button>
        </div>
      )}
    </Form.List>
  )
}

const SexCap = ({ name, label }: { name: 'women' | 'men'; label: string }) => (
  <Form.Item label={label} name={name} rules={must(`请填写${label}`)}>
    <InputNumber min={1} max={100_000} precision={0} style={{ width: 130 }} />
  </Form.Item>
)

/** Of match-making: how many of the places are for women, how many for men. */
export function SexCaps({ error }: { error: unknown }) {
  const fault = issueAt(error, 'sexCaps')
  return (
    <>
      <div className="event-row">
        <SexCap name="women" label="女职工名额" />
        <SexCap name="men" label="男职工名额" />
      </div>
      <p className="event-hint">
        参加的人只以编号列出，主办单位和所在单位都看不到姓名；到场只凭入场码或现场扫码
      </p>
      {fault && <p className="event-fault">{fault}</p>}
    </>
  )
}
