import { Button, Form, Input, InputNumber, Select } from 'antd'
import { levels } from '#kit/head.ts'
import { subjects } from '#honour/api.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { emptyTitle, type CampaignValues } from './campaignValues.ts'

const demandWords = [
  { value: 'none', label: '没有特别条件' },
  { value: 'model', label: '标兵：一线岗位年限' },
  { value: 'post', label: '标兵岗：女职工比例、女负责人' },
]

/** Titles of a campaign, one card each; once nominations come in only places change. */
export function TitleRows({ error, isFixed }: { error: unknown; isFixed: boolean }) {
  const form = Form.useFormInstance<CampaignValues>()
  const kind = Form.useWatch('kind', form) ?? 'honour'
  const fits = subjects.filter((subject) => (subject === '家庭') === (kind === 'family'))
  return (
    <Form.List name="types">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="honour-title">
              <div className="honour-row">
                <Form.Item
                  className="honour-wide"
                  label="称号"
                  name={[name, 'name']}
                  rules={[{ required: true, whitespace: true, message: '请填写称号' }]}
                  {...faultAt(error, `types.${name}.name`)}
                >
                  <Input maxLength={60} placeholder="例如：市五一巾帼标兵" />
                </Form.Item>
                <Form.Item
                  label="查重关键词"
                  name={[name, 'series']}
                  extra="同类荣誉名称里都有的字"
                  rules={[{ required: true, whitespace: true, message: '请填写关键词，例如“五一巾帼标兵”' }]}
                  {...faultAt(error, `types.${name}.series`)}
                >
                  <Input maxLength={30} placeholder="五一巾帼标兵" />
                </Form.Item>
                <Form.Item
                  label="总名额"
                  name={[name, 'places']}
                  rules={[{ required: true, message: '请填写名额' }]}
                  {...faultAt(error, `types.${name}.places`)}
                >
                  <InputNumber min={1} max={10_000} precision={0} />
                </Form.Item>
              </div>
              <div className="honour-row">
                <Form.Item label="对象" name={[name, 'subject']} {...faultAt(error, `types.${name}.subject`)}>
                  <Select
                    disabled={isFixed}
                    options={fits.map((value) => ({ value, label: value }))}
                    style={{ width: 150 }}
                  />
                </Form.Item>
                <Form.Item label="级别" name={[name, 'level']}>
                  <Select
                    disabled={isFixed}
                    options={levels.map((value) => ({ value, label: value }))}
                    style={{ width: 150 }}
                  />
                </Form.Item>
                <Form.Item label="条件" name={[name, 'demand']} {...faultAt(error, `types.${name}.demand`)}>
                  <Select disabled={isFixed} options={demandWords} style={{ width: 240 }} />
                </Form.Item>
                {rows.length > 1 && !isFixed && (
                  <Form.Item label=" ">
                    <Button type="text" onClick={() => remove(name)}>
                      删去
                    </Button>
                  </Form.Item>
                )}
              </div>
            </div>
          ))}
          {!isFixed && (
            <Button onClick={() => add(emptyTitle(kind))} disabled={rows.length >= 12}>
              加一个称号
            </Button>
          )}
        </>
      )}
    </Form.List>
  )
}
