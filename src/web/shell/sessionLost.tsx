import { useMutation } from '@tanstack/react-query'
import { Button, Modal, Typography } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { v4 as uuid } from 'uuid'
import type { Me } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { queryClient, refreshAll } from '../api/hooks.tsx'
import { isSessionLost, sessionHeld, subscribeSession } from '../api/session.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { FactorForm } from '../signIn/factorForm.tsx'
import { PasswordForm } from '../signIn/passwordForm.tsx'
import { useLeave } from './useLeave.tsx'

/** Over the page, which stays as it is: the same person signs in again and goes on. */
export function SessionLost({ me }: { me: Me }) {
  const lost = useSyncExternalStore(subscribeSession, isSessionLost)
  const leave = useLeave(me)
  return (
    <Modal
      open={lost}
      title="登录已过期"
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
      footer={null}
    >
      <Typography.Paragraph>
        为保护数据，长时间没有操作会自动退出。您填的内容都还在，重新登录后接着填。
      </Typography.Paragraph>
      {me.account.isDemo ? <DemoAgain me={me} /> : <PasswordAgain me={me} />}
      <Button type="link" block onClick={() => void leave()}>
        换人登录
      </Button>
    </Modal>
  )
}

/** Back to the post she acted in, then on. */
async function backToPost(me: Me): Promise<void> {
  if (me.posts.length > 1)
    await call(api.sessionPost, anything, { method: 'POST', body: { postId: me.post.id }, key: uuid() })
  sessionHeld()
  void refreshAll(queryClient)
}

function DemoAgain({ me }: { me: Me }) {
  const again = useMutation({
    mutationFn: async () => {
      await call(api.session, anything, { method: 'POST', body: { accountId: me.account.id } })
      await backToPost(me)
    },
  })
  return (
    <>
      {again.error && <Failure error={again.error} />}
      <Button type="primary" block loading={again.isPending} onClick={() => again.mutate()}>
        以 {me.account.name} 继续
      </Button>
    </>
  )
}

function PasswordAgain({ me }: { me: Me }) {
  const [isHalf, setHalf] = useState(false)
  if (isHalf) return <FactorForm onDone={() => void backToPost(me)} />
  return (
    <PasswordForm
      login={me.account.login}
      onDone={() => (me.post.role === 'worker' ? void backToPost(me) : setHalf(true))}
    />
  )
}
