import { Form, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import { postGiven, type NewAccount } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { FormModal } from './formModal.tsx'
import { LinkResult } from './link.tsx'
import { PostFields, postOf, type PostValues } from './postFields.tsx'

type Values = PostValues & Pick<NewAccount, 'name' | 'login' | 'title'>
type NewAccountProps = { onClose: () => void; onMade: (login: string) => void }

/** 新建账号: who, in which post; then the link by which she sets her password. */
export function NewAccountModal({ onClose, onMade }: NewAccountProps) {
  const make = useAct(
    ({ name, login, title, ...post }: Values, key) =>
      call(api.accounts, postGiven, {
        method: 'POST',
        body: { name, login, title: title ?? '', ...postOf(post) } satisfies NewAccount,
        key,
      }),
    (_, { login }) => onMade(login.trim()),
  )
  if (make.done)
    return (
      <Modal open title="账号已建立" footer={null} onCancel={onClose} destroyOnHidden>
        {!make.done.isGiven && (
          <p>这个岗位要由安全管理员批准，批准后才能登录；链接可以先发给本人设置密码。</p>
        )}
        <LinkResult accountId={make.done.id} />
      </Modal>
    )
  const atField = issueAt(make.error, 'login') ?? issueAt(make.error, 'name')
  return (
    <FormModal
      title="新建账号"
      okText="建立账号"
      act={make}
      told={atField !== undefined}
      initialValues={{ role: 'cadre', fromOn: dayjs() }}
      onClose={onClose}
    >
      <Form.Item
        label="姓名"
        name="name"
        rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
        {...faultAt(make.error, 'name')}
      >
        <Input maxLength={30} autoFocus />
      </Form.Item>
      <Form.Item
        label="登录名"
        name="login"
        extra="可用姓名拼音或工号，不分大小写"
        rules={[{ required: true, whitespace: true, message: '请填写登录名' }]}
        {...faultAt(make.error, 'login')}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item label="职务" name="title">
        <Input maxLength={60} placeholder="如：女职工部部长" />
      </Form.Item>
      <PostFields />
    </FormModal>
  )
}
