import '../hardship/hardship.css'
import './event.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, QRCode } from 'antd'
import { eventCode, eventDetail } from '#signup/api.ts'
import { call } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { eventApi } from './addresses.ts'

const route = getRouteApi(paths.eventCode)

/** 签到码: on the wall of the room; it changes every minute, so that a picture of it is of no use elsewhere. */
export function EventCodePage() {
  const { id } = route.useParams()
  const found = useApi(eventApi.one(id), eventDetail)
  const code = useQuery({
    queryKey: ['event code', id],
    queryFn: () => call(eventApi.code(id), eventCode),
    staleTime: 0,
    refetchInterval: ({ state }) => Math.min(20, state.data?.seconds ?? 20) * 1000,
  })
  return (
    <>
      <PageHead
        title={found.data?.title ?? '签到码'}
        sub="投到现场屏幕上，请参加的人用手机扫码签到；每分钟自动更换，拍下来的过期无效"
        extra={
          <Link to={paths.event} params={{ id }}>
            <Button>回到活动</Button>
          </Link>
        }
      />
      <Loaded query={code}>
        {({ url }) => (
          <section className="hardship-card event-code">
            <QRCode
              aria-label="签到二维码"
              value={url}
              type="svg"
              size={340}
              bordered={false}
              errorLevel="M"
            />
            <p className="num">{`已签到 ${found.data?.came ?? 0} 人，共 ${found.data?.counts.placed ?? 0} 人有名额`}</p>
            <p className="hardship-aside">不会扫码的，由工作人员在报名名单里点“到场”。</p>
          </section>
        )}
      </Loaded>
    </>
  )
}
