import { useMutation } from '@tanstack/react-query'
import { App, Button, Card, Flex, Form, Input, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import type { OwnAccount } from '#identity/api.ts'
import type { OwnPasskey } from '#identity/passkeyApi.ts'
import { anything, call } from '../api/client.dom.ts'
import { queryClient, refreshAll, useAct } from '../api/hooks.tsx'
import { canUsePasskeys, makePasskey } from '../api/passkey.dom.ts'
import { toProblem } from '../api/problem.ts'
import { realInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { RecoveryCodes } from '../signIn/recoveryCodes.tsx'

/** 通行密钥: those of the account, naming and removing them; adding one where this browser can. */
export function PasskeyCard({ account }: { account: OwnAccount }) {
  const [isAdding, setAdding] = useState(false)
  const [named, setNamed] = useState<OwnPasskey | null>(null)
  const { passkeys } = account
  const isHere = canUsePasskeys(account.passkeyOrigin)
  if (!isHere && passkeys.length === 0) return null
  return (
    <Card
      title="通行密钥"
      size="small"
      extra={
        isHere && (
          <Button size="small" onClick={() => setAdding(true)}>
            添加这台设备
          </Button>
        )
      }
    >
      {passkeys.length === 0 ? (
        <span>用指纹、面容或锁屏密码登录，不用输密码和验证码。只在自己一个人用的设备上添加。</span>
      ) : (
        <ul className="plain-list">
          {passkeys.map((passkey) => (
            <Line key={passkey.id} passkey={passkey} onName={() => setNamed(passkey)} />
          ))}
        </ul>
      )}
      <Modal
        open={isAdding}
        title="添加通行密钥"
        footer={null}
        destroyOnHidden
        width={420}
        onCancel={() => setAdding(false)}
      >
        <Adding onDone={() => setAdding(false)} />
      </Modal>
      <Modal
        open={named !== null}
        title="修改名称"
        footer={null}
        destroyOnHidden
        width={420}
        onCancel={() => setNamed(null)}
      >
        {named && <Naming passkey={named} onDone={() => setNamed(null)} />}
      </Modal>
    </Card>
  )
}

function Line({ passkey, onName }: { passkey: OwnPasskey; onName: () => void }) {
  const { message } = App.useApp()
  const remove = useAct(
    (id: string, key) => call(api.passkey(id), anything, { method: 'DELETE', key }),
    () => void message.success('通行密钥已删除，其他设备已退出登录'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <li>
      <Flex justify="space-between" align="center" gap={12}>
        <div>
          <b>{passkey.label}</b>
          <div className="page-sub num">
            添加于 {realInstant(passkey.madeAt)} ·{' '}
            {passkey.usedAt ? `最近使用 ${realInstant(passkey.usedAt)}` : '还没有用过'}
          </div>
        </div>
        <Flex gap={8}>
          <Button size="small" onClick={onName}>
            改名
          </Button>
          <Popconfirm
            title="删除这把通行密钥？"
            description="删除后不能再用它登录，其他设备会退出登录。"
            okText="删除"
            cancelText="取消"
            okButtonProps={{ danger: true }}
            onConfirm={() => remove.run(passkey.id)}
          >
            <Button size="small" danger loading={remove.busy}>
              删除
            </Button>
          </Popconfirm>
        </Flex>
      </Flex>
    </li>
  )
}

type Named = { label: string }

function Adding({ onDone }: { onDone: () => void }) {
  const { message } = App.useApp()
  const make = useMutation({
    mutationFn: ({ label }: Named) => makePasskey(label),
    retry: false,
    onSuccess: (codes) => {
      void refreshAll(queryClient)
      if (codes) return
      void message.success('通行密钥已添加')
      onDone()
    },
  })
  if (make.data) return <RecoveryCodes codes={make.data} onDone={onDone} />
  return (
    <Form<Named>
      layout="vertical"
      requiredMark={false}
      initialValues={{ label: '' }}
      onFinish={(values) => make.mutate(values)}
    >
      <Form.Item label="名称" name="label" extra="好认就行，如“办公室电脑”；不填则用浏览器和系统名">
        <Input maxLength={30} autoFocus />
      </Form.Item>
      {make.error && (
        <Form.Item>
          <Failure error={make.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={make.isPending}>
        下一步，按设备提示验证
      </Button>
    </Form>
  )
}

function Naming({ passkey, onDone }: { passkey: OwnPasskey; onDone: () => void }) {
  const rename = useAct(
    ({ label }: Named, key) =>
      call(api.passkey(passkey.id), anything, { method: 'PUT', key, body: { label } }),
    onDone,
  )
  return (
    <Form<Named>
      layout="vertical"
      requiredMark={false}
      initialValues={{ label: passkey.label }}
      onFinish={(values) => rename.run(values)}
    >
      <Form.Item
        label="名称"
        name="label"
        rules={[{ required: true, whitespace: true, message: '请填写名称' }]}
        {...faultAt(rename.error, 'label')}
      >
        <Input maxLength={30} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={rename.busy}>
        保存
      </Button>
    </Form>
  )
}
