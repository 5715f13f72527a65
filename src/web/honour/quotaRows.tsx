import { App, Button, Flex, Form, InputNumber, Select } from 'antd'
import { quotaUnits } from '#honour/api.ts'
import { bounds, boundWords } from '#kit/bounds.ts'
import { call } from '../api/client.dom.ts'
import { issueAt, toProblem } from '../api/problem.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { honourApi } from './addresses.ts'
import type { CampaignValues, QuotaValues } from './campaignValues.ts'

/** Places by unit: by the rule table or by hand, their sum held against the places in all as it is typed. */
export function QuotaRows({ error }: { error: unknown }) {
  const form = Form.useFormInstance<CampaignValues>()
  const { message } = App.useApp()
  const types = Form.useWatch('types', form) ?? []
  const quotas = (Form.useWatch('quotas', form) ?? []) as (Partial<QuotaValues> | undefined)[]
  const byRule = async () => {
    try {
      const units = await call(honourApi.quotaUnits, quotaUnits)
      if (units.length === 0) return void message.info('没有达到人数的单位，请逐个添加')
      if (units.length >= bounds.quotaUnits.most) void message.info(boundWords('quotaUnits'))
      form.setFieldValue(
        'quotas',
        units.flatMap(({ org, places }) => types.map((_, type) => ({ org: [org], type, places }))),
      )
    } catch (thrown) {
      void message.error(toProblem(thrown).message)
    }
  }
  const sums = types.map((type, at) => ({
    name: type?.name || `第 ${at + 1} 个称号`,
    places: type?.places ?? 0,
    sum: quotas.reduce((n, q) => n + (q?.type === at ? (q.places ?? 0) : 0), 0),
  }))
  const fault = issueAt(error, 'quotas')
  return (
    <Form.List name="quotas">
      {(rows, { add, remove }) => (
        <>
          <p className="honour-aside">
            不分配的称号，各单位都可以推荐。分给区县（产业）的名额，其下属单位共用。
          </p>
          {rows.map(({ key, name }) => (
            <div key={key} className="honour-row">
              <Form.Item
                className="honour-wide"
                label="单位"
                name={[name, 'org']}
                rules={[{ required: true, message: '请选择单位' }]}
                valuePropName="value"
              >
                <OrgPicker label={`第 ${name + 1} 行的单位`} value={[]} onChange={() => undefined} />
              </Form.Item>
              <Form.Item
                label="称号"
                name={[name, 'type']}
                rules={[{ required: true, message: '请选择称号' }]}
              >
                <Select style={{ width: 220 }} options={sums.map((s, value) => ({ value, label: s.name }))} />
              </Form.Item>
              <Form.Item
                label="名额"
                name={[name, 'places']}
                rules={[{ required: true, message: '请填写名额' }]}
              >
                <InputNumber min={0} max={10_000} precision={0} />
              </Form.Item>
              <Form.Item label=" ">
                <Button type="text" onClick={() => remove(name)}>
                  删去
                </Button>
              </Form.Item>
            </div>
          ))}
          {fault && <p className="honour-broken">{fault}</p>}
          {rows.length > 0 && (
            <p aria-live="polite">
              {sums.map(({ name, places, sum }) => (
                <span
                  key={name}
                  className={sum > places ? 'honour-broken' : 'honour-aside'}
                  style={{ marginInlineEnd: 20 }}
                >
                  {name}：已分 <b className="num">{sum}</b> / <span className="num">{places}</span>
                  {sum > places && ' 超出总名额'}
                </span>
              ))}
            </p>
          )}
          <Flex gap={8} wrap>
            <Button onClick={() => add({ org: [], type: 0, places: 1 })}>加一行</Button>
            <Button onClick={() => void byRule()}>按规则分配</Button>
          </Flex>
        </>
      )}
    </Form.List>
  )
}
