import { useMutation } from '@tanstack/react-query'
import { Button, Modal, Typography } from 'antd'
import { useSyncExternalStore } from 'react'
import { v4 as uuid } from 'uuid'
import type { Me } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { queryClient, refreshAll } from '../api/hooks.tsx'
import { isSessionLost, sessionHeld, subscribeSession } from '../api/session.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { leave } from './leave.dom.ts'

/** Over the page, which stays as it is: the same person signs in again and goes on. */
export function SessionLost({ me }: { me: Me }) {
  const lost = useSyncExternalStore(subscribeSession, isSessionLost)
  const again = useMutation({
    mutationFn: async () => {
      await call(api.session, anything, { method: 'POST', body: { accountId: me.account.id } })
      if (me.posts.length > 1) {
        await call(api.sessionPost, anything, { method: 'POST', body: { postId: me.post.id }, key: uuid() })
      }
    },
    onSuccess: () => {
      sessionHeld()
      void refreshAll(queryClient)
    },
  })
  return (
    <Modal
      open={lost}
      title="登录已过期"
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={[
        <Button key="other" onClick={leave}>
          换人登录
        </Button>,
        <Button key="again" type="primary" loading={again.isPending} onClick={() => again.mutate()}>
          以 {me.account.name} 继续
        </Button>,
      ]}
    >
      <Typography.Paragraph>
        为保护数据，长时间没有操作会自动退出。您填的内容都还在，重新登录后接着填。
      </Typography.Paragraph>
      {again.error && <Failure error={again.error} />}
    </Modal>
  )
}
