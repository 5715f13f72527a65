import './silo.css'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { followed, type Followed } from '#silo/api.ts'
import { call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { PublicFrame } from '../publicNotice/frame.tsx'
import { siloApi } from './addresses.ts'
import { FollowedMatter } from './followed.tsx'

/** 凭回执看答复: the code stands in no address and is kept nowhere but on this page. */
export function FollowPage() {
  const look = useMutation({
    mutationFn: (code: string): Promise<Followed> =>
      call(siloApi.look, followed, { method: 'POST', body: { code }, nameless: true }),
  })
  return (
    <PublicFrame title="凭回执看答复" sub="看办理到哪一步、书面答复、谁看过，也可以补充或撤回。">
      <Form<{ code: string }>
        layout="inline"
        className="public-receipt-form"
        requiredMark={false}
        onFinish={({ code }) => look.mutate(code.trim())}
      >
        <Form.Item
          label="回执"
          name="code"
          rules={[{ required: true, whitespace: true, message: '请输入回执' }]}
        >
          <Input maxLength={60} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={look.isPending}>
          查看
        </Button>
      </Form>
      {look.error && (
        <Alert className="silo-gap" type="warning" showIcon title={toProblem(look.error).message} />
      )}
      {look.data && (
        <FollowedMatter
          matter={look.data}
          code={look.variables}
          onChanged={() => look.mutate(look.variables)}
        />
      )}
      <p>
        <a href={paths.tell}>说一件新的事</a>
      </p>
    </PublicFrame>
  )
}
