import { App } from 'antd'
import type { Me } from '#identity/api.ts'
import { sendKept } from '../event/scans.dom.ts'
import { sendUnsent } from '../record/unsent.dom.ts'
import { leave } from './leave.dom.ts'
import { unsentWords } from './unsentWords.ts'

/** Signing out takes everything of hers off this device: what could not be uploaded is told before. */
export function useLeave(me: Me): () => Promise<void> {
  const { modal } = App.useApp()
  return async () => {
    const { length } = await sendUnsent(me.account.id, me.post.id, true)
    const scans = await sendKept(me.account.id)
    if (length + scans === 0) return leave()
    void modal.confirm({
      title: unsentWords(length, scans),
      content: '退出会把它们从这台设备上删除，不能恢复。可以先不退出，等网络恢复后自动上传。',
      okText: '删除并退出',
      cancelText: '先不退出',
      okButtonProps: { danger: true },
      onOk: leave,
    })
  }
}
