import { Button, DatePicker, Form, Input, InputNumber } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { DayLine, NewDay } from '#screening/api.ts'
import { issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'

export type DayValues = { hospital: string; onDay: Dayjs; capacity: number }

export const dayValues = (days: readonly DayLine[]): DayValues[] =>
  days.map(({ hospital, onDay, capacity }) => ({ hospital, onDay: dayjs(onDay), capacity }))

export const dayBodies = (days: readonly DayValues[] | undefined): NewDay[] =>
  (days ?? []).map(({ hospital, onDay, capacity }) => ({
    hospital: hospital.trim(),
    onDay: onDay.format('YYYY-MM-DD'),
    capacity,
  }))

/** Hospitals with how many they examine on which day; a new row repeats the hospital of the last. */
export function DayRows({ error }: { error: unknown }) {
  const form = Form.useFormInstance<{ days?: Partial<DayValues>[] }>()
  const fault = issueAt(error, 'days')
  return (
    <Form.List name="days">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
              <Form.Item
                label="定点医院"
                name={[name, 'hospital']}
                rules={[{ required: true, whitespace: true, message: '请填写医院' }]}
                {...faultAt(error, `days.${name}.hospital`)}
              >
                <Input maxLength={40} style={{ width: 240 }} aria-label={`第 ${name + 1} 行的定点医院`} />
              </Form.Item>
              <Form.Item
                label="日期"
                name={[name, 'onDay']}
                rules={[{ required: true, message: '请选择日期' }]}
                {...faultAt(error, `days.${name}.onDay`)}
              >
                <DatePicker allowClear={false} aria-label={`第 ${name + 1} 行的日期`} />
              </Form.Item>
              <Form.Item
                label="当天容量（人）"
                name={[name, 'capacity']}
                rules={[{ required: true, message: '请填写容量' }]}
                {...faultAt(error, `days.${name}.capacity`)}
              >
                <InputNumber
                  min={1}
                  max={100_000}
                  precision={0}
                  aria-label={`第 ${name + 1} 行的当天容量（人）`}
                />
              </Form.Item>
              <Form.Item label=" ">
                <Button type="text" onClick={() => remove(name)} aria-label={`删去 第 ${name + 1} 行`}>
                  删去
                </Button>
              </Form.Item>
            </div>
          ))}
          {fault && <p className="hardship-due">{fault}</p>}
          <Button onClick={() => add({ hospital: form.getFieldValue('days')?.at(-1)?.hospital ?? '' })}>
            加一天
          </Button>
        </>
      )}
    </Form.List>
  )
}
