import { useQuery } from '@tanstack/react-query'
import { Card, Modal } from 'antd'
import { anything, call } from '../api/client.dom.ts'
import { ownAccount, type Notice } from '#identity/api.ts'
import { noticeText } from '#identity/noticeWords.ts'
import { useAct } from '../api/hooks.tsx'
import { realInstant } from '../format.ts'
import { api } from '../paths.ts'
import { CutNote } from '../kit/cutNote.tsx'

function Lines({ notices }: { notices: readonly Notice[] }) {
  return (
    <ul className="plain-list">
      {notices.map((n) => (
        <li key={n.id}>
          {noticeText(n)} <span className="page-sub num">{realInstant(n.at)}</span>
        </li>
      ))}
    </ul>
  )
}

/** 安全提醒: the latest of the account. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  return (
    <Card title="安全提醒" size="small">
      <Lines notices={notices} />
      <CutNote list="loginNotices" count={notices.length} />
    </Card>
  )
}

/** After sign-in: what happened to the account meanwhile, until it is read. */
export function UnseenNotices() {
  // Under a key of its own, so that it is read once: what one does to one's account on this page is no news.
  const { data } = useQuery({
    queryKey: ['notices at sign-in'],
    queryFn: () => call(api.account, ownAccount),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const seen = useAct((_: null, key) => call(api.noticesSeen, anything, { method: 'POST', key }))
  const unseen = data?.notices.filter((n) => !n.isSeen) ?? []
  return (
    <Modal
      open={unseen.length > 0 && !seen.done}
      title="账号安全提醒"
      okText="知道了"
      okButtonProps={{ loading: seen.busy }}
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      onOk={() => seen.run(null)}
    >
      <Lines notices={unseen} />
      <p className="page-sub">如果不是您本人操作，请马上修改密码，并联系安全管理员。</p>
    </Modal>
  )
}
