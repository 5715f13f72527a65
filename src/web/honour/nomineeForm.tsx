import { Button, DatePicker, Flex, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { lengthOf } from '#kit/field/index.ts'
import type { Campaign, Nominee } from '#honour/api.ts'
import { personList } from '#person/api.ts'
import { useApi } from '../api/hooks.tsx'
import { personApi } from '../person/addresses.ts'
import { Failure } from '../kit/states.tsx'
import { useUnsaved } from '../kit/useUnsaved.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { withQuery } from '../urlState.ts'

export type NomineeValues = Omit<Nominee, 'frontSince' | 'foundedOn'> & {
  frontSince: Dayjs | null
  foundedOn: Dayjs | null
}

const emptyNominee: Nominee = {
  typeKey: '',
  personId: null,
  name: '',
  employer: '',
  sex: '女',
  nation: null,
  birthMonth: null,
  politics: null,
  education: null,
  jobTitle: null,
  position: null,
  postKind: null,
  frontSince: null,
  isIndustrial: false,
  isMigrant: false,
  isHead: false,
  isNonPublic: false,
  size: null,
  women: null,
  headName: null,
  headIsWoman: null,
  foundedOn: null,
  motto: null,
  before: '',
  deedsShort: '',
  deeds: '',
}

const dated = (day: string | null): Dayjs | null => (day === null ? null : dayjs(day))
const plain = (day: Dayjs | null | undefined): string | null => day?.format('YYYY-MM-DD') ?? null
const filled = (text: string | null | undefined): string | null => text?.trim() || null

/** The form as the server takes it: what a title does not ask for goes as nothing. */
export const nomineeBody = (values: Partial<NomineeValues>): Nominee => {
  const all = { ...emptyNominee, ...values }
  return {
    ...all,
    frontSince: plain(values.frontSince),
    foundedOn: plain(values.foundedOn),
    name: all.name.trim(),
    sex: filled(all.sex),
    nation: filled(all.nation),
    birthMonth: filled(all.birthMonth),
    politics: filled(all.politics),
    education: filled(all.education),
    jobTitle: filled(all.jobTitle),
    position: filled(all.position),
    postKind: filled(all.postKind),
    headName: filled(all.headName),
    motto: filled(all.motto),
  }
}

type NomineeFormProps = {
  campaign: Campaign
  body: Nominee | null
  employer: string
  busy: boolean
  error: unknown
  onSave: (body: Nominee) => void
}

/** 推荐表: what the title asks of a person, a collective or a family. */
export function NomineeForm({ campaign: c, body, employer, busy, error, onSave }: NomineeFormProps) {
  const [form] = Form.useForm<NomineeValues>()
  const start = body ?? { ...emptyNominee, typeKey: c.types[0]!.key, employer }
  const typeKey = Form.useWatch('typeKey', form) ?? start.typeKey
  const type = c.types.find((t) => t.key === typeKey) ?? c.types[0]!
  const isPerson = type.subject === '个人' || type.subject === '女职工工作者'
  const isHead = Form.useWatch('isHead', form) ?? start.isHead
  const [isTouched, setTouched] = useState(false)
  useUnsaved(isTouched || Boolean(error), {
    title: '填写的内容还没有保存，离开就没有了',
    content: '推荐表涉及个人信息，不在浏览器里留草稿；点“保存草稿”存到服务器，随时可以接着写。',
  })
  return (
    <Form<NomineeValues>
      form={form}
      className="honour-form"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={{ ...start, frontSince: dated(start.frontSince), foundedOn: dated(start.foundedOn) }}
      onValuesChange={() => setTouched(true)}
      onFinish={() => {
        setTouched(false)
        onSave(nomineeBody(form.getFieldsValue(true) as NomineeValues))
      }}
    >
      <section className="honour-card">
        <div className="honour-row">
          <Form.Item className="honour-wide" label="推荐称号" name="typeKey" {...faultAt(error, 'typeKey')}>
            <Select options={c.types.map((t) => ({ value: t.key, label: `${t.name}（${t.subject}）` }))} />
          </Form.Item>
          {isPerson && (
            <Form.Item
              className="honour-wide"
              label="从会员名册选人"
              extra="选了名册上的人，才能查到她以前的荣誉，以后征求同意公开事迹"
              {...faultAt(error, 'personId')}
            >
              <PersonPick
                onPick={({ id: personId, name, sex }) => form.setFieldsValue({ personId, name, sex })}
              />
            </Form.Item>
          )}
        </div>
        <div className="honour-row">
          <Form.Item
            label={isPerson ? '姓名' : '名称'}
            name="name"
            rules={[{ required: true, whitespace: true, message: isPerson ? '请填写姓名' : '请填写名称' }]}
            {...faultAt(error, 'name')}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item className="honour-wide" label="所在单位" name="employer" {...faultAt(error, 'employer')}>
            <Input maxLength={100} />
          </Form.Item>
        </div>
        {isPerson && <PersonFields error={error} isModel={type.demand === 'model'} isHead={isHead} />}
        {type.subject === '集体' && <CollectiveFields error={error} />}
        {type.subject === '家庭' && (
          <Form.Item label="家训或家风格言" name="motto" {...faultAt(error, 'motto')}>
            <Input maxLength={100} />
          </Form.Item>
        )}
      </section>
      <section className="honour-card">
        <h2>事迹</h2>
        <Form.Item label="曾获荣誉" name="before">
          <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 4 }} />
        </Form.Item>
        <Deeds label="简要事迹" name="deedsShort" most={c.lengths.short} rows={3} error={error} />
        <Deeds label="详细事迹" name="deeds" most={c.lengths.full} rows={8} error={error} />
      </section>
      {Boolean(error) && <Failure error={error} />}
      <Flex gap={8} style={{ marginTop: 12 }}>
        <Button type="primary" htmlType="submit" loading={busy}>
          保存草稿
        </Button>
      </Flex>
    </Form>
  )
}

