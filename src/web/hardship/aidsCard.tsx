import { App, Button, Form, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { aidDone, type FileDetail, type NewAid } from '#hardship/api.ts'
import { periodWords } from '#hardship/clock.ts'
import { funds } from '#kit/activity.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'
import { AidTable } from './aidTable.tsx'
import { yuan } from './yuan.ts'

/** What the household was given, and what it may be given now. */
export function AidsCard({ file: f }: { file: FileDetail }) {
  const [asking, setAsking] = useState(false)
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>帮扶</h2>
        {f.offers.length > 0 && (
          <Button type="primary" onClick={() => setAsking(true)}>
            登记帮扶
          </Button>
        )}
      </div>
      {f.aids.length === 0 ? <Blank why="还没有登记过帮扶" /> : <AidTable rows={f.aids} named={false} />}
      {asking && <AskModal file={f} onClose={() => setAsking(false)} />}
    </section>
  )
}

type Values = Omit<NewAid, 'fileId'>

function AskModal({ file: f, onClose }: { file: FileDetail; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (values: Values, key) =>
      call(hardshipApi.aids, aidDone, { method: 'POST', key, body: { fileId: f.id, ...values } }),
    () => {
      onClose()
      void message.success('已登记，请另一位经办人核对')
    },
  )
  const open = f.offers.find((offer) => !offer.taken)
  return (
    <FormModal<Values>
      title={`登记帮扶：${f.name}`}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['kind', 'amount', 'fund'])}
      initialValues={{ kind: open?.kind, amount: open?.most, fund: '区县' }}
      onClose={onClose}
    >
      <Form.Item
        label="类别"
        name="kind"
        extra="每类在一个周期里一户只能申领一次，夫妻合并计算"
        rules={[{ required: true, message: '请选择帮扶类别' }]}
        {...faultAt(act.error, 'kind')}
      >
        <Select
          options={f.offers.map(({ kind, period, most, taken }) => ({
            value: kind,
            disabled: taken,
            label: `${kind}（${periodWords(period)}，最高 ${yuan(most)} 元${taken ? '，已申领' : ''}）`,
          }))}
        />
      </Form.Item>
      <Form.Item
        label="金额（元）"
        name="amount"
        rules={[{ required: true, message: '请填写金额' }]}
        {...faultAt(act.error, 'amount')}
      >
        <InputNumber min={0} precision={2} controls={false} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item label="资金来源" name="fund" {...faultAt(act.error, 'fund')}>
        <Radio.Group options={funds.map((value) => ({ value, label: value }))} />
      </Form.Item>
    </FormModal>
  )
}
