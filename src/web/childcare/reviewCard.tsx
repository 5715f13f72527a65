import { App, Button, DatePicker, Form, Input, Radio, Tag } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { ClassDetail } from '#childcare/api.ts'
import { verdicts, verdictWords, type Verdict } from '#childcare/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

const colors: Readonly<Record<Verdict, string>> = { passed: 'green', mend: 'gold', failed: 'red' }

/** 第三方评估: what somebody from outside found; the last word counts. */
export function ReviewCard({ found: c }: { found: ClassDetail }) {
  const [noting, setNoting] = useState(false)
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>第三方评估</h2>
        {c.mayReview && <Button onClick={() => setNoting(true)}>登记评估</Button>}
      </div>
      <p className="hardship-text hardship-aside">以最后一次评估为准，合格才能验收；登记评估的人不能验收。</p>
      {c.reviews.length === 0 ? (
        <Blank why={c.mayReview ? '还没有登记评估' : '等待市总工会登记第三方评估'} />
      ) : (
        <ul className="act-list">
          {c.reviews.map((one) => (
            <li key={one.id}>
              <span>
                <b>{one.institution}</b> <span className="hardship-aside num">{one.onDay}</span>
              </span>
              <Tag color={colors[one.verdict]}>{verdictWords[one.verdict]}</Tag>
            </li>
          ))}
        </ul>
      )}
      {noting && <ReviewModal id={c.id} onClose={() => setNoting(false)} />}
    </section>
  )
}

type Values = { institution: string; onDay: Dayjs; verdict: Verdict }

function ReviewModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ onDay, ...rest }: Values, key) =>
      call(childcareApi.reviews(id), anything, {
        method: 'POST',
        key,
        body: { ...rest, onDay: onDay.format('YYYY-MM-DD') },
      }),
    () => {
      onClose()
      void message.success('已登记评估')
    },
  )
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  return (
    <FormModal<Values>
      title="登记第三方评估"
      okText="保存"
      act={act}
      told={told}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="评估机构"
        name="institution"
        rules={[{ required: true, whitespace: true, message: '请填写评估机构' }]}
        {...faultAt(act.error, 'institution')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="评估日期"
        name="onDay"
        rules={[{ required: true, message: '请选择评估日期' }]}
        {...faultAt(act.error, 'onDay')}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item label="结论" name="verdict" rules={[{ required: true, message: '请选择结论' }]}>
        <Radio.Group options={verdicts.map((value) => ({ value, label: verdictWords[value] }))} />
      </Form.Item>
    </FormModal>
  )
}
