import { App } from 'antd'
import type { Me } from '#identity/api.ts'
import { sendUnsent } from '../record/unsent.dom.ts'
import { leave } from './leave.dom.ts'

/** Signing out takes everything of hers off this device: what could not be uploaded is told before. */
export function useLeave(me: Me): () => Promise<void> {
  const { modal } = App.useApp()
  return async () => {
    const { length } = await sendUnsent(me.account.id, me.post.id, true)
    if (length === 0) return leave()
    void modal.confirm({
      title: `有 ${length} 份填写的内容还没有上传`,
      content: '退出会把它们从这台设备上删除，不能恢复。可以先不退出，等网络恢复后自动上传。',
      okText: '删除并退出',
      cancelText: '先不退出',
      okButtonProps: { danger: true },
      onOk: leave,
    })
  }
}
