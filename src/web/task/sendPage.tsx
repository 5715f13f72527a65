import './task.css'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Checkbox, DatePicker, Flex, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import * as z from 'zod/mini'
import { tierLabels, tiers, type OrgBrief, type Tier } from '#org/api.ts'
import { programmes } from '#programmes/index.ts'
import type { NewTask, Question } from '#task/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { ApiProblem, issueAt } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { taskApi } from './addresses.ts'
import { BurdenNote } from './burdenNote.tsx'
import { QuestionRows } from './questionRows.tsx'

type Values = Pick<NewTask, 'title' | 'note' | 'formNo' | 'issuer' | 'approvalNo' | 'tiers' | 'reason'> & {
  kind: 'programme' | 'survey'
  programme?: string
  questions?: (Question & { options?: string })[]
  valid: [Dayjs, Dayjs]
  period: [Dayjs, Dayjs]
  dueOn: Dayjs
  reach: 'all' | 'chosen'
  under?: OrgBrief[]
  copyTo?: OrgBrief[]
}

const day = (value: Dayjs): string => value.format('YYYY-MM-DD')

/** Choices are typed as one line, parted by 、 or commas. */
const asked = (list: Values['questions'] = []): Question[] =>
  list.map(({ options, ...question }) =>
    question.kind === 'choice'
      ? {
          ...question,
          choices: (options ?? '')
            .split(/[、，,;；]/)
            .map((c) => c.trim())
            .filter(Boolean),
        }
      : question,
  )

const underOf = ({ reach, under = [] }: Pick<Values, 'reach' | 'under'>): number[] =>
  reach === 'chosen' ? under.map(({ id }) => id) : []

const bodyOf = (v: Values): NewTask => ({
  title: v.title.trim(),
  note: v.note ?? '',
  formNo: v.formNo ?? '',
  issuer: v.issuer ?? '',
  approvalNo: v.approvalNo ?? '',
  validFrom: day(v.valid[0]),
  validUntil: day(v.valid[1]),
  fromOn: day(v.period[0]),
  untilOn: day(v.period[1]),
  dueOn: day(v.dueOn),
  programme: v.kind === 'programme' ? (v.programme ?? null) : null,
  questions: v.kind === 'survey' ? asked(v.questions) : [],
  tiers: v.tiers,
  under: underOf(v),
  reason: v.reason ?? '',
  copyTo: (v.copyTo ?? []).map(({ id }) => id),
})

const below: Record<Tier, readonly Tier[]> = {
  city: tiers.filter((tier) => tier !== 'city'),
  district: ['subdistrict', 'grassroots', 'branch'],
  industry: ['subdistrict', 'grassroots', 'branch'],
  subdistrict: ['grassroots', 'branch'],
  grassroots: ['branch'],
  branch: [],
}

/** Several units as a field of a form. */
const UnitsPicker = ({ id, value = [], onChange = () => undefined }: UnitsProps) => (
  <OrgPicker {...(id ? { id } : {})} multiple value={value} onChange={onChange} />
)
type UnitsProps = { id?: string; value?: OrgBrief[]; onChange?: (orgs: OrgBrief[]) => void }

const must = (message: string) => [{ required: true, message }]
/** Not `required`: antd would mark the group of boxes so, which no group may be. */
const some = {
  validator: (_: unknown, list: unknown[]) =>
    list.length > 0 ? Promise.resolve() : Promise.reject(new Error('请选择填报单位的层级')),
}
const chosen = {
  validator: (_: unknown, list: unknown[] = []) =>
    list.length > 0 ? Promise.resolve() : Promise.reject(new Error('请选择单位，或改为全部下级单位')),
}
const word = (message: string) => [{ required: true, whitespace: true, message }]

