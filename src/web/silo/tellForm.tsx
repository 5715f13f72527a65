import '../publicNotice/publicNotice.css'
import './silo.css'
import { Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { v4 as uuid } from 'uuid'
import { matterTaken, tellOffer, type NewMatter, type TellOffer } from '#silo/api.ts'
import { dangerIn } from '#silo/danger.ts'
import { legalForms, siloWords, topics, type Silo } from '#silo/kinds.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { siloApi } from './addresses.ts'
import { Hotlines } from './hotlines.tsx'
import { Receipt } from './receipt.tsx'
import { UnitField } from './unitField.tsx'

type Values = Omit<NewMatter, 'nonce'> & { signed?: boolean }

/** The form of a matter; what is typed stays on the page until it is sent, and nowhere else. */
export function TellForm({ maySign }: { maySign: boolean }) {
  const query = useApi(siloApi.offer, tellOffer)
  return <Loaded query={query}>{(offer) => <Offered offer={offer} maySign={maySign} />}</Loaded>
}

function Offered({ offer, maySign }: { offer: TellOffer; maySign: boolean }) {
  const [form] = Form.useForm<Values>()
  // One number for one matter: sent again unchanged because an answer was lost, it is taken once and gets the same code.
  const [nonce, setNonce] = useState(() => uuid())
  const [code, setCode] = useState<string | null>(null)
  const silo = Form.useWatch('silo', form) as Silo | undefined
  const body = Form.useWatch('body', form) as string | undefined
  const act = useAct(
    ({ signed = false, ...values }: Values) =>
      call(signed ? siloApi.signed : siloApi.offer, matterTaken, {
        method: 'POST',
        body: { nonce, ...values },
        ...(signed ? {} : { nameless: true }),
      }),
    (made) => setCode(made.code),
  )
  if (code !== null)
    return (
      <Receipt
        code={code}
        urgent={act.done?.isUrgent ?? false}
        onAnother={() => {
          setNonce(uuid())
          setCode(null)
          act.reset()
        }}
      />
    )
  if (offer.open.length === 0)
    return (
      <>
        <p>现在没有人值守，暂时不能在这里说。</p>
        <Hotlines urgent={false} />
      </>
    )
  const danger = dangerIn(body ?? '', offer.dangerWords).length > 0
  const told = hasIssueAt(act.error, ['silo', 'topic', 'orgId', 'body'])
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ silo: offer.open[0]!, orgId: null, body: '', contact: '', signed: false }}
      onFinish={act.run}
    >
      <p>
        已经说过的，<a href={paths.tellFollow}>凭回执看答复</a>。
      </p>
      <Form.Item label="说给谁" name="silo" {...faultAt(act.error, 'silo')}>
        <Radio.Group
          className="silo-choices"
          onChange={() => form.resetFields(['topic'])}
          options={offer.open.map((value) => ({
            value,
            label: (
              <>
                {siloWords[value].label}
                <span className="silo-about">{siloWords[value].about}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item
        label="事项类别"
        name="topic"
        rules={[{ required: true, message: '请选择事项类别' }]}
        {...faultAt(act.error, 'topic')}
      >
        <Select
          className="silo-select"
          placeholder="请选择"
          options={topics[silo ?? offer.open[0]!].map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      {silo === 'legal' && (
        <Form.Item label="希望怎样帮助（选填）" name="form">
          <Select
            className="silo-select"
            allowClear
            placeholder="不确定可以不选"
            options={legalForms.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
      )}
      <Form.Item
        label="涉及的单位（选填）"
        name="orgId"
        extra="选了单位，与这个单位有关的人一律回避，看不到这件事"
        {...faultAt(act.error, 'orgId')}
      >
        <UnitField />
      </Form.Item>
      <Form.Item
        label="事情经过"
        name="body"
        rules={[{ required: true, whitespace: true, min: 10, message: '请把事情写清楚一些（至少 10 个字）' }]}
        {...faultAt(act.error, 'body')}
      >
        <Input.TextArea
          maxLength={4000}
          showCount
          autoSize={{ minRows: 5, maxRows: 16 }}
          autoComplete="off"
        />
      </Form.Item>
      <div className="silo-hotlines">
        <Hotlines urgent={danger} />
      </div>
      <Form.Item
        label="联系方式（选填）"
        name="contact"
        extra="随内容一起加密，看得到内容的人才看得到；不留也会答复，凭回执查看"
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      {maySign && (
        <Form.Item
          label="署名"
          name="signed"
          extra="不署名的，系统不知道是谁说的；署名的，姓名和单位只随内容加密"
        >
          <Radio.Group
            options={[
              { value: false, label: '不署名' },
              { value: true, label: '署我的姓名' },
            ]}
          />
        </Form.Item>
      )}
      {act.error && !told && (
        <div className="silo-hotlines">
          <Failure error={act.error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={act.busy}>
        提交
      </Button>
    </Form>
  )
}
