import { BellOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge } from 'antd'
import { unreadCount } from '#notify/api.ts'
import { useApi } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { messageApi } from './addresses.ts'

/** The bell: how many messages she has not read. It never rings. */
export function Bell() {
  const { data } = useApi(messageApi.unread, unreadCount, { staleTime: 60_000 })
  const unread = data?.unread ?? 0
  return (
    <Link
      to={paths.messages}
      className="bell"
      aria-label={unread > 0 ? `站内信，${unread} 条未读` : '站内信'}
    >
      <Badge count={unread} size="small" overflowCount={99} color="#f7d38b" className="bell-count">
        <BellOutlined className="bell-icon" />
      </Badge>
    </Link>
  )
}
