import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'

/** Asks before a page is left on which something typed would be lost, in words that say whether it would. */
export function useUnsaved(
  isUnsaved: boolean,
  { title, content }: { title: string; content?: string },
): void {
  const { modal } = App.useApp()
  useBlocker({
    shouldBlockFn: () =>
      isUnsaved &&
      new Promise<boolean>((resolve) => {
        void modal.confirm({
          title,
          ...(content === undefined ? {} : { content }),
          okText: '离开',
          cancelText: '留在这里',
          onOk: () => resolve(false),
          onCancel: () => resolve(true),
        })
      }),
    enableBeforeUnload: () => isUnsaved,
  })
}