/** Counted as a person counts, rare characters as one each. */
const Deeds = ({
  label,
  name,
  most,
  rows,
  error,
}: {
  label: string
  name: 'deeds' | 'deedsShort'
  most: number
  rows: number
  error: unknown
}) => (
  <Form.Item
    label={`${label}（${most} 字以内）`}
    name={name}
    rules={[
      {
        validator: (_, value: string | undefined) => {
          const n = lengthOf((value ?? '').trim())
          return n <= most
            ? Promise.resolve()
            : Promise.reject(new Error(`${label}最多 ${most} 个字，现有 ${n} 个字，请精简`))
        },
      },
    ]}
    {...faultAt(error, name)}
  >
    <Input.TextArea
      autoSize={{ minRows: rows, maxRows: 20 }}
      count={{ show: ({ count }) => `${count} / ${most}`, strategy: (value) => lengthOf(value.trim()) }}
    />
  </Form.Item>
)

const mark = (label: string, name: keyof Nominee) => (
  <Form.Item label={label} name={name} valuePropName="checked">
    <Switch aria-label={label} />
  </Form.Item>
)

function PersonFields({ error, isModel, isHead }: { error: unknown; isModel: boolean; isHead: boolean }) {
  const line = (label: string, name: keyof Nominee, most: number, hint?: string) => (
    <Form.Item label={label} name={name} {...faultAt(error, name)}>
      <Input maxLength={most} placeholder={hint} />
    </Form.Item>
  )
  return (
    <>
      <div className="honour-row">
        <Form.Item label="性别" name="sex" {...faultAt(error, 'sex')}>
          <Radio.Group options={['女', '男']} />
        </Form.Item>
        {line('出生年月', 'birthMonth', 7, '1985-03')}
        {line('民族', 'nation', 20)}
        {line('政治面貌', 'politics', 20)}
        {line('学历', 'education', 20)}
        {line('职称或技能等级', 'jobTitle', 40)}
        {line('职务或岗位', 'position', 60)}
        {line('岗位类别', 'postKind', 40, '例如：一线操作')}
        <Form.Item
          label={isModel ? '到一线岗位的日期' : '到现岗位的日期'}
          name="frontSince"
          {...faultAt(error, 'frontSince')}
        >
          <DatePicker showNow={false} />
        </Form.Item>
      </div>
      <div className="honour-row">
        {mark('产业工人', 'isIndustrial')}
        {mark('农民工', 'isMigrant')}
        {mark('非公有制单位', 'isNonPublic')}
        {mark('企业负责人', 'isHead')}
      </div>
      {isHead && <p className="honour-faults">企业负责人要先征求有关部门意见，保存后在意见栏登记。</p>}
    </>
  )
}

const CollectiveFields = ({ error }: { error: unknown }) => (
  <div className="honour-row">
    <Form.Item label="集体人数" name="size" {...faultAt(error, 'size')}>
      <InputNumber min={1} max={100_000} precision={0} />
    </Form.Item>
    <Form.Item label="其中女职工" name="women" {...faultAt(error, 'women')}>
      <InputNumber min={0} max={100_000} precision={0} />
    </Form.Item>
    <Form.Item label="负责人" name="headName" {...faultAt(error, 'headName')}>
      <Input maxLength={60} />
    </Form.Item>
    <Form.Item label="负责人性别" name="headIsWoman" {...faultAt(error, 'headIsWoman')}>
      <Radio.Group
        options={[
          { value: true, label: '女' },
          { value: false, label: '男' },
        ]}
      />
    </Form.Item>
    <Form.Item label="成立日期" name="foundedOn">
      <DatePicker showNow={false} />
    </Form.Item>
  </div>
)

type Picked = { id: string; name: string; sex: string }

function PersonPick({ onPick }: { onPick: (one: Picked) => void }) {
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const { data } = useApi(withQuery(personApi.list, { q, size: '20' }), personList, {
    enabled: q.length > 0,
    keep: true,
  })
  const list = q ? (data?.rows ?? []) : []
  return (
    <Select
      aria-label="从会员名册选人"
      showSearch
      allowClear
      filterOption={false}
      placeholder="输入姓名或拼音首字母"
      onSearch={setTyped}
      notFoundContent={q ? '名册里没有找到' : '输入姓名或拼音首字母'}
      options={list.map((one) => ({ value: one.id, label: `${one.name}（${one.org.shortName}）` }))}
      onChange={(id: string | undefined) => {
        const one = list.find((p) => p.id === id)
        if (one) onPick(one)
      }}
    />
  )
}
