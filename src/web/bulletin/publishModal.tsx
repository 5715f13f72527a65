import { App, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { BulletinFile } from '#bulletin/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { bulletinApi } from './addresses.ts'
import { FilesInput } from './files.tsx'

type Values = { title: string; body: string; validUntil: Dayjs }

/** A notice to every unit below: a title, plain text, and until when it holds. */
export function PublishModal({ onClose }: { onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const [files, setFiles] = useState<BulletinFile[]>([])
  const act = useAct(
    ({ title, body, validUntil }: Values, key) =>
      call(bulletinApi.all, anything, {
        method: 'POST',
        key,
        body: {
          title,
          body,
          validUntil: validUntil.format('YYYY-MM-DD'),
          files: files.map((file) => file.id),
        },
      }),
    () => {
      onClose()
      void message.success('已发布')
    },
  )
  return (
    <FormModal<Values>
      title="发布公告"
      okText="发布"
      act={act}
      told={hasIssueAt(act.error, ['title', 'body', 'validUntil', 'files'])}
      initialValues={{ title: '', body: '', validUntil: dayjs(today).add(14, 'day') }}
      onClose={onClose}
    >
      <Form.Item
        label="标题"
        name="title"
        rules={[{ required: true, whitespace: true, message: '请填写标题' }]}
        {...faultAt(act.error, 'title')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="正文"
        name="body"
        extra="请不要写个人信息"
        rules={[{ required: true, whitespace: true, message: '请填写正文' }]}
        {...faultAt(act.error, 'body')}
      >
        <Input.TextArea maxLength={5000} autoSize={{ minRows: 5, maxRows: 14 }} />
      </Form.Item>
      <Form.Item label="附件" {...faultAt(act.error, 'files')}>
        <FilesInput files={files} onChange={setFiles} />
      </Form.Item>
      <Form.Item
        label="有效至"
        name="validUntil"
        rules={[{ required: true, message: '请选择有效期' }]}
        {...faultAt(act.error, 'validUntil')}
      >
        <DatePicker allowClear={false} showNow={false} />
      </Form.Item>
    </FormModal>
  )
}
