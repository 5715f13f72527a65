import { Form, Input, Radio, Select } from 'antd'
import type { SiloActBody, SiloDetail } from '#silo/api.ts'
import type { SiloAct } from '#silo/flow.ts'
import { actWords, silos, siloWords } from '#silo/kinds.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { useSiloAct } from './useSiloAct.tsx'

type Values = Pick<SiloActBody, 'text' | 'postId' | 'to'>

const texts: Partial<Record<SiloAct, { label: string; extra: string }>> = {
  close: { label: '处理结果', extra: '这是给本人的书面答复，办结后不能再改' },
  decline: { label: '理由', extra: '写明为什么不受理、可以找谁；本人会看到' },
  visit: { label: '回访', extra: '写明回访情况或想问的；本人会看到' },
  answer: { label: '告诉本人的话', extra: '本人凭回执看到' },
  note: { label: '工作笔记', extra: '加密保存，只有您自己看得到' },
}

/** The form of an act that needs a word, a person or another silo. */
export function ActModal({
  matter,
  act: what,
  onClose,
  onGone,
}: {
  matter: SiloDetail
  act: SiloAct
  onClose: () => void
  onGone: () => void
}) {
  const act = useSiloAct(matter, onGone, onClose)
  const text = texts[what]
  return (
    <FormModal<Values>
      title={what === 'assign' && matter.state === 'assigned' ? '改派' : actWords[what]}
      okText={actWords[what]}
      act={{ ...act, run: (values) => act.run({ act: what, ...values }) }}
      told
      initialValues={{}}
      onClose={onClose}
    >
      {text && (
        <Form.Item
          label={text.label}
          name="text"
          extra={text.extra}
          rules={[{ required: true, whitespace: true, message: '请填写' }]}
          {...faultAt(act.error, 'text')}
        >
          <Input.TextArea maxLength={4000} autoSize={{ minRows: 4, maxRows: 14 }} />
        </Form.Item>
      )}
      {what === 'assign' && (
        <Form.Item
          label="交给"
          name="postId"
          extra="须回避的和已经回避的不在其中；交出以后，内容由承办人一人看（紧急的负责人也看）"
          rules={[{ required: true, message: '请选择交给谁办理' }]}
          {...faultAt(act.error, 'postId')}
        >
          <Select
            placeholder="选专办人员"
            notFoundContent="没有可以指派的人：都须回避，或还没有分工"
            options={matter.candidates.map(({ postId, name, home, busy }) => ({
              value: postId,
              label: `${name}${home ? `（${home}）` : ''} · 在办 ${busy} 件`,
            }))}
          />
        </Form.Item>
      )}
      {what === 'refer' && (
        <Form.Item
          label="转到"
          name="to"
          extra="本人凭回执同意以后才会转过去"
          rules={[{ required: true, message: '请选择转到哪一类' }]}
          {...faultAt(act.error, 'to')}
        >
          <Radio.Group
            options={silos
              .filter((silo) => silo !== matter.silo)
              .map((value) => ({ value, label: siloWords[value].name }))}
          />
        </Form.Item>
      )}
      {act.error && ['text', 'postId', 'to'].every((field) => issueAt(act.error, field) === undefined) ? (
        <p role="alert">没有办成：内容可能已有变动，请关闭后重新打开；您写的还在这里。</p>
      ) : null}
    </FormModal>
  )
}
