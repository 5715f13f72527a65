import './event.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Result } from 'antd'
import { checkedIn } from '#signup/myApi.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { eventApi } from './addresses.ts'

const route = getRouteApi(paths.checkIn)

/** Where the code on the wall leads: one button, so that nobody is checked in by a page that merely loaded. */
export function CheckInPage() {
  const { code = '' } = route.useSearch()
  const act = useAct((_: null, key) =>
    call(eventApi.checkIn, checkedIn, { method: 'POST', key, body: { code } }),
  )
  const mine = (
    <Link to={paths.myEvents}>
      <Button>我的活动</Button>
    </Link>
  )
  if (act.done) return <Result status="success" title={`已签到：${act.done.title}`} extra={mine} />
  if (act.error)
    return <Result status="warning" title="没有签到" subTitle={toProblem(act.error).message} extra={mine} />
  return (
    <Result
      status="info"
      title="活动签到"
      subTitle={code === '' ? '请扫现场屏幕上的二维码打开本页' : '签到只用于活动人数和您的证明，不作考勤'}
      extra={
        <Button
          type="primary"
          size="large"
          disabled={code === ''}
          loading={act.busy}
          onClick={() => act.run(null)}
        >
          我来了
        </Button>
      }
    />
  )
}
