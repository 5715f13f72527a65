import {
  Alert,
  App,
  Button,
  Checkbox,
  DatePicker,
  Descriptions,
  Form,
  Input,
  InputNumber,
  Modal,
  Radio,
} from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { aidDone, condolenceToday, revealedClaim, type Aid } from '#hardship/api.ts'
import { claimFields, claimPairs, condolenceOf, type Claim } from '#hardship/condolence.ts'
import { funds } from '#kit/activity.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { hasIssueAt, issueAt } from '../api/problem.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'
import { PersonPick } from './personPick.tsx'
import { yuan } from './yuan.ts'

type Values = {
  personId: string
  stands: boolean
  agreedOn: Dayjs
  isEligible: boolean
  fund: string
  seenOn: Dayjs
  ownPaid: number
  mutual: number
  serious: number
  bank: string
  account: string
}
const written = (day: Dayjs): string => day.format('YYYY-MM-DD')
const moneys = ['ownPaid', 'mutual', 'serious'] as const
const all = ['personId', 'agreedOn', 'isEligible', 'fund', 'seenOn', ...moneys, 'bank', 'account']

/** 登记慰问金: what the papers were looked at for is ticked; what she has is asked nowhere. */
export function CondolenceModal({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp()
  const { today } = useMe()
  const terms = useApi(hardshipApi.condolenceTerms, condolenceToday)
  const act = useAct(
    ({ personId, stands, agreedOn, isEligible, fund, seenOn, ...rest }: Values, key) =>
      call(hardshipApi.condolences, aidDone, {
        method: 'POST',
        key,
        body: {
          personId,
          ...(stands ? {} : { agreedOn: written(agreedOn) }),
          isEligible,
          fund,
          body: { seenOn: written(seenOn), ...rest },
        },
      }),
    () => {
      onClose()
      void message.success('已登记，请另一位经办人核对')
    },
  )
  const start = {
    stands: false,
    agreedOn: dayjs(today),
    isEligible: false,
    fund: '市总',
    seenOn: dayjs(today),
  }
  const fault = (field: string) => faultAt(act.error, field)
  const must = (field: keyof typeof claimFields) => ({
    label: claimFields[field].label,
    name: field,
    extra: claimFields[field].hint,
    rules: [{ required: true, message: `请填写${claimFields[field].label}` }],
    ...fault(field),
  })
  return (
    <FormModal<Values>
      title="登记“两癌”慰问金"
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, all)}
      initialValues={start}
      onClose={onClose}
    >
      <Form.Item
        label="申请人"
        name="personId"
        rules={[{ required: true, message: '请选择申请人' }]}
        {...fault('personId')}
      >
        <PersonPick />
      </Form.Item>
      <p className="hardship-text hardship-aside">{consentTexts.condolence.text}</p>
      <Form.Item name="stands" valuePropName="checked" style={{ margin: '8px 0 12px' }}>
        <Checkbox>她已在系统里同意过这份告知书，这次不用再签</Checkbox>
      </Form.Item>
      <Form.Item noStyle dependencies={['stands']}>
        {({ getFieldValue }) =>
          getFieldValue('stands') !== true && (
            <Form.Item label="同意书签署日期" name="agreedOn" {...fault('agreedOn')}>
              <DatePicker showNow={false} allowClear={false} maxDate={dayjs(today)} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Loaded query={terms}>
        {({ conditions, basis }) => (
          <Form.Item
            name="isEligible"
            valuePropName="checked"
            extra={
              <>
                {conditions.map(({ text }) => (
                  <div key={text}>· {text}</div>
                ))}
                <div>依据：{basis}</div>
              </>
            }
            {...fault('isEligible')}
          >
            <Checkbox>材料已当面核对，符合下列条件，看过已退还本人</Checkbox>
          </Form.Item>
        )}
      </Loaded>
      <Form.Item {...must('seenOn')}>
        <DatePicker showNow={false} allowClear={false} maxDate={dayjs(today)} />
      </Form.Item>
      {moneys.map((field) => (
        <Form.Item key={field} {...must(field)}>
          <InputNumber min={0} precision={2} controls={false} style={{ width: 200 }} />
        </Form.Item>
      ))}
      <Form.Item noStyle dependencies={[...moneys]}>
        {({ getFieldsValue }) => {
          const typed = getFieldsValue([...moneys]) as Partial<Claim>
          return terms.data && moneys.every((field) => typeof typed[field] === 'number') ? (
            <Alert
              type="info"
              showIcon
              title={`按现行标准应发 ${yuan(condolenceOf(typed as Claim, terms.data))} 元`}
              style={{ marginBottom: 16 }}
            />
          ) : null
        }}
      </Form.Item>
      <Form.Item {...must('bank')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item {...must('account')}>
        <Input maxLength={30} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <Form.Item label="资金来源" name="fund" {...fault('fund')}>
        <Radio.Group options={funds.map((value) => ({ value, label: value }))} />
      </Form.Item>
    </FormModal>
  )
}

/** Opens one application for whoever checks or approves it; she reads who looked, and why. */
export function ClaimButton({ aid }: { aid: Aid }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        style={{ marginRight: 6 }}
        aria-label={`查看申请 ${aid.name}`}
        onClick={() => setOpen(true)}
      >
        查看申请
      </Button>
      {isOpen && <ClaimModal aid={aid} onClose={() => setOpen(false)} />}
    </>
  )
}

function ClaimModal({ aid, onClose }: { aid: Aid; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [claim, setClaim] = useState<Claim | null>(null)
  const act = useAct(
    (told: string) =>
      call(hardshipApi.claim(aid.id), revealedClaim, { method: 'POST', body: { reason: told } }),
    (found) => setClaim(found as Claim),
  )
  const fault = issueAt(act.error, 'reason')
  return (
    <Modal
      open
      title={`慰问金申请：${aid.name}`}
      okText="查看"
      cancelText="关闭"
      okButtonProps={{ loading: act.busy, disabled: reason.trim().length < 4, hidden: claim !== null }}
      onOk={() => act.run(reason)}
      onCancel={onClose}
    >
      {claim ? (
        <Descriptions
          size="small"
          bordered
          column={1}
          items={claimPairs(claim).map(([label, text]) => ({ key: label, label, children: text }))}
        />
      ) : (
        <Form layout="vertical">
          <Form.Item
            label="查看理由"
            htmlFor="claim-reason"
            extra="至少 4 个字；她本人在“谁看过我的信息”里看得到"
            {...(fault ? { validateStatus: 'error' as const, help: fault } : {})}
          >
            <Input.TextArea
              id="claim-reason"
              maxLength={200}
              autoSize={{ minRows: 2, maxRows: 4 }}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
          {act.error && fault === undefined && <Failure error={act.error} retry={act.again} />}
        </Form>
      )}
    </Modal>
  )
}
