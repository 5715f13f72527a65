import { App, Form, Input, Radio } from 'antd'
import type { EntryLine } from '#signup/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'

const isTold = (error: unknown) => error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0

/** Excuses an absence, or upholds it against her appeal. */
export function AnswerModal({ one, onClose }: { one: EntryLine; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ isExcused, answer }: { isExcused: boolean; answer: string }, key) =>
      call(eventApi.noShow(one.id), anything, { method: 'PUT', key, body: { isExcused, answer } }),
    (_, { isExcused }) => {
      onClose()
      void message.success(isExcused ? '已谅解，不影响以后报名' : '已答复')
    },
  )
  return (
    <FormModal<{ isExcused: boolean; answer?: string }>
      title={`${one.name}没有到场`}
      okText="答复"
      act={{ ...act, run: ({ isExcused, answer = '' }) => act.run({ isExcused, answer }) }}
      told={isTold(act.error)}
      initialValues={{ isExcused: true }}
      onClose={onClose}
    >
      <p>{one.appeal ? `本人说明：${one.appeal}` : '本人还没有说明原因'}</p>
      <Form.Item label="办理" name="isExcused">
        <Radio.Group
          options={[
            { value: true, label: '谅解，不影响以后报名' },
            ...(one.noShow === 'appealed' ? [{ value: false, label: '不采纳' }] : []),
          ]}
        />
      </Form.Item>
      <Form.Item label="答复（她会看到）" name="answer" {...faultAt(act.error, 'answer')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  )
}
