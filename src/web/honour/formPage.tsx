import './honour.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, Radio, Switch } from 'antd'
import * as z from 'zod/mini'
import { campaign as campaignSchema, type Campaign } from '#honour/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'
import { campaignBody, campaignValues, type CampaignValues } from './campaignValues.ts'
import { QuotaRows } from './quotaRows.tsx'
import { TitleRows } from './titleRows.tsx'

const route = getRouteApi(paths.honourForm)

/** 起草评选, or one again that is still open. */
export function HonourFormPage() {
  const { id } = route.useSearch()
  const query = useApi(honourApi.campaign(id ?? ''), campaignSchema, { enabled: id !== undefined })
  if (id === undefined) return <Editor campaign={null} />
  return <Loaded query={query}>{(campaign) => <Editor key={campaign.version} campaign={campaign} />}</Loaded>
}

function Editor({ campaign }: { campaign: Campaign | null }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<CampaignValues>()
  const save = useAct(
    async (values: CampaignValues, key) => {
      const body = campaignBody(values)
      if (campaign === null)
        return call(honourApi.campaigns, z.strictObject({ id: z.string() }), { method: 'POST', key, body })
      await call(honourApi.campaign(campaign.id), anything, {
        method: 'PUT',
        key,
        body: { ...body, version: campaign.version },
      })
      return { id: campaign.id }
    },
    ({ id }) => {
      void message.success('已保存')
      void navigate({ to: paths.honour, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  const isOpen = campaign !== null && campaign.state !== 'draft'
  return (
    <>
      <PageHead
        title={campaign ? '修改评选' : '起草评选'}
        sub={
          isOpen
            ? '已经开始接收推荐，只能调整名额、日期和说明'
            : '保存后是草稿，只有本单位看得到；确定评委后再发布'
        }
      />
      <Form<CampaignValues>
        form={form}
        className="honour-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={campaignValues(campaign, today)}
        onFinish={save.run}
      >
        <section className="honour-card">
          <Form.Item
            label="评选名称"
            name="title"
            rules={[{ required: true, whitespace: true, message: '请填写评选名称' }]}
            {...faultAt(save.error, 'title')}
          >
            <Input maxLength={60} placeholder="例如：2020年市五一巾帼标兵（岗）评选" />
          </Form.Item>
          <div className="honour-row">
            <Form.Item label="类别" name="kind">
              <Radio.Group
                disabled={isOpen}
                options={[
                  { value: 'honour', label: '先进评选' },
                  { value: 'family', label: '最美家庭' },
                ]}
              />
            </Form.Item>
            <Form.Item
              label="推荐起止日期"
              name="window"
              rules={[{ required: true, message: '请选择起止日期' }]}
              {...faultAt(save.error, 'closesOn')}
            >
              <DayRange />
            </Form.Item>
            <Form.Item noStyle shouldUpdate>
              {({ getFieldValue }) =>
                getFieldValue('kind') === 'honour' && (
                  <Form.Item label="核对名单结构比例" name="hasShares" valuePropName="checked">
                    <Switch aria-label="核对名单结构比例" />
                  </Form.Item>
                )
              }
            </Form.Item>
          </div>
          <Form.Item label="说明" name="note">
            <Input.TextArea
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              placeholder="评选范围、条件、材料要求等，可不填"
            />
          </Form.Item>
        </section>
        <section className="honour-card">
          <h2>称号和总名额</h2>
          <TitleRows error={save.error} isFixed={isOpen} />
        </section>
        <section className="honour-card">
          <h2>名额分配</h2>
          <QuotaRows error={save.error} />
        </section>
        {Boolean(save.error) && <Failure error={save.error} {...(told ? {} : { retry: save.again })} />}
        <Button type="primary" htmlType="submit" loading={save.busy} style={{ marginTop: 12 }}>
          保存
        </Button>
      </Form>
    </>
  )
}
