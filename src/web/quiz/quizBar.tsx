import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { quizDone, type QuizAct, type QuizDetail } from '#quiz/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { quizApi } from './addresses.ts'

const isTold = (error: unknown) => error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0

/** What the organiser may do with a quiz as it stands. */
export function QuizBar({ found: q }: { found: QuizDetail }) {
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const failed = useFailed()
  const step = useAct(
    ({ act, reason }: { act: QuizAct; reason?: string }, key) =>
      call(quizApi.steps(q.id), quizDone, {
        method: 'POST',
        key,
        body: { act, version: q.version, ...(reason === undefined ? {} : { reason }) },
      }),
    (_, { act }) => {
      setAsking(false)
      void message.success(act === 'publish' ? '已发布' : act === 'cancel' ? '已取消' : '已删除')
      if (act === 'drop') void navigate({ to: paths.quizzes })
    },
    (error) => {
      if (!asking || !isTold(error)) failed(error)
    },
  )
  const begin = (act: QuizAct, title: string, content: string) =>
    void modal.confirm({
      title: `${title}？`,
      content,
      okText: title,
      cancelText: '取消',
      onOk: () => step.run({ act }),
    })
  return (
    <>
      {q.phase === 'draft' && (
        <>
          <Link to={paths.quizForm} search={{ id: q.id }}>
            <Button>修改</Button>
          </Link>
          <Button onClick={() => begin('drop', '删除草稿', '草稿删除后不能恢复')}>删除草稿</Button>
          <Button
            type="primary"
            loading={step.busy}
            onClick={() =>
              begin('publish', '发布', '发布后题目、规则和抽奖方式不能再改；题库以后的修改不影响这场答题')
            }
          >
            发布
          </Button>
        </>
      )}
      {(q.phase === 'before' || q.phase === 'running') && (
        <Button danger onClick={() => setAsking(true)}>
          取消答题
        </Button>
      )}
      {asking && (
        <FormModal<{ reason: string }>
          title="取消答题"
          okText="取消答题"
          danger
          told={isTold(step.error)}
          act={{ ...step, run: ({ reason }) => step.run({ act: 'cancel', reason }) }}
          initialValues={{}}
          onClose={() => setAsking(false)}
        >
          <Form.Item
            label="原因（参加的人会看到）"
            name="reason"
            rules={[{ required: true, whitespace: true, message: '请写明原因（至少 4 个字）' }]}
            {...faultAt(step.error, 'reason')}
          >
            <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}
