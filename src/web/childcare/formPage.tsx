import '../hardship/hardship.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { classDetail, classDone, type ClassDetail, type NewClass } from '#childcare/api.ts'
import { ownFunds, seasons } from '#childcare/states.ts'
import { levels } from '#kit/head.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { useTyped } from '../record/useTyped.tsx'
import { childcareApi } from './addresses.ts'

const route = getRouteApi(paths.childcareForm)

type Values = Omit<NewClass, 'fromOn' | 'untilOn'> & { window: [Dayjs, Dayjs] }

/** 申请开班, or an application again that was not sent up. */
export function ChildcareFormPage() {
  const { id } = route.useSearch()
  const query = useApi(childcareApi.one(id ?? ''), classDetail, { enabled: id !== undefined })
  if (id === undefined) return <Editor before={null} />
  return <Loaded query={query}>{(found) => <Editor key={found.version} before={found} />}</Loaded>
}

const options = (of: readonly string[]) => of.map((value) => ({ value, label: value }))

function Editor({ before }: { before: ClassDetail | null }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const typed = useTyped(
    {
      id: `childcare:${before?.id ?? 'new'}`,
      version: before?.version ?? 0,
      onFound: ({ window, ...rest }) =>
        form.setFieldsValue({
          ...rest,
          ...(Array.isArray(window)
            ? { window: window.map((day) => dayjs(String(day))) as [Dayjs, Dayjs] }
            : {}),
        }),
    },
    {},
  )
  const save = useAct(
    async ({ window, ...values }: Values, key) => {
      const [fromOn, untilOn] = window.map((day) => day.format('YYYY-MM-DD')) as [string, string]
      const body: NewClass = {
        title: values.title,
        season: values.season,
        level: values.level,
        place: values.place,
        hours: values.hours,
        fromOn,
        untilOn,
        places: values.places,
        ownFund: values.ownFund,
        ownAmount: values.ownAmount,
      }
      const sent = { ...body, typed: await typed.settled() }
      return before === null
        ? call(childcareApi.classes, classDone, { method: 'POST', key, body: sent })
        : call(childcareApi.one(before.id), classDone, {
            method: 'PUT',
            key,
            body: { ...sent, version: before.version },
          })
    },
    ({ id }) => {
      typed.sent()
      void message.success('已保存，还没有提交')
      void navigate({ to: paths.childcareClass, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  const item = (name: keyof NewClass, label: string) => ({
    name,
    label,
    rules: [{ required: true, message: `请填写${label.replace(/（.*/, '')}` }],
    ...faultAt(save.error, name),
  })
  return (
    <>
      <PageHead
        title={before ? '修改托管班申请' : '申请开办托管班'}
        sub={`${post.org.shortName}主办；保存后登记安全材料和工作人员，再提交审核。只填班级，不填孩子和家长`}
      />
      <Form<Values>
        form={form}
        className="hardship-form"
        onValuesChange={({ window, ...more }: Partial<Values>) =>
          typed.change({
            ...more,
            ...(window ? { window: window.map((day) => day.format('YYYY-MM-DD')) } : {}),
          })
        }
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={
          before
            ? { ...before, window: [dayjs(before.fromOn), dayjs(before.untilOn)] }
            : { season: '暑假', level: '单位级', ownFund: '单位' }
        }
        onFinish={save.run}
      >
        <section className="hardship-card">
          <h2>班级</h2>
          <div className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
            <Form.Item {...item('title', '班级名称')}>
              <Input maxLength={60} style={{ width: 300 }} placeholder="例如：2020年暑假托管班" />
            </Form.Item>
            <Form.Item {...item('season', '时段')}>
              <Select style={{ width: 100 }} options={options(seasons)} />
            </Form.Item>
            <Form.Item {...item('level', '班级级别')}>
              <Select style={{ width: 150 }} options={options(levels)} />
            </Form.Item>
          </div>
          <div className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
            <Form.Item
              label="起止日期"
              name="window"
              rules={[{ required: true, message: '请选择起止日期' }]}
              {...faultAt(save.error, 'untilOn')}
            >
              <DayRange />
            </Form.Item>
            <Form.Item {...item('hours', '每日时间')}>
              <Input maxLength={60} style={{ width: 220 }} placeholder="例如：8:00 至 17:00" />
            </Form.Item>
            <Form.Item {...item('places', '托位（个）')}>
              <InputNumber min={1} max={10_000} precision={0} style={{ width: 130 }} />
            </Form.Item>
          </div>
          <Form.Item {...item('place', '办班地点')}>
            <Input maxLength={80} placeholder="楼、层、房间" />
          </Form.Item>
        </section>
        <section className="hardship-card">
          <h2>单位投入</h2>
          <p className="hardship-text hardship-aside">市总工会的补助在验收时按规则计算，这里不填。</p>
          <div className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
            <Form.Item {...item('ownFund', '经费来源')}>
              <Select style={{ width: 110 }} options={options(ownFunds)} />
            </Form.Item>
            <Form.Item {...item('ownAmount', '金额（元）')}>
              <InputNumber min={0.01} max={99_999_999} precision={2} style={{ width: 170 }} />
            </Form.Item>
          </div>
        </section>
        {Boolean(save.error) && !told && <Failure error={save.error} />}
        <div className="hardship-foot">
          <Button type="primary" htmlType="submit" loading={save.busy}>
            保存
          </Button>
          <span className="save-line" role="status">
            {typed.said}
          </span>
        </div>
      </Form>
    </>
  )
}
