import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { queryClient } from './api/hooks.tsx'
import { router } from './router.tsx'
import { useFontSize } from './shell/fontSize.tsx'
import { useStillness } from './shell/stillness.tsx'
import { themeOf } from './theme.tsx'

dayjs.locale('zh-cn')

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''

export function App() {
  const [size] = useFontSize()
  const isStill = useStillness()
  return (
    <ConfigProvider
      locale={zhCN}
      theme={themeOf(size, isStill)}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
