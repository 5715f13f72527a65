import { useMutation } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { Task } from '#task/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call, callFile } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt, toProblem } from '../api/problem.ts'
import { save } from '../my/save.dom.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { taskApi } from './addresses.ts'

type Values = { dueOn: Dayjs; note: string; why: string }

/** What the issuer may still do with the task itself: change it, or end it. */
export function IssuerBar({ task }: { task: Task }) {
  const { message, modal } = App.useApp()
  const [changing, setChanging] = useState(false)
  const change = useAct(
    ({ dueOn, note, why }: Values, key) =>
      call(taskApi.change(task.id), anything, {
        method: 'POST',
        key,
        body: { version: task.version, dueOn: dueOn.format('YYYY-MM-DD'), note: note ?? '', why },
      }),
    () => {
      setChanging(false)
      void message.success('已变更，已上报的单位会重新核对')
    },
  )
  const end = useAct(
    (_: null, key) => call(taskApi.end(task.id), anything, { method: 'POST', key }),
    () => void message.success('任务已结束'),
    (error) => void message.error(error instanceof Error ? error.message : '没有办成，请重试'),
  )
  return (
    <>
      <ExportButton task={task} />
      {!task.isOver && <Button onClick={() => setChanging(true)}>变更</Button>}
      {!task.isOver && (
        <Button
          onClick={() =>
            void modal.confirm({
              title: '结束这项任务？',
              content: '结束后不再填报和催办，已上报的内容都保留。',
              okText: '结束任务',
              cancelText: '取消',
              onOk: () => end.run(null),
            })
          }
        >
          结束任务
        </Button>
      )}
      {changing && (
        <FormModal
          title="变更任务"
          okText="变更"
          act={change}
          told={hasIssueAt(change.error, ['dueOn', 'why'])}
          initialValues={{ dueOn: dayjs(task.dueOn), note: task.note, why: '' }}
          onClose={() => setChanging(false)}
        >
          <Form.Item
            label="报送期限"
            name="dueOn"
            rules={[{ required: true, message: '请选择报送期限' }]}
            {...faultAt(change.error, 'dueOn')}
          >
            <DatePicker allowClear={false} showNow={false} />
          </Form.Item>
          <Form.Item label="说明" name="note">
            <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
          <Form.Item
            label="改了什么、为什么改"
            name="why"
            extra="各单位会看到这句话；已上报的单位转为“已变更”，要重新核对"
            rules={[{ required: true, whitespace: true, message: '请写明改了什么、为什么改' }]}
            {...faultAt(change.error, 'why')}
          >
            <Input maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}

/** Every unit with its state and answers, as a workbook. */
function ExportButton({ task }: { task: Task }) {
  const { message } = App.useApp()
  const get = useMutation({
    mutationFn: () => callFile(taskApi.workbook(task.id), { method: 'POST' }),
    onSuccess: (file) => save(`${task.title}.xlsx`, file),
    onError: (error) => void message.error(toProblem(error).message),
  })
  return (
    <Button loading={get.isPending} onClick={() => get.mutate()}>
      导出
    </Button>
  )
}
