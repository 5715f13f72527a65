import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Flex } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import type { Me } from '#identity/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { isSessionLost, subscribeSession } from '../api/session.dom.ts'
import { formatInstant } from '../format.ts'
import { paths } from '../paths.ts'
import { forgetLocal } from './localDrafts.dom.ts'
import { sendUnsent, subscribeClosed, type Unsent } from './unsent.dom.ts'

const titleOf = ({ draft }: Unsent): string => {
  const { title } = draft.values
  return typeof title === 'string' && title.trim() !== '' ? title : '（未填名称）'
}

/** What this device holds and the server does not: sent by itself when the line is back, else told here on every page. */
export function UnsentBar({ me }: { me: Me }) {
  const { modal } = App.useApp()
  const [left, setLeft] = useState<readonly Unsent[]>([])
  const send = useCallback(() => {
    if (!isSessionLost()) void sendUnsent(me.account.id, me.post.id).then(setLeft)
  }, [me.account.id, me.post.id])
  useEffect(() => {
    send()
    // The form is at hand when she begins one without a line.
    void import('./formPage.tsx').catch(() => undefined)
  }, [send])
  useEffect(() => {
    window.addEventListener('online', send)
    const ends = [subscribeSession(send), subscribeClosed(send)]
    return () => {
      window.removeEventListener('online', send)
      for (const end of ends) end()
    }
  }, [send])
  const waits = left.length > 0
  useEffect(() => {
    if (!waits) return
    const timer = window.setInterval(send, 30_000)
    return () => window.clearInterval(timer)
  }, [send, waits])
  const drop = (unsent: Unsent): void =>
    void modal.confirm({
      title: '删除这台设备上的内容？',
      content: `“${titleOf(unsent)}”没有存到服务器，删除后不能恢复。`,
      okText: '删除',
      cancelText: '留着',
      okButtonProps: { danger: true },
      onOk: async () => {
        await forgetLocal(unsent.draft.id)
        send()
      },
    })
  return left.map((unsent) => (
    <Alert
      key={unsent.draft.id}
      className="unsent"
      type="warning"
      showIcon
      title={`${findProgramme(unsent.draft.programme)?.label ?? ''}“${titleOf(unsent)}”只存在这台设备上（${formatInstant(unsent.draft.typedAt)}）${unsent.why === 'line' ? '，网络恢复后自动上传' : '，请打开核对'}`}
      action={
        <Flex gap={8}>
          <Link
            to={paths.form}
            params={{ programme: unsent.draft.programme }}
            search={{ draft: unsent.draft.id }}
          >
            <Button size="small">打开</Button>
          </Link>
          <Button size="small" type="text" onClick={() => drop(unsent)}>
            删除
          </Button>
        </Flex>
      }
    />
  ))
}
