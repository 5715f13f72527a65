import '../hardship/hardship.css'
import './event.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, DatePicker, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'

import { eventDetail, eventDone, type EventDetail, type NewEvent } from '#signup/api.ts'
import { eventKinds, eventKindWords, eventModes, eventModeWords } from '#signup/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { isTold } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { useTyped } from '../record/useTyped.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'
import { Allotments, Sessions, SexCaps, Slots } from './formRows.tsx'
import { bodyOf, kept, unkept, valuesOf, type Values } from './formValues.ts'

const route = getRouteApi(paths.eventForm)

/** 新建活动, a draft again, or a copy of an earlier one a year later. */
export function EventFormPage() {
  const { id, like } = route.useSearch()
  const from = id ?? like
  const query = useApi(eventApi.one(from ?? ''), eventDetail, { enabled: from !== undefined })
  if (from === undefined) return <Editor before={null} isCopy={false} />
  return (
    <Loaded query={query}>
      {(found) => <Editor key={found.version} before={found} isCopy={id === undefined} />}
    </Loaded>
  )
}

function Editor({ before, isCopy }: { before: EventDetail | null; isCopy: boolean }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const draft = isCopy ? null : before
  const typed = useTyped(
    {
      id: `event:${draft?.id ?? (isCopy ? `like ${before!.id}` : 'new')}`,
      version: draft?.version ?? 0,
      onFound: (values) => form.setFieldsValue(unkept(values)),
    },
    {},
  )
  const save = useAct(
    async (values: Values, key) => {
      const body = { ...bodyOf(values), typed: await typed.settled() }
      return draft === null
        ? call(eventApi.all, eventDone, {
            method: 'POST',
            key,
            body: { ...body, ...(isCopy ? { like: before!.id } : {}) },
          })
        : call(eventApi.one(draft.id), eventDone, {
            method: 'PUT',
            key,
            body: { ...body, version: draft.version },
          })
    },
    ({ id }) => {
      typed.sent()
      void message.success('已保存为草稿，核对后发布')
      void navigate({ to: paths.event, params: { id } })
    },
  )
  const mode = Form.useWatch('mode', form)
  const kind = Form.useWatch('kind', form)
  const isAllotted = Form.useWatch('isAllotted', form)
  const isSlotted = Form.useWatch('isSlotted', form)
  const isInSessions = Form.useWatch('isInSessions', form)
  const hasRule = Form.useWatch('hasRule', form)
  const told = isTold(save.error)
  const item = (name: keyof NewEvent & keyof Values, label: string, extra?: string) => ({
    name,
    label,
    ...(extra === undefined ? {} : { extra }),
    rules: [{ required: true, message: `请填写${label.replace(/（.*/, '')}` }],
    ...faultAt(save.error, name),
  })
  const when = (name: 'opensAt' | 'closesAt' | 'cancelUntil' | 'startsAt' | 'endsAt', label: string) => (
    <Form.Item {...item(name, label)}>
      <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} />
    </Form.Item>
  )
  return (
    <>
      <PageHead
        title={draft ? '修改活动' : isCopy ? '照此再办一次' : '新建活动'}
        sub={`${post.org.shortName}主办；先存草稿，发布后名额方式不能再改`}
      />
      <Form<Values>
        form={form}
        className="hardship-form event-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={valuesOf(before, isCopy)}
        onValuesChange={(_, all) => typed.change(kept(all))}
        onFinish={save.run}
      >
        <section className="hardship-card">
          <h2>活动</h2>
          <div className="event-row">
            <Form.Item {...item('title', '活动名称')} className="event-wide">
              <Input maxLength={60} placeholder="例如：女职工插花体验班" />
            </Form.Item>
            <Form.Item
              {...item('kind', '类型', kind === 'service' ? '心理疏导、法律援助、筛查不在这里办' : undefined)}
            >
              <Select
                style={{ width: 140 }}
                options={eventKinds.map((value) => ({ value, label: eventKindWords[value] }))}
              />
            </Form.Item>
          </div>
          <Form.Item {...item('place', '地点')}>
            <Input maxLength={80} placeholder="楼、层、房间；线上活动写“线上”和平台名称" />
          </Form.Item>
          <Form.Item label="说明" name="about" extra="报名的人会看到：内容、老师、要带什么">
            <Input.TextArea maxLength={1000} showCount autoSize={{ minRows: 2, maxRows: 8 }} />
          </Form.Item>
          <Form.Item
            label="分几次上课"
            name="isInSessions"
            valuePropName="checked"
            extra="同一批人上几个晚上的班：每次分别签到，到够次数的算完成，计入培训、发结业证书"
          >
            <Switch />
          </Form.Item>
          {isInSessions ? (
            <Sessions error={save.error} />
          ) : (
            <div className="event-row">
              {when('startsAt', '活动开始')}
              {when('endsAt', '活动结束')}
            </div>
          )}
        </section>
        <section className="hardship-card">
          <h2>报名</h2>
          <Form.Item label="面向" name="isPublic">
            <Radio.Group
              options={[
                { value: false, label: '本单位和下级单位的女职工' },
                { value: true, label: '全市女职工' },
              ]}
            />
          </Form.Item>
          <div className="event-row">
            {when('opensAt', '报名开始')}
            {when('closesAt', '报名截止')}
            {when('cancelUntil', '最晚可以取消')}
          </div>
          <Form.Item label="名额方式" name="mode" {...faultAt(save.error, 'mode')}>
            <Radio.Group options={eventModes.map((value) => ({ value, label: eventModeWords[value] }))} />
          </Form.Item>
          {mode === 'draw' && (
            <Form.Item
              label="抽签用的公开数值"
              name="drawSource"
              extra="报名截止以后才会公布、谁也事先不知道的数，例如“2020年4月21日上证指数收盘点位”；留空的，截止时自动抽签"
            >
              <Input maxLength={100} />
            </Form.Item>
          )}
          <div className="event-row">
            <Form.Item {...item('cap', isSlotted ? '第一个时段的名额' : '名额（人）')}>
              <InputNumber min={1} max={100_000} precision={0} style={{ width: 130 }} />
            </Form.Item>
            <Form.Item
              label="满员后候补"
              name="hasList"
              valuePropName="checked"
              {...faultAt(save.error, 'hasList')}
            >
              <Switch />
            </Form.Item>
            <Form.Item
              label="候补确认期限（小时）"
              name="offerHours"
              extra="开始前一天内才需要本人确认，之前直接递补"
            >
              <InputNumber min={1} max={72} precision={0} style={{ width: 130 }} />
            </Form.Item>
          </div>
          {kind === 'match' && <SexCaps error={save.error} />}
          {kind !== 'match' && (
            <>
              <Form.Item label="按单位分配名额" name="isAllotted" valuePropName="checked">
                <Switch />
              </Form.Item>
              {isAllotted && <Allotments error={save.error} />}
            </>
          )}
          <Form.Item label="分时段预约（每人约一个）" name="isSlotted" valuePropName="checked">
            <Switch />
          </Form.Item>
          {isSlotted && <Slots error={save.error} />}
          <Form.Item
            label="报了名不到场的，限制以后报名"
            name="hasRule"
            valuePropName="checked"
            extra="本人可以说明原因，主办单位谅解后立即恢复"
          >
            <Switch />
          </Form.Item>
          {hasRule && (
            <div className="event-row">
              <Form.Item label="多少天内" name="ruleDays">
                <InputNumber min={1} max={730} precision={0} />
              </Form.Item>
              <Form.Item label="不到场几次起不能报本活动" name="ruleLimit">
                <InputNumber min={1} max={9} precision={0} />
              </Form.Item>
            </div>
          )}
        </section>
        {Boolean(save.error) && !told && <Failure error={save.error} />}
        <div className="hardship-foot">
          <Button type="primary" htmlType="submit" loading={save.busy}>
            保存草稿
          </Button>
          <span className="save-line" role="status">
            {typed.said}
          </span>
        </div>
      </Form>
    </>
  )
}
