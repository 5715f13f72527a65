import '../hardship/hardship.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { funds } from '#kit/activity.ts'
import { roundDetail, roundDone, type RoundDetail } from '#screening/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { screeningApi } from './addresses.ts'
import { dayBodies, DayRows, dayValues, type DayValues } from './dayRows.tsx'

const route = getRouteApi(paths.screeningForm)

type Values = {
  title: string
  fund: (typeof funds)[number]
  window: [Dayjs, Dayjs]
  price: number
  budget: number
  directed: number
  openPlaces: number
  days: DayValues[]
}

/** 新建轮次, or one again that has not begun. */
export function ScreeningFormPage() {
  const { id } = route.useSearch()
  const query = useApi(screeningApi.round(id ?? ''), roundDetail, { enabled: id !== undefined })
  if (id === undefined) return <Editor round={null} />
  return <Loaded query={query}>{(round) => <Editor key={round.version} round={round} />}</Loaded>
}

const valuesOf = (round: RoundDetail | null): Partial<Values> =>
  round === null
    ? { fund: '市总', directed: 0, openPlaces: 0, days: [] }
    : {
        ...round,
        window: [dayjs(round.fromOn), dayjs(round.untilOn)],
        days: dayValues(round.days),
      }

function Editor({ round }: { round: RoundDetail | null }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const save = useAct(
    ({ window, days, title, fund, price, budget, directed, openPlaces }: Values, key) => {
      const [fromOn, untilOn] = window.map((day) => day.format('YYYY-MM-DD'))
      const body = {
        title: title.trim(),
        fund,
        price,
        budget,
        directed,
        openPlaces,
        fromOn,
        untilOn,
        days: dayBodies(days),
      }
      return round === null
        ? call(screeningApi.rounds, roundDone, { method: 'POST', key, body })
        : call(screeningApi.round(round.id), roundDone, {
            method: 'PUT',
            key,
            body: { ...body, version: round.version },
          })
    },
    ({ id }) => {
      void message.success('已保存，还没有开始')
      void navigate({ to: paths.screeningRound, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  return (
    <>
      <PageHead
        title={round ? '修改轮次' : '新建轮次'}
        sub={`${post.org.shortName}主办；保存后先筹备，只有本单位看得到，点“开始”后各单位看到名额。年龄和周期按规则表，开始日期那天的版本`}
      />
      <Form<Values>
        form={form}
        className="hardship-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={valuesOf(round)}
        onFinish={save.run}
      >
        <section className="hardship-card">
          <h2>轮次</h2>
          <div className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
            <Form.Item
              label="名称"
              name="title"
              rules={[{ required: true, whitespace: true, message: '请填写轮次名称' }]}
              {...faultAt(save.error, 'title')}
            >
              <Input maxLength={40} style={{ width: 260 }} placeholder="例如：2020年第一批" />
            </Form.Item>
            <Form.Item
              label="起止日期"
              name="window"
              rules={[{ required: true, message: '请选择起止日期' }]}
              {...faultAt(save.error, 'untilOn')}
            >
              <DayRange />
            </Form.Item>
            <Form.Item label="经费来源" name="fund">
              <Select style={{ width: 110 }} options={funds.map((value) => ({ value, label: value }))} />
            </Form.Item>
          </div>
          <div className="hardship-bar" style={{ alignItems: 'flex-start', marginBottom: 0 }}>
            <NumberItem label="每人费用（元）" name="price" error={save.error} precision={2} min={0.01} />
            <NumberItem label="经费预算（元）" name="budget" error={save.error} precision={2} min={0.01} />
            <NumberItem label="定向名额（分配到单位）" name="directed" error={save.error} precision={0} />
            <NumberItem label="公开名额（先到先得）" name="openPlaces" error={save.error} precision={0} />
          </div>
          <Form.Item noStyle shouldUpdate>
            {({ getFieldsValue }) => <Sum {...getFieldsValue()} />}
          </Form.Item>
        </section>
        <section className="hardship-card">
          <h2>定点医院和日期</h2>
          <DayRows error={save.error} />
        </section>
        {Boolean(save.error) && !told && <Failure error={save.error} />}
        <div className="hardship-foot">
          <Button type="primary" htmlType="submit" loading={save.busy}>
            保存
          </Button>
        </div>
      </Form>
    </>
  )
}

type NumberItemProps = { label: string; name: string; error: unknown; precision: number; min?: number }

const NumberItem = ({ label, name, error, precision, min = 0 }: NumberItemProps) => (
  <Form.Item
    label={label}
    name={name}
    rules={[{ required: true, message: `请填写${label.replace(/（.*/, '')}` }]}
    {...faultAt(error, name)}
  >
    <InputNumber min={min} max={999_999_999} precision={precision} style={{ width: 170 }} />
  </Form.Item>
)

/** What the places cost, held against the budget as it is typed. */
function Sum({ price = 0, budget = 0, directed = 0, openPlaces = 0 }: Partial<Values>) {
  const places = (directed ?? 0) + (openPlaces ?? 0)
  const cost = Math.round(places * (price ?? 0) * 100) / 100
  if (places === 0 || !price) return null
  const over = budget > 0 && cost > budget
  return (
    <p className={over ? 'hardship-due' : 'hardship-aside'}>
      {`${places} 个名额 × ${price} 元 = ${cost.toLocaleString('zh-CN')} 元${over ? '，超出预算' : ''}`}
    </p>
  )
}
