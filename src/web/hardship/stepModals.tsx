import { App, Checkbox, DatePicker, Flex, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { fileDone, type FileDetail, type FileStep } from '#hardship/api.ts'
import { closings, steps } from '#hardship/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'

type Props = { file: FileDetail; onClose: () => void }

/** A step with what its form says; closes the form and tells. */
function useStep<V>(
  file: FileDetail,
  said: string,
  onClose: () => void,
  body: (values: V) => Omit<FileStep, 'version'>,
) {
  const { message } = App.useApp()
  return useAct(
    (values: V, key) =>
      call(hardshipApi.steps(file.id), fileDone, {
        method: 'POST',
        key,
        body: { ...body(values), version: file.version },
      }),
    () => {
      onClose()
      void message.success(said)
    },
  )
}

const required = (message: string) => [{ required: true, message }]

type VisitValues = { visitedOn: Dayjs; authorisedOn: Dayjs; visitors: string; exclusions: string[] }

/** 入户: two visitors, application and authorisation signed face to face, nothing that shuts the household out. */
export function VisitModal({ file, onClose }: Props) {
  const { today } = useMe()
  const act = useStep<VisitValues>(file, '入户已登记，报帮扶中心核对收入', onClose, (v) => ({
    step: 'visit',
    visitedOn: v.visitedOn.format('YYYY-MM-DD'),
    authorisedOn: v.authorisedOn.format('YYYY-MM-DD'),
    visitors: v.visitors,
    exclusions: v.exclusions,
  }))
  return (
    <FormModal<VisitValues>
      title="登记入户"
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['visitedOn', 'authorisedOn', 'visitors', 'exclusions'])}
      initialValues={{ visitedOn: dayjs(today), authorisedOn: dayjs(today), visitors: '', exclusions: [] }}
      onClose={onClose}
    >
      <Form.Item
        label="入户日期"
        name="visitedOn"
        rules={required('请填写入户日期')}
        {...faultAt(act.error, 'visitedOn')}
      >
        <DatePicker showNow={false} allowClear={false} />
      </Form.Item>
      <Form.Item
        label="申请书和核对授权书当面签署日期"
        name="authorisedOn"
        rules={required('请填写核对授权书签署日期')}
        {...faultAt(act.error, 'authorisedOn')}
      >
        <DatePicker showNow={false} allowClear={false} />
      </Form.Item>
      <Form.Item
        label="入户人"
        name="visitors"
        extra="至少两人，用顿号分开"
        rules={required('请填写两位入户人姓名')}
        {...faultAt(act.error, 'visitors')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="不予建档的情形（有哪条勾哪条，没有就不勾）"
        name="exclusions"
        {...faultAt(act.error, 'exclusions')}
      >
        <Checkbox.Group>
          <Flex vertical gap={4}>
            {file.exclusions.map(({ code, text }) => (
              <Checkbox key={code} value={code}>
                {text}
              </Checkbox>
            ))}
          </Flex>
        </Checkbox.Group>
      </Form.Item>
    </FormModal>
  )
}

type CloseValues = { on: Dayjs; closedFor: (typeof closings)[number] }

export function CloseModal({ file, onClose }: Props) {
  const { today } = useMe()
  const act = useStep<CloseValues>(file, '已销档', onClose, (v) => ({
    step: 'close',
    on: v.on.format('YYYY-MM-DD'),
    closedFor: v.closedFor,
  }))
  return (
    <FormModal<CloseValues>
      title="销档"
      okText="销档"
      danger
      act={act}
      told={hasIssueAt(act.error, ['on', 'closedFor'])}
      initialValues={{ on: dayjs(today) }}
      onClose={onClose}
    >
      <p className="hardship-text">
        销档日期可以早于今天；这一天以后到账的帮扶会列入“销档日后仍有帮扶”供追查。
      </p>
      <Form.Item
        label="原因"
        name="closedFor"
        rules={required('请选择销档原因')}
        {...faultAt(act.error, 'closedFor')}
      >
        <Radio.Group options={closings.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item label="销档日期" name="on" rules={required('请填写销档日期')} {...faultAt(act.error, 'on')}>
        <DatePicker showNow={false} allowClear={false} />
      </Form.Item>
    </FormModal>
  )
}

/** 退回, 不予建档 and 撤回 ask why; the words are for those who handle the file and never tell a cause. */
export function ReasonModal({ file, step, onClose }: Props & { step: 'returned' | 'refuse' | 'withdraw' }) {
  const { label, asks } = steps[step]
  const act = useStep<{ reason: string }>(file, `已${label}`, onClose, ({ reason }) => ({ step, reason }))
  return (
    <FormModal<{ reason: string }>
      title={label}
      okText={label}
      danger={step !== 'returned'}
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <Form.Item
        label={asks}
        name="reason"
        extra="会写进办理过程，请不要写病情等困难原因"
        rules={[{ required: true, whitespace: true, message: `请填写${asks}` }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  )
}
