import './assessment.css'
import '../plan/plan.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Checkbox, DatePicker, Form, Input, InputNumber } from 'antd'
import * as z from 'zod/mini'
import { sheet as sheetSchema, type Sheet } from '#figures/assessment/api.ts'
import { tierLabels, tiers } from '#org/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { assessmentApi } from './addresses.ts'
import { SheetLines } from './sheetLines.tsx'
import { sheetBody, sheetValues, type SheetValues } from './sheetValues.ts'

const route = getRouteApi(paths.assessmentForm)

/** 新建考核表, or a draft of it again. */
export function AssessmentFormPage() {
  const { id } = route.useSearch()
  const query = useApi(assessmentApi.one(id ?? ''), sheetSchema, { enabled: id !== undefined })
  if (id === undefined) return <Editor sheet={null} />
  return <Loaded query={query}>{(sheet) => <Editor key={sheet.version} sheet={sheet} />}</Loaded>
}

const word = (message: string) => [{ required: true, whitespace: true, message }]
const must = (message: string) => [{ required: true, message }]

function Editor({ sheet }: { sheet: Sheet | null }) {
  const { post, today } = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<SheetValues>()
  const save = useAct(
    async (values: SheetValues, key) => {
      const body = sheetBody(values)
      if (sheet === null)
        return call(assessmentApi.all, z.strictObject({ id: z.string() }), { method: 'POST', key, body })
      await call(assessmentApi.one(sheet.id), anything, {
        method: 'PUT',
        key,
        body: { ...body, version: sheet.version },
      })
      return { id: sheet.id }
    },
    ({ id }) => {
      void message.success('已保存为草稿，核对后下发')
      void navigate({ to: paths.assessment, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  const below = tiers.slice(tiers.indexOf(post.org.tier) + 1)
  return (
    <>
      <PageHead
        title={sheet ? '修改考核表' : '新建考核表'}
        sub="能用指标算的用自动计分，不用再填；登录次数、填报快慢等不能作为考核内容"
      />
      <Form<SheetValues>
        form={form}
        className="sheet-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={sheetValues(sheet, today)}
        onFinish={save.run}
      >
        <section className="sheet-card">
          <Form.Item label="标题" name="title" rules={word('请填写标题')}>
            <Input maxLength={80} />
          </Form.Item>
          <div className="plan-pair">
            <Form.Item label="考核年度" name="year" rules={must('请填写年度')}>
              <InputNumber min={2000} max={2100} precision={0} />
            </Form.Item>
            <Form.Item
              label="考核期"
              name="months"
              rules={must('请选择考核期')}
              {...faultAt(save.error, 'untilYm')}
            >
              <DayRange unit="month" />
            </Form.Item>
          </div>
          <Form.Item label="考核对象" name="tiers" {...faultAt(save.error, 'tiers')}>
            <Checkbox.Group options={below.map((tier) => ({ value: tier, label: tierLabels[tier] }))} />
          </Form.Item>
          <div className="sheet-line-row">
            <Form.Item label="自评期限" name="selfDue" rules={must('请选择日期')}>
              <DatePicker allowClear={false} showNow={false} />
            </Form.Item>
            <Form.Item
              label="复核期限"
              name="reviewDue"
              rules={must('请选择日期')}
              {...faultAt(save.error, 'reviewDue')}
            >
              <DatePicker allowClear={false} showNow={false} />
            </Form.Item>
            <Form.Item
              label="终评期限"
              name="finalDue"
              rules={must('请选择日期')}
              {...faultAt(save.error, 'finalDue')}
            >
              <DatePicker allowClear={false} showNow={false} />
            </Form.Item>
          </div>
          <Form.Item label="说明" name="note">
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        </section>
        <section className="sheet-card">
          <h2>考核内容</h2>
          <SheetLines error={save.error} />
        </section>
        {Boolean(save.error) && !told && <Failure error={save.error} retry={save.again} />}
        <Button type="primary" htmlType="submit" loading={save.busy}>
          保存草稿
        </Button>
      </Form>
    </>
  )
}