/** 下达任务: what, of whom, until when, by what right; what it costs them stands beside it before it is sent. */
export function SendTaskPage() {
  const { post, today } = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const values = Form.useWatch([], form) as Values | undefined
  const send = useAct(
    (given: Values, key) =>
      call(taskApi.all, z.strictObject({ id: z.string() }), { method: 'POST', key, body: bodyOf(given) }),
    ({ id }) => {
      void message.success('已下达')
      void navigate({ to: paths.task, params: { id } })
    },
  )
  const told = send.error instanceof ApiProblem && (send.error.body.issues?.length ?? 0) > 0
  const now = dayjs(today)
  return (
    <>
      <PageHead
        title="下达任务"
        sub="下级只填系统里没有的；表头不全或过期的报表，单位有权拒绝（统计法第十七条）"
      />
      <Form<Values>
        form={form}
        className="task-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={{
          kind: 'programme',
          tiers: ['grassroots'],
          reach: 'all',
          issuer: post.org.name,
          period: [now.startOf('month').subtract(1, 'month'), now.startOf('month').subtract(1, 'day')],
          valid: [now.startOf('year'), now.endOf('year')],
          dueOn: now.add(7, 'day'),
          questions: [{ kind: 'text', required: true }],
        }}
        onFinish={send.run}
      >
        <h2>要填什么</h2>
        <Form.Item label="标题" name="title" rules={word('请填写标题')} {...faultAt(send.error, 'title')}>
          <Input maxLength={60} placeholder="例如：一季度女职工教育培训情况" />
        </Form.Item>
        <Form.Item name="kind" label="填报方式">
          <Radio.Group
            options={[
              { value: 'programme', label: '已有项目：核对记录即可上报' },
              { value: 'survey', label: '问卷：系统里没有的几个问题' },
            ]}
          />
        </Form.Item>
        {values?.kind === 'survey' ? (
          <QuestionRows error={send.error} />
        ) : (
          <Form.Item
            label="项目"
            name="programme"
            rules={must('请选择项目')}
            {...faultAt(send.error, 'programme')}
          >
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择"
              options={programmes.map(({ key, label }) => ({ value: key, label }))}
            />
          </Form.Item>
        )}
        <div className="task-pair">
          <Form.Item
            label="统计期"
            name="period"
            rules={must('请选择统计期')}
            {...faultAt(send.error, 'untilOn')}
          >
            <DayRange />
          </Form.Item>
          <Form.Item
            label="报送期限"
            name="dueOn"
            rules={must('请选择报送期限')}
            {...faultAt(send.error, 'dueOn')}
          >
            <DatePicker allowClear={false} showNow={false} />
          </Form.Item>
        </div>
        <Form.Item label="下达范围" name="reach">
          <Radio.Group
            options={[
              { value: 'all', label: '全部下级单位' },
              { value: 'chosen', label: '只下达给选定的单位（含其下级）' },
            ]}
          />
        </Form.Item>
        {values?.reach === 'chosen' && (
          <Form.Item
            label="选定的单位"
            name="under"
            rules={[chosen]}
            extra="选一个街道，就是它和它以下的单位；再用下面的层级决定由哪些单位填报"
            {...faultAt(send.error, 'under')}
          >
            <UnitsPicker />
          </Form.Item>
        )}
        <Form.Item label="填报单位的层级" name="tiers" rules={[some]} {...faultAt(send.error, 'tiers')}>
          <Checkbox.Group
            options={below[post.org.tier].map((tier) => ({ value: tier, label: tierLabels[tier] }))}
          />
        </Form.Item>
        <Form.Item label="抄送（可不选）" name="copyTo" {...faultAt(send.error, 'copyTo')}>
          <UnitsPicker />
        </Form.Item>
        <Form.Item label="说明" name="note">
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <h2>报表表头</h2>
        <div className="task-pair">
          <Form.Item label="表号" name="formNo" rules={word('请填写表号')} {...faultAt(send.error, 'formNo')}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            label="制定机关"
            name="issuer"
            rules={word('请填写制定机关')}
            {...faultAt(send.error, 'issuer')}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            label="批准或备案文号"
            name="approvalNo"
            rules={word('请填写批准或备案文号')}
            {...faultAt(send.error, 'approvalNo')}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            label="有效期限"
            name="valid"
            rules={must('请选择有效期限')}
            {...(issueAt(send.error, 'validFrom')
              ? faultAt(send.error, 'validFrom')
              : faultAt(send.error, 'validUntil'))}
          >
            <DayRange />
          </Form.Item>
        </div>
        {values && !(values.reach === 'chosen' && underOf(values).length === 0) && (
          <BurdenNote
            programme={values.kind === 'programme' ? (values.programme ?? null) : null}
            questions={values.kind === 'survey' ? asked(values.questions).filter((q) => q?.label) : []}
            tiers={values.tiers ?? []}
            under={underOf(values)}
            fromOn={day(values.period?.[0] ?? now)}
            untilOn={day(values.period?.[1] ?? now)}
          />
        )}
        {(issueAt(send.error, 'reason') !== undefined || Boolean(values?.reason)) && (
          <Form.Item label="为什么要再问系统里已有的内容" name="reason" {...faultAt(send.error, 'reason')}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 4 }} />
          </Form.Item>
        )}
        {Boolean(send.error) && !told && <Failure error={send.error} retry={send.again} />}
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={send.busy}>
            下达
          </Button>
        </Flex>
      </Form>
    </>
  )
}
